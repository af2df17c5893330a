package dev.weir.keyword.directive;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.SystemResolvers;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress.Transport;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.Statement;
import dev.weir.upkeep.resolve.ResolversSpec.Nameserver;
import dev.weir.upkeep.resolve.ResolversSpec;

/** The {@code resolvers} section (configuration manual 5.3). Boot's thread. */
final class ResolversDirectives extends KeywordFamily {

    private static final int SERVER = Addresses.DATAGRAM | Addresses.STREAM | Addresses.DATAGRAM_FIRST
            | Addresses.PORT_NEEDED;

    @Override
    public String rows() {
        return """
                accepted_payload_size 1-* ok : expects <nb> as argument.
                hold 0-* ok
                nameserver 0-* ok
                parse-resolv-conf 0-* ok
                resolve_retries 1-* ok : expects <nb> as argument.
                timeout 0-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        Settings settings = draft.resolver().settings();
        switch (keyword.name()) {
            case "nameserver" -> nameserver(line, draft);
            case "hold" -> hold(line, settings);
            case "timeout" -> timeout(line, settings);
            case "resolve_retries" -> settings.set(ResolversSpec.RETRIES,
                    (int) Math.clamp(Numbers.leading(line.word(1)), 0, 1_000_000), line.place());
            case "parse-resolv-conf" -> {
                settings.set(ResolversSpec.PARSE_RESOLV_CONF, true, line.place());
                if (!SystemResolvers.addTo(draft.resolver(), line.place())) {
                    line.alert(0, "failed to open " + SystemResolvers.FILE + ".");
                }
            }
            default -> payload(line, settings);
        }
    }

    private static void payload(Statement line, Settings settings) {
        long size = Numbers.integer(line.word(1), -1);
        if (size < 12 || size > 65535) {
            line.alert(1, "'accepted_payload_size' must be between 12 and 65535 inclusive (was " + line.word(1) + ").");
        } else {
            settings.set(ResolversSpec.PAYLOAD_SIZE, (int) size, line.place());
        }
    }

    private static void nameserver(Statement line, Draft draft) {
        if (!line.has(2)) {
            line.alert(line.count(), "'nameserver' expects <name> and <addr>[:<port>] as arguments.");
            return;
        }
        ResolversSpec section = draft.resolver();
        for (Nameserver other : section.nameservers()) {
            if (other.name().equals(line.word(1))) {
                line.alert(1, "nameserver '" + line.word(1) + "' has same name as another nameserver (declared at "
                        + other.place() + ").");
            }
        }
        ParsedAddress parsed = draft.addresses().parse(line.word(2), SERVER);
        if (parsed == null) {
            line.alert(2, "'nameserver " + line.word(1) + "' : " + draft.addresses().error());
            return;
        }
        boolean tcp = parsed.transport() == Transport.STREAM;
        section.nameservers().add(new Nameserver(line.word(1), parsed.address(), tcp, line.place()));
    }

    private static void hold(Statement line, Settings settings) {
        if (!line.has(2)) {
            line.alert(line.count(), "'hold' expects an <event> and a <time> as arguments.");
            line.report(Level.ALERT, 1, "<event> can be either 'valid', 'nx', 'refused', 'timeout', or 'other'", null);
            return;
        }
        long ms = time(line, "hold", 2);
        if (ms < 0) {
            return;
        }
        Setting<Integer> setting = switch (line.word(1)) {
            case "valid" -> ResolversSpec.HOLD_VALID_MS;
            case "nx" -> ResolversSpec.HOLD_NX_MS;
            case "obsolete" -> ResolversSpec.HOLD_OBSOLETE_MS;
            case "other" -> ResolversSpec.HOLD_OTHER_MS;
            case "refused" -> ResolversSpec.HOLD_REFUSED_MS;
            case "timeout" -> ResolversSpec.HOLD_TIMEOUT_MS;
            default -> null;
        };
        if (setting == null) {
            line.alert(1, "'hold' unknown <event>: '" + line.word(1)
                    + "', expects either 'nx', 'timeout', 'valid', 'obsolete' or 'other'.");
        } else {
            settings.set(setting, (int) ms, line.place());
        }
    }

    private static void timeout(Statement line, Settings settings) {
        String which = line.word(1);
        if (!which.equals("retry") && !which.equals("resolve")) {
            line.alert(1, "'timeout' expects 'retry' or 'resolve' and <time> as arguments"
                    + (which.isEmpty() ? "." : " got '" + which + "'."));
        } else if (!line.has(2)) {
            line.alert(2, "'timeout " + which + "' expects <time> as argument.");
        } else {
            long ms = time(line, "timeout " + which, 2);
            if (ms >= 0) {
                settings.set(which.equals("retry") ? ResolversSpec.TIMEOUT_RETRY_MS
                        : ResolversSpec.TIMEOUT_RESOLVE_MS, (int) ms, line.place());
            }
        }
    }

    private static long time(Statement line, String name, int at) {
        String value = line.word(at);
        long ms = Numbers.millis(value);
        if (ms == Numbers.OVERFLOW) {
            line.alertTight(at, "timer overflow in argument <" + value + "> to <" + name
                    + ">, maximum value is 2147483647 ms (~24.8 days).");
        } else if (ms < 0) {
            line.alertTight(at, "unexpected character '" + Numbers.culprit(value, ms) + "' in argument to <" + name
                    + ">.");
        }
        return ms;
    }
}
