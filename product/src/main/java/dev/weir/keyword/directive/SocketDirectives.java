package dev.weir.keyword.directive;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.Statement;
import dev.weir.net.sock.BindSpec;

/** Global {@code stats} words and {@code unix-bind} (configuration manual 3.1). Boot's thread. */
final class SocketDirectives extends KeywordFamily {

    private static final int SOCKET = Addresses.STREAM | Addresses.PORT_NEEDED | Addresses.PORT_RANGE
            | Addresses.PORT_NOT_ZERO | Addresses.DESCRIPTOR | Addresses.BOUND;

    @Override
    public String rows() {
        return """
                stats 0-* head
                stats/bind-process 0-* void
                stats/calculate-max-counters 0-1 void
                stats/maxconn 0-* used
                stats/socket 0-* used
                stats/timeout 0-* used
                unix-bind 0-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        if (keyword.status() == Status.HEAD) {
            line.alert(1, "'stats' only supports 'socket', 'maxconn', 'bind-process' and 'timeout' (got '"
                    + line.word(1) + "')");
            return;
        }
        switch (keyword.name()) {
            case "stats socket" -> socket(line, draft);
            case "stats timeout" -> timeout(line.word(2), line, draft.global());
            case "stats maxconn" -> maxconn(line.word(2), line, draft.global());
            case "unix-bind" -> unixBind(line, draft);
            default -> { }
        }
    }

    private static void socket(Statement line, Draft draft) {
        if (!line.has(2)) {
            line.alert(2, "'stats socket' in global section expects an address or a path to a UNIX socket");
            return;
        }
        Settings settings = new Settings();
        ParsedAddress parsed = draft.addresses().parse(line.word(2), SOCKET);
        String fault = parsed == null ? draft.addresses().error() : Descriptors.fault(parsed);
        if (fault != null) {
            line.alert(2, "parsing [" + line.place() + "] : 'stats socket' : " + fault + "\n");
            return;
        }
        BindDirectives.unixDefaults(draft, settings);
        BindOptions options = new BindOptions(draft, settings);
        String error = options.read(line, 3);
        if (options.failedAt() >= 0) {
            String wrong = line.word(options.failedAt());
            String hint = BindOptions.TABLE.suggestion(wrong);
            line.alert(options.failedAt(), "'stats socket' : " + (error != null ? "'" + error + "'"
                    : "unknown keyword '" + wrong + "'." + (hint.isEmpty() ? "" : " D" + hint.substring(3))));
            return;
        }
        Place place = line.place();
        int id = options.id() != 0 ? options.id() : draft.global().get(GlobalSpec.STATS_SOCKETS).size() + 1;
        Draft.append(draft.global(), GlobalSpec.STATS_SOCKETS, new BindSpec(id, parsed.address(), settings, place),
                place);
    }

    private static void timeout(String value, Statement line, Settings global) {
        long ms = Numbers.millis(value);
        if (ms == Numbers.OVERFLOW) {
            line.alert(2, "timer overflow in argument '" + value
                    + "' to 'stats timeout' (maximum value is 2147483647 ms or ~24.8 days)");
        } else if (ms < 0) {
            line.alert(2, "'stats timeout' : unexpected character '" + Numbers.culprit(value, ms) + "'");
        } else if (ms == 0) {
            line.alert(2, "'stats timeout' expects a positive value");
        } else {
            global.set(GlobalSpec.STATS_TIMEOUT_MS, (int) ms, line.place());
        }
    }

    private static void maxconn(String value, Statement line, Settings global) {
        long number = Numbers.leading(value);
        if (number <= 0 || number > Integer.MAX_VALUE) {
            line.alert(2, "'stats maxconn' expects a positive value");
        } else {
            global.set(GlobalSpec.STATS_MAXCONN, (int) number, line.place());
        }
    }

    private static void unixBind(Statement line, Draft draft) {
        Settings global = draft.global();
        Place place = line.place();
        for (int i = 1; i < line.count(); i += 2) {
            String value = line.word(i + 1);
            switch (line.word(i)) {
                case "prefix" -> {
                    global.set(GlobalSpec.UNIX_BIND_PREFIX, value, place);
                    draft.addresses().unixPrefix(value);
                }
                case "mode" -> global.set(GlobalSpec.UNIX_BIND_MODE, octal(value), place);
                case "user" -> global.set(GlobalSpec.UNIX_BIND_USER, value, place);
                case "group" -> global.set(GlobalSpec.UNIX_BIND_GROUP, value, place);
                case "uid" -> global.set(GlobalSpec.UNIX_BIND_UID, (int) Numbers.leading(value), place);
                case "gid" -> global.set(GlobalSpec.UNIX_BIND_GID, (int) Numbers.leading(value), place);
                default -> {
                    line.alert(i, "'unix-bind' only supports the 'prefix', 'mode', 'uid', 'gid', 'user' and 'group' "
                            + "options.");
                    return;
                }
            }
        }
    }

    /** As C's strtol in base eight: what is no digit ends it. */
    private static int octal(String text) {
        int value = 0;
        for (int i = 0; i < text.length() && i < 5; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            value = value << 3 | digit;
        }
        return value;
    }
}
