package dev.weir.keyword.directive;

import dev.weir.base.collect.Setting;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.ProxyDraft;
import dev.weir.config.compile.Section;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec;

/** {@code timeout} of proxies, and the words that said the same before 1.5. Boot's thread. */
final class TimeoutDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                timeout DFLB 0-* head
                timeout/check DFLB 0-* ok
                timeout/client DFLB 0-* ok
                timeout/client-fin DFLB 0-* ok
                timeout/client-hs DFLB 0-* ok
                timeout/connect DFLB 0-* ok
                timeout/http-keep-alive DFLB 0-* ok
                timeout/http-request DFLB 0-* ok
                timeout/queue DFLB 0-* ok
                timeout/server DFLB 0-* ok
                timeout/server-fin DFLB 0-* ok
                timeout/tarpit DFLB 0-* ok
                timeout/tunnel DFLB 0-* ok
                timeout/clitimeout DFLB 0-* gone
                timeout/contimeout DFLB 0-* gone
                timeout/srvtimeout DFLB 0-* gone
                clitimeout DFLB 0-* gone
                contimeout DFLB 0-* gone
                srvtimeout DFLB 0-* gone
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        String which = keyword.name().substring(keyword.name().indexOf(' ') + 1);
        if (keyword.status() == Status.HEAD) {
            line.alert(1, "'timeout' supports 'client', 'server', 'connect', 'check', 'queue', 'http-keep-alive', "
                    + "'http-request', 'tunnel', 'tarpit', 'client-fin' and 'server-fin' (got '" + line.word(1) + "')"
                    + draft.vocabulary().suggestion(draft.section(), "timeout", line.word(1)));
        } else if (keyword.status() == Status.REMOVED) {
            String now = which.equals("clitimeout") ? "client" : which.equals("contimeout") ? "connect" : "server";
            int value = keyword.words();
            line.warn(0, "the '" + which + "' directive is not supported anymore since HAProxy 2.1. Use 'timeout " + now
                    + "'.", "timeout " + now + " " + line.word(value));
            set(now, line, value, draft);
        } else {
            set(which, line, 2, draft);
        }
    }

    private static void set(String which, Statement line, int at, Draft draft) {
        String name = "timeout " + which;
        ProxyDraft proxy = draft.proxy();
        String value = line.word(at);
        long ms = Numbers.millis(value);
        if (value.isEmpty()) {
            line.alert(at, "'" + name + "' expects an integer value (in milliseconds)");
        } else if (ms == Numbers.OVERFLOW) {
            line.alert(at, "timer overflow in argument '" + value + "' to '" + name
                    + "' (maximum value is 2147483647 ms or ~24.8 days)");
        } else if (ms < 0) {
            line.alert(at, "unexpected character '" + Numbers.culprit(value, ms) + "' in '" + name + "'");
        } else if (line.count() > at + 1) {
            line.alert(at + 1, "'" + name + "' : unexpected extra argument '" + line.word(at + 1) + "' after value '"
                    + value + "'.");
        } else {
            store(which, name, (int) ms, line, proxy);
        }
    }

    private static void store(String which, String name, int ms, Statement line, ProxyDraft proxy) {
        String side = switch (which) {
            case "client", "client-fin", "client-hs" -> proxy.hasFrontSide() ? "" : "frontend";
            case "connect", "server", "server-fin", "queue", "check", "tunnel" ->
                proxy.hasBackSide() ? "" : "backend";
            default -> "";
        };
        Setting<Integer> setting = setting(which);
        if (!side.isEmpty()) {
            line.warn(0, "'" + name + "' will be ignored because " + proxy.noun() + " '" + proxy.name() + "' has no "
                    + side + " capability");
        } else if (proxy.section() != Section.DEFAULTS && proxy.settings().hasOwn(setting)) {
            line.warn(0, "overwriting '" + name + "' which was already specified");
        }
        proxy.settings().set(setting, ms, line.place());
    }

    private static Setting<Integer> setting(String which) {
        return switch (which) {
            case "check" -> ProxySpec.TIMEOUT_CHECK;
            case "client" -> ProxySpec.TIMEOUT_CLIENT;
            case "client-fin" -> ProxySpec.TIMEOUT_CLIENT_FIN;
            case "client-hs" -> ProxySpec.TIMEOUT_CLIENT_HS;
            case "connect" -> ProxySpec.TIMEOUT_CONNECT;
            case "http-keep-alive" -> ProxySpec.TIMEOUT_HTTP_KEEP_ALIVE;
            case "http-request" -> ProxySpec.TIMEOUT_HTTP_REQUEST;
            case "queue" -> ProxySpec.TIMEOUT_QUEUE;
            case "server" -> ProxySpec.TIMEOUT_SERVER;
            case "server-fin" -> ProxySpec.TIMEOUT_SERVER_FIN;
            case "tarpit" -> ProxySpec.TIMEOUT_TARPIT;
            default -> ProxySpec.TIMEOUT_TUNNEL;
        };
    }
}
