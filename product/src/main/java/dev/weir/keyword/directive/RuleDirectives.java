package dev.weir.keyword.directive;

import dev.weir.base.log.LogLevel;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.ProxyDraft;
import dev.weir.config.compile.Section;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.net.zip.Brotli;
import dev.weir.net.zip.Zstd;
import dev.weir.wire.http.ContentCoding;

/**
 * Lines that become rules: kept in order, their first words checked; what they mean is compiled later (configuration
 * manual 4.2 to 4.4). Boot's thread.
 */
final class RuleDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                acl NFLB 0-* ok
                capture FL 0-* head
                capture/cookie FL 0-* ok
                capture/request FL 0-* ok
                capture/response FL 0-* ok
                compression DFLB 0-* ok
                cookie DLB 0-* ok
                declare FL 0-* head
                declare/capture FL 1-* ok : requires a direction ('request' or 'response')
                dynamic-cookie-key DLB 1-1 ok : expects <secret_key> as argument.
                email-alert DFLB 0-* head
                email-alert/from DFLB 1-1 ok
                email-alert/level DFLB 1-1 ok
                email-alert/mailers DFLB 1-1 ok
                email-alert/myhostname DFLB 1-1 ok
                email-alert/to DFLB 1-1 ok
                errorfile DFLB 0-2 ok
                errorfiles DFLB 0-* ok
                errorloc DFLB 0-2 ok
                errorloc302 DFLB 0-2 ok
                errorloc303 DFLB 0-2 ok
                filter FLB 0-* ok
                filter-sequence FLB 1-* ok
                force-be-switch FL 0-* ok
                force-persist LB 0-* ok
                http-after-response NFLB 0-* ok
                http-error DFLB 0-* ok
                http-request NFLB 0-* ok
                http-response NFLB 0-* ok
                http-reuse DLB 0-1 ok
                http-send-name-header DLB 0-1 ok
                ignore-persist LB 0-* ok
                monitor FL 0-* head
                monitor/fail FL 0-* ok
                monitor-uri DFL 1-1 ok : expects an URI.
                persist DLB 0-* head
                persist/rdp-cookie DLB 0-* ok
                quic-initial NFL 0-* todo
                redirect FLB 0-* ok
                retry-on DLB 0-* ok
                ssl-f-use FL 0-* ok
                stick LB 0-* head
                stick/match LB 1-* ok : ='stick' expects a fetch method.
                stick/on LB 1-* ok : ='stick' expects a fetch method.
                stick/store-request LB 1-* ok : ='stick' expects a fetch method.
                stick/store-response LB 1-* ok : ='stick' expects a fetch method.
                stick-table FLB 0-* ok
                tcp-request NFLB 0-* head
                tcp-request/connection NFL 0-* ok
                tcp-request/content NFLB 0-* ok
                tcp-request/inspect-delay NFLB 0-* ok
                tcp-request/session NFL 0-* ok
                tcp-response NLB 0-* head
                tcp-response/content NLB 0-* ok
                tcp-response/inspect-delay NLB 0-* ok
                use-fcgi-app LB 1-1 todo : expects <name> as argument
                use-server LB 1-* ok : expects a server name.
                use_backend FL 1-* ok : expects a backend name.
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        if (keyword.status() == Status.HEAD) {
            head(line, draft);
            return;
        }
        if (keyword.name().equals("stick-table")) {
            stickTable(line, draft);
            return;
        }
        String error = error(keyword.name(), line, draft);
        if (error != null) {
            if (error.startsWith("^")) {
                line.alertTight(keyword.words(), error.substring(1));
            } else {
                line.alert(keyword.words(), error);
            }
            return;
        }
        store(keyword, line, draft);
    }

    private static void store(Keyword keyword, Statement line, Draft draft) {
        String name = keyword.name();
        switch (name) {
            case "errorfile", "errorfiles", "errorloc", "errorloc302", "errorloc303" ->
                Draft.append(draft.settings(), ProxySpec.ERROR_FILES, line.phrase(), line.place());
            case "monitor-uri" -> draft.settings().set(ProxySpec.MONITOR_URI, line.word(1), line.place());
            case "http-reuse" -> draft.settings().set(ProxySpec.HTTP_REUSE, line.word(1), line.place());
            case "http-send-name-header" -> draft.settings().set(ProxySpec.SEND_NAME_HEADER, line.word(1), line.place());
            case "ssl-f-use" -> Draft.append(draft.settings(), ProxySpec.SSL_F_USE, line.phrase(), line.place());
            case "retry-on" -> draft.settings().set(ProxySpec.RETRY_ON, line.from(1), line.place());
            case "compression" -> compression(line, draft);
            case "persist rdp-cookie" -> draft.settings().set(ProxySpec.RDP_COOKIE, rdpCookie(line.word(1)), line.place());
            case "email-alert from" -> draft.settings().set(ProxySpec.EMAIL_FROM, line.word(2), line.place());
            case "email-alert to" -> draft.settings().set(ProxySpec.EMAIL_TO, line.word(2), line.place());
            case "email-alert mailers" -> draft.settings().set(ProxySpec.EMAIL_MAILERS, line.word(2), line.place());
            case "email-alert myhostname" -> draft.settings().set(ProxySpec.EMAIL_HOST, line.word(2), line.place());
            case "email-alert level" -> draft.settings().set(ProxySpec.EMAIL_LEVEL, LogLevel.find(line.word(2)),
                    line.place());
            default -> {
                RuleOrder.check(name, line, draft.proxy());
                RuleLine rule = new RuleLine(name, line.from(keyword.words()), line.place());
                Draft.append(draft.settings(), ProxySpec.RULES, rule, line.place());
            }
        }
    }

    /** The name in brackets, or the usual one; null when there is none. */
    private static String rdpCookie(String word) {
        String rest = word.substring("rdp-cookie".length());
        if (rest.isEmpty()) {
            return "msts";
        }
        int close = rest.indexOf(')');
        return rest.charAt(0) == '(' && close > 1 ? rest.substring(1, close) : null;
    }

    private static void compression(Statement line, Draft draft) {
        if (line.word(1).equals("offload") && draft.proxy().section() == Section.DEFAULTS) {
            line.warn(1, "'compression' : 'offload' ignored in 'defaults' section.");
        } else {
            Draft.append(draft.settings(), ProxySpec.RULES, new RuleLine("compression", line.from(1), line.place()),
                    line.place());
        }
    }

    /** The last one counts where a defaults section is read leniently; two proxies cannot have one of the same name. */
    private static void stickTable(Statement line, Draft draft) {
        StickTableSpec spec = StickTableLine.ofProxy(line, draft.proxy().name());
        if (spec == null) {
            return;
        }
        for (ProxyDraft other : draft.proxies()) {
            StickTableSpec there = other.settings().get(ProxySpec.STICK_TABLE);
            if (there != null && there.name().equals(spec.name())) {
                line.alert(0, "stick-table name '" + spec.name() + "' conflicts with table declared in "
                        + other.noun() + " '" + other.name() + "' at " + there.place() + ".");
                return;
            }
        }
        draft.settings().set(ProxySpec.STICK_TABLE, spec, line.place());
    }

    private static void head(Statement line, Draft draft) {
        String of = " in " + draft.proxy().noun() + " '" + draft.proxy().name() + "'";
        String got = line.word(1);
        switch (line.word(0)) {
            case "tcp-request" -> line.alert(1, got.isEmpty() ? "missing argument for 'tcp-request'" + of
                    : "'tcp-request' expects 'inspect-delay', 'connection', or 'content'" + of + " (got '" + got + "')");
            case "tcp-response" -> line.alert(1, got.isEmpty() ? "missing argument for 'tcp-response'" + of
                    : "'tcp-response' expects 'inspect-delay' or 'content'" + of + " (got '" + got + "')");
            case "stick" -> line.alert(1, "'stick' expects 'on', 'match', or 'store'.");
            case "capture" -> line.alert(1, "'capture' expects 'cookie' or 'request header' or 'response header'.");
            case "declare" -> line.alert(1, "'declare' needs a second keyword that specify the type of declaration "
                    + "('capture')");
            case "email-alert" -> line.alert(1, got.isEmpty() ? "missing argument after 'email-alert'."
                    : "email-alert: unknown argument '" + got + "'.");
            case "monitor" -> line.alert(1, "'monitor' only supports 'fail'.");
            default -> line.alert(1, got.isEmpty() ? "missing persist method." : "unknown persist method.");
        }
    }

    private static String error(String name, Statement line, Draft draft) {
        return switch (name) {
            case "http-request", "http-response", "http-after-response", "quic-initial" -> action(name, line, 1);
            case "tcp-request connection", "tcp-request session", "tcp-request content", "tcp-response content" ->
                tcpAction(name, line, draft);
            case "tcp-request inspect-delay", "tcp-response inspect-delay" -> delay(name, line, draft);
            case "acl" -> acl(line);
            case "monitor fail", "force-persist", "ignore-persist", "force-be-switch" -> condition(name, line);
            case "cookie" -> CookieLine.error(line);
            case "capture cookie", "capture request", "capture response" -> capture(name, line);
            case "errorfile", "errorloc", "errorloc302", "errorloc303" -> errorFile(name, line);
            case "errorfiles" -> line.has(1) ? null : "errorfiles : expects <name> as argument.";
            case "http-reuse" -> ServerChecks.isOneOf(line.word(1), "never", "safe", "aggressive", "always") ? null
                    : "'http-reuse' only supports 'never', 'safe', 'aggressive', 'always'.";
            case "http-send-name-header" -> line.has(1) ? null : "'http-send-name-header' requires a header string.";
            case "http-error" -> httpError(line);
            case "compression" -> compression(line);
            case "filter" -> filter(line, draft);
            case "retry-on" -> RetryWords.error(line);
            case "use_backend" -> use(line);
            case "persist rdp-cookie" -> rdpCookie(line.word(1)) != null ? null
                    : "persist rdp-cookie(name)' requires an rdp cookie name.";
            case "email-alert level" -> LogLevel.find(line.word(2)) != null ? null
                    : "unknown log level 'level' after '" + line.word(2) + "'";
            default -> null;
        };
    }

    private static String action(String ruleSet, Statement line, int at) {
        String word = line.word(at);
        if (ActionNames.knows(ruleSet, word)) {
            return null;
        }
        return "^'" + ruleSet + "' expects " + ActionNames.list(ruleSet) + ", but got '" + word + "'"
                + (word.isEmpty() ? " (missing argument)" : "") + suggestion(ruleSet, word);
    }

    private static String tcpAction(String ruleSet, Statement line, Draft draft) {
        String word = line.word(2);
        if (ActionNames.knows(ruleSet, word)) {
            return expectation(ruleSet, line, draft);
        }
        return "'" + ruleSet + "' expects " + ActionNames.list(ruleSet) + " in " + draft.proxy().noun() + " '" + draft.proxy().name()
                + "' (got '" + word + "')" + suggestion(ruleSet, word);
    }

    private static String suggestion(String ruleSet, String word) {
        String hint = ActionNames.suggestion(ruleSet, word);
        return hint.isEmpty() ? "." : hint;
    }

    private static String expectation(String ruleSet, Statement line, Draft draft) {
        String word = line.word(2);
        boolean wrong = word.startsWith("expect-") && !line.word(3).equals("layer4");
        return wrong ? "'" + ruleSet + " " + word + "' only supports 'layer4' in " + draft.proxy().noun() + " '"
                + draft.proxy().name() + "' (got '" + line.word(3) + "')" : null;
    }

    private static String delay(String name, Statement line, Draft draft) {
        String value = line.word(2);
        long ms = Numbers.millis(value);
        if (ms >= 0) {
            return null;
        }
        String text = "'" + name + "' expects a positive delay in milliseconds, in " + draft.proxy().noun() + " '" + draft.proxy().name()
                + "'";
        if (ms == Numbers.OVERFLOW) {
            return "timer overflow in argument '" + value + "' to '" + name
                    + "' (maximum value is 2147483647 ms or ~24.8 days)";
        }
        return value.isEmpty() ? text : text + " (unexpected character '" + Numbers.culprit(value, ms) + "')";
    }

    private static String acl(Statement line) {
        String name = line.word(1);
        if (!line.has(1)) {
            return "'acl' expects a name and a fetch method.";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean right = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.'
                    || c == ':' || c == '_' || c == '-';
            if (!right) {
                return "character '" + c + "' is not permitted in acl name '" + name + "'.";
            }
        }
        if (name.equals("or")) {
            return "acl name 'or' will never match. 'or' is used to express a logical disjunction within a condition.";
        }
        return line.has(2) ? null : "error detected while parsing ACL '" + name
                + "' : missing fetch method in ACL expression ''.";
    }

    private static String condition(String name, Statement line) {
        int at = name.equals("monitor fail") ? 2 : 1;
        return line.word(at).equals("if") || line.word(at).equals("unless") ? null
                : "'" + name + "' requires either 'if' or 'unless' followed by a condition.";
    }

    private static String use(Statement line) {
        String word = line.word(2);
        return word.isEmpty() || word.equals("if") || word.equals("unless") ? null
                : "unexpected keyword '" + word + "' after switching rule, only 'if' and 'unless' are allowed.";
    }

    private static String capture(String name, Statement line) {
        boolean cookie = name.equals("capture cookie");
        boolean right = cookie ? line.word(3).equals("len") && line.has(4)
                : line.word(2).equals("header") && line.word(4).equals("len") && line.has(5);
        if (right) {
            return null;
        }
        return cookie ? "'capture' expects 'cookie' <cookie_name> 'len' <len>."
                : !line.word(2).equals("header") ? "'capture' expects 'cookie' or 'request header' or 'response header'."
                : "'" + name + "' expects 'header' <header_name> 'len' <len>.";
    }

    private static String errorFile(String name, Statement line) {
        if (!line.has(2)) {
            return name + " : expects <status_code> and <" + (name.equals("errorfile") ? "file" : "url")
                    + "> as arguments.\n";
        }
        long status = Numbers.leading(line.word(1));
        return isErrorStatus(status) ? null : name + " : status code '" + status + "' not handled.";
    }

    static boolean isErrorStatus(long status) {
        return switch ((int) status) {
            case 200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 414, 421, 422, 425, 429, 431, 500, 501, 502, 503,
                504 -> true;
            default -> false;
        };
    }

    private static String httpError(Statement line) {
        if (!line.from(1).contains("status")) {
            return "http-error : expects at least a <status> as arguments.\n";
        }
        return line.word(1).equals("status") && !line.has(2) ? "http-error : 'status' expects <status_code> as argument"
                : null;
    }

    /** What is wrong with the name of a coding, or null. */
    private static String algorithm(String name) {
        return switch (ContentCoding.find(name)) {
            case null -> "'compression' : '" + name + "' is not a supported algorithm.";
            case BROTLI -> Brotli.isAvailable() ? null : absent(name, Brotli.LIBRARY, "libbrotli1");
            case ZSTD -> Zstd.isAvailable() ? null : absent(name, Zstd.LIBRARY, "libzstd1");
            default -> null;
        };
    }

    private static String absent(String name, String library, String debian) {
        return "'compression' : '" + name + "' needs the library " + library + ", which is not on this machine (Debian package "
                + debian + ").";
    }

    private static String compression(Statement line) {
        return switch (line.word(1)) {
            case "algo", "algo-req", "algo-res" -> {
                if (!line.has(2)) {
                    yield "parsing [" + line.place() + "] : 'compression' expects <algorithm>.";
                }
                for (int i = 2; i < line.count(); i++) {
                    String fault = algorithm(line.word(i));
                    if (fault != null) {
                        yield fault;
                    }
                }
                yield null;
            }
            case "type", "type-req", "type-res" -> line.has(2) ? null : "'compression' expects <type>.";
            case "minsize-req", "minsize-res" -> Numbers.size(line.word(2)) >= 0 ? null
                    : "'compression' : '" + line.word(1) + "' expects a size, got '" + line.word(2) + "'.";
            case "direction" -> ServerChecks.isOneOf(line.word(2), "request", "response", "both") ? null
                    : "'compression' : direction expects 'request', 'response', or 'both'";
            case "offload" -> null;
            default -> "'compression' expects 'algo', 'type' or 'offload'";
        };
    }

    private static String filter(Statement line, Draft draft) {
        if (!line.has(1)) {
            return "parsing [" + line.place() + "] : missing argument for 'filter' in " + draft.proxy().noun() + " '" + draft.proxy().name()
                    + "'.";
        }
        return switch (line.word(1)) {
            case "trace", "compression", "comp-req", "comp-res", "cache", "fcgi-app", "spoe", "bwlim-in",
                "bwlim-out" -> null;
            case "opentracing" -> "'filter opentracing' was removed in HAProxy 3.5.";
            default -> line.word(1).startsWith("lua.") ? null : "'filter' : unknown keyword '" + line.word(1)
                    + "'. Registered keywords :\n    bwlim-in\n    bwlim-out\n    cache\n    comp-req\n    comp-res\n"
                    + "    compression\n    fcgi-app\n    spoe\n    trace";
        };
    }
}
