package dev.weir.keyword.directive;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.ProxyDraft;
import dev.weir.config.compile.Section;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec.Mode;
import dev.weir.model.proxy.ProxySpec;

/** What a proxy is: mode, limits, defaults, source, numbers (configuration manual 4.2). Boot's thread. */
final class ProxyDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                backlog DFL 1-1 ok : expects an integer argument.
                be-unpublished LB 0-0 ok
                clitcpka-cnt DFL 1-1 ok : expects an integer value
                clitcpka-idle DFL 1-1 ok : expects an integer value
                clitcpka-intvl DFL 1-1 ok : expects an integer value
                default_backend DFL 1-1 ok : expects a backend name.
                description FLB 1-* ok : ^expects a string argument.
                disabled DFLB 0-0 ok
                enabled DFLB 0-0 ok
                fullconn DLB 1-1 ok : expects an integer argument.
                guid FLB 1-1 ok : ^expects an argument
                hash-balance-factor DLB 1-1 ok : expects an integer argument.
                hash-preserve-affinity DLB 1-1 ok
                id FLB 1-1 ok : ^expects an integer argument.
                load-server-state-from-file DLB 0-1 ok
                max-keep-alive-queue DLB 1-1 ok : expects expects an integer value (or -1 to disable)
                max-session-srv-conns DFL 1-1 void : expects expects an integer value
                maxconn DFL 1-1 ok : expects an integer argument.
                mode DFLB 0-1 ok
                rate-limit DFL 0-* head
                rate-limit/sessions DFL 0-1 ok
                retries DLB 1-1 ok : expects an integer argument (dispatch counts for one).
                server-state-file-name DLB 0-1 ok
                source DLB 1-* ok : expects <addr>[:<port>], and optionally 'usesrc' <addr>, and 'interface' <name>.
                srvtcpka-cnt DLB 1-1 ok : expects an integer value
                srvtcpka-idle DLB 1-1 ok : expects an integer value
                srvtcpka-intvl DLB 1-1 ok : expects an integer value
                usesrc DFLB 0-* ok
                """;
    }

    @Override
    protected String insteadOf(Keyword keyword) {
        return switch (keyword.name()) {
            case "maxconn" -> " Maybe you want 'fullconn' instead ?";
            case "fullconn" -> " Maybe you want 'maxconn' instead ?";
            default -> "";
        };
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        ProxyDraft proxy = draft.proxy();
        Settings settings = proxy.settings();
        Place place = line.place();
        String value = line.word(1);
        switch (keyword.name()) {
            case "mode" -> mode(value, line, draft);
            case "maxconn" -> number(ProxySpec.MAXCONN, line, settings);
            case "fullconn" -> number(ProxySpec.FULLCONN, line, settings);
            case "backlog" -> number(ProxySpec.BACKLOG, line, settings);
            case "retries" -> number(ProxySpec.RETRIES, line, settings);
            case "default_backend" -> settings.set(ProxySpec.DEFAULT_BACKEND, value, place);
            case "description" -> settings.set(ProxySpec.DESCRIPTION, line.join(1), place);
            case "be-unpublished" -> settings.set(ProxySpec.PUBLISHED, false, place);
            case "disabled" -> settings.set(ProxySpec.DISABLED, true, place);
            case "enabled" -> settings.set(ProxySpec.DISABLED, false, place);
            case "max-keep-alive-queue" -> keepAliveQueue(line, settings);
            case "guid" -> settings.set(ProxySpec.GUID, value, place);
            case "id" -> id(value, line, draft);
            case "hash-balance-factor" -> balanceFactor(value, line, settings);
            case "hash-preserve-affinity" -> {
                switch (value) {
                    case "always", "maxconn", "maxqueue" -> settings.set(ProxySpec.HASH_AFFINITY, value, line.place());
                    default -> line.alert(1, "'hash-preserve-affinity' expects 'always', 'maxconn' or 'maxqueue'. Got '"
                            + value + "'");
                }
            }
            case "load-server-state-from-file" -> loadState(value, line, settings);
            case "server-state-file-name" -> settings.set(ProxySpec.STATE_FILE_NAME,
                    value.isEmpty() || value.equals("use-backend-name") ? null : value, place);
            case "rate-limit", "rate-limit sessions" -> rateLimit(line, settings);
            case "source" -> source(line, draft, settings);
            case "usesrc" -> line.alert(0, "'usesrc' only allowed after a 'source' statement.");
            case "clitcpka-cnt" -> count(ProxySpec.CLITCPKA_CNT, line, settings);
            case "srvtcpka-cnt" -> count(ProxySpec.SRVTCPKA_CNT, line, settings);
            case "clitcpka-idle" -> seconds(ProxySpec.CLITCPKA_IDLE, line, settings);
            case "clitcpka-intvl" -> seconds(ProxySpec.CLITCPKA_INTVL, line, settings);
            case "srvtcpka-idle" -> seconds(ProxySpec.SRVTCPKA_IDLE, line, settings);
            case "srvtcpka-intvl" -> seconds(ProxySpec.SRVTCPKA_INTVL, line, settings);
            default -> { }
        }
    }

    private static void mode(String value, Statement line, Draft draft) {
        Mode mode = switch (value) {
            case "tcp" -> Mode.TCP;
            case "http" -> Mode.HTTP;
            case "log" -> Mode.LOG;
            case "spop" -> Mode.SPOP;
            default -> null;
        };
        if (value.equals("health")) {
            line.alert(1, "'mode health' doesn't exist anymore. Please use 'http-request return status 200' instead.");
        } else if (mode == null) {
            line.alert(1, "unknown proxy mode '" + value + "'.");
        } else {
            draft.settings().set(ProxySpec.MODE, mode, line.place());
            boolean logBackend = mode == Mode.LOG && draft.section() == Section.BACKEND;
            if ((mode == Mode.LOG || mode == Mode.SPOP) && !logBackend) {
                draft.unbuilt("mode " + value, false, line.place());
            }
        }
    }

    private static void number(Setting<Integer> setting, Statement line, Settings settings) {
        long number = Numbers.integer(line.word(1), Long.MIN_VALUE);
        if (number == Long.MIN_VALUE) {
            line.alert(1, "'" + line.word(0) + "' : invalid integer value '" + line.word(1) + "'.");
        } else {
            settings.set(setting, (int) Math.max(0, Math.min(number, Integer.MAX_VALUE)), line.place());
        }
    }

    private static void keepAliveQueue(Statement line, Settings settings) {
        long number = Numbers.integer(line.word(1), Long.MIN_VALUE);
        if (number < -1 || number > Integer.MAX_VALUE) {
            line.alert(1, "'max-keep-alive-queue' : invalid integer value '" + line.word(1) + "'.");
        } else {
            settings.set(ProxySpec.MAX_KEEP_ALIVE_QUEUE, (int) number, line.place());
        }
    }

    private static void count(Setting<Integer> setting, Statement line, Settings settings) {
        String value = line.word(1);
        long number = Numbers.integer(value, -1);
        if (number < 0 || number > Integer.MAX_VALUE) {
            line.alert(1, "'" + line.word(0) + "' : unexpected character '" + culprit(value) + "' in integer value '"
                    + value + "'");
        } else {
            settings.set(setting, (int) number, line.place());
        }
    }

    private static char culprit(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return value.charAt(i);
            }
        }
        return value.isEmpty() ? ' ' : value.charAt(0);
    }

    private static void seconds(Setting<Integer> setting, Statement line, Settings settings) {
        String value = line.word(1);
        long seconds = Numbers.time(value, Numbers.Unit.S, Numbers.Unit.S);
        if (seconds == Numbers.OVERFLOW) {
            line.alert(1, "timer overflow in argument <" + value + "> to <" + line.word(0)
                    + ">, maximum value is 2147483647 s (~68 years).");
        } else if (seconds < 0) {
            line.alert(1, "unexpected character '" + Numbers.culprit(value, seconds) + "' in argument to <"
                    + line.word(0) + ">.");
        } else {
            settings.set(setting, (int) seconds, line.place());
        }
    }

    private static void id(String value, Statement line, Draft draft) {
        long number = Numbers.leading(value);
        ProxyDraft proxy = draft.proxy();
        for (ProxyDraft other : draft.proxies()) {
            if (other != proxy && other.id() == number && number > 0) {
                line.alertTight(1, proxy.section().word() + " " + proxy.name() + " reuses same custom id as "
                        + other.section().word() + " " + other.name() + " (declared at " + other.place() + ").");
                return;
            }
        }
        if (number <= 0 || number > Integer.MAX_VALUE) {
            line.alertTight(1, "custom id has to be > 0.");
        } else {
            proxy.id((int) number);
        }
    }

    private static void balanceFactor(String value, Statement line, Settings settings) {
        long factor = Numbers.integer(value, -1);
        if (factor != 0 && factor <= 100 || factor > Integer.MAX_VALUE) {
            line.alert(1, "'hash-balance-factor' must be 0 or greater than 100.");
        } else {
            settings.set(ProxySpec.HASH_BALANCE_FACTOR, (int) factor, line.place());
        }
    }

    private static void loadState(String value, Statement line, Settings settings) {
        switch (value) {
            case "global", "local", "none" -> settings.set(ProxySpec.LOAD_STATE, value, line.place());
            default -> line.alert(1, "'load-server-state-from-file' expects 'global', 'local' or 'none'. Got '" + value
                    + "'");
        }
    }

    private static void rateLimit(Statement line, Settings settings) {
        String value = line.word(2);
        if (!line.word(1).equals("sessions")) {
            line.alert(1, "'rate-limit' only supports 'sessions' (got '" + line.word(1) + "')");
        } else if (value.isEmpty()) {
            line.alert(2, "'rate-limit sessions' expects expects an integer value (in sessions/second)");
        } else {
            long number = Numbers.integer(value, -1);
            if (number < 0 || number > Integer.MAX_VALUE) {
                line.alert(2, "'rate-limit sessions' : unexpected character '" + culprit(value)
                        + "' in integer value '" + value + "'");
            } else {
                settings.set(ProxySpec.RATE_LIMIT_SESSIONS, (int) number, line.place());
            }
        }
    }

    private static void source(Statement line, Draft draft, Settings settings) {
        String word = line.word(1);
        ParsedAddress parsed = draft.addresses().parse(word, Addresses.STREAM);
        if (parsed == null) {
            line.alert(1, "'source " + word + "' : " + draft.addresses().error());
            return;
        }
        settings.set(ProxySpec.SOURCE, parsed.address(), line.place());
        SourceOptions options = new SourceOptions(draft, line, 2);
        String error = options.read(settings, ProxySpec.SOURCE_INTERFACE, ProxySpec.USESRC,
                ProxySpec.USESRC_ADDRESS);
        if (error != null) {
            line.alert(options.next(), error);
        } else if (options.next() < line.count()) {
            line.alert(options.next(), "'source' only supports optional keywords 'interface' and 'usesrc'.");
        }
    }
}
