package dev.weir.keyword.directive;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.HostRule;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.ParsedAddress.Ports;
import dev.weir.config.lang.Statement;
import dev.weir.config.lang.Statement.Prefix;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.net.sock.BindSpec;
import java.util.ArrayList;
import java.util.List;

/** The lines of a {@code log-forward} section (manual 12.6). Boot's thread. */
final class LogForwardDirectives extends KeywordFamily {

    private static final int COMMON = Addresses.PORT_NEEDED | Addresses.PORT_RANGE | Addresses.PORT_NOT_ZERO
            | Addresses.BOUND;
    private static final int STREAM = COMMON | Addresses.STREAM | Addresses.DESCRIPTOR;
    private static final int DATAGRAM = COMMON | Addresses.DATAGRAM | Addresses.DATAGRAM_FIRST;
    private static final int MOST_ADDRESSES = 100_000;

    @Override
    public String rows() {
        return """
                backlog 1-1 ok : expects an integer argument.
                bind 1-* ok
                dgram-bind 1-* ok
                ~log 0-* ok
                maxconn 1-1 ok : expects an integer argument.
                ~option 1-* ok
                timeout 2-2 ok : =missing timeout client value.
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        Settings settings = open(draft).settings();
        switch (keyword.name()) {
            case "bind" -> bind(line, draft, settings, LogForwardSpec.BINDS, STREAM);
            case "dgram-bind" -> bind(line, draft, settings, LogForwardSpec.DATAGRAM_BINDS, DATAGRAM);
            case "log" -> log(line, draft, settings);
            case "maxconn" -> number(line, settings, LogForwardSpec.MAXCONN);
            case "backlog" -> number(line, settings, LogForwardSpec.BACKLOG);
            case "option" -> option(line, settings);
            case "timeout" -> timeout(line, settings);
            default -> { }
        }
    }

    /** The open section, made with its first line. */
    private static LogForwardSpec open(Draft draft) {
        String name = draft.other().name();
        for (LogForwardSpec forward : draft.global().get(GlobalSpec.LOG_FORWARDS)) {
            if (forward.name().equals(name)) {
                return forward;
            }
        }
        LogForwardSpec forward = new LogForwardSpec(name, new Settings(), draft.other().place());
        Draft.append(draft.global(), GlobalSpec.LOG_FORWARDS, forward, forward.place());
        return forward;
    }

    private static void bind(Statement line, Draft draft, Settings section, Setting<List<BindSpec>> binds, int kinds) {
        String where = "'" + line.word(0) + " " + line.word(1) + "'";
        Settings settings = new Settings();
        BindDirectives.unixDefaults(draft, settings);
        List<BindSpec> added = new ArrayList<>();
        for (String word : line.word(1).split(",")) {
            ParsedAddress parsed = draft.addresses().parse(word, kinds);
            String fault = parsed == null ? draft.addresses().error() : Descriptors.fault(parsed);
            if (fault != null) {
                line.alert(1, where + " : " + fault);
                return;
            }
            int first = parsed.address().port();
            int last = parsed.ports() == Ports.RANGE ? parsed.lastPort() : first;
            if (added.size() + last - first >= MOST_ADDRESSES) {
                line.alert(1, where + " : too many ports");
                return;
            }
            for (int port = first; port <= last; port++) {
                added.add(new BindSpec(section.get(binds).size() + added.size() + 1, parsed.address().withPort(port),
                        settings, line.place()));
            }
        }
        if (options(line, draft, settings, where)) {
            added.forEach(each -> Draft.append(section, binds, each, line.place()));
        }
    }

    private static boolean options(Statement line, Draft draft, Settings settings, String where) {
        BindOptions options = new BindOptions(draft, settings);
        String error = options.read(line, 2);
        if (options.failedAt() < 0) {
            for (Setting<?> unread : List.of(BindSpec.ACCEPT_PROXY, BindSpec.NETSCALER_CIP)) {
                if (settings.has(unread)) {
                    draft.unbuilt("log-forward ... bind ... " + unread.name(), false, line.place());
                }
            }
            return true;
        }
        String wrong = line.word(options.failedAt());
        String hint = BindOptions.TABLE.suggestion(wrong);
        String unknown = "unknown keyword '" + wrong + "'";
        boolean stream = line.word(0).equals("bind");
        line.alert(options.failedAt(), error != null ? where + " in section 'log-forward' : " + error
                : (stream ? where + " in section 'log-forward': " + unknown : unknown + " in 'log-forward' section")
                        + (hint.isEmpty() ? "." : hint));
        return false;
    }

    private static void log(Statement line, Draft draft, Settings settings) {
        if (line.prefix() == Prefix.NO) {
            if (line.count() > 1) {
                line.alert(1, "log : 'no log' does not expect arguments");
                return;
            }
            settings.set(LogForwardSpec.LOGS, new ArrayList<>(), line.place());
            settings.set(LogForwardSpec.LOG_GLOBAL, false, line.place());
        } else if (line.word(1).equals("global") && line.count() == 2) {
            settings.set(LogForwardSpec.LOG_GLOBAL, true, line.place());
        } else {
            LogSpec spec = new LogLineReader(line, draft).read("<address> and <facility> or global as arguments");
            if (spec != null) {
                Draft.append(settings, LogForwardSpec.LOGS, spec, line.place());
            }
        }
    }

    /** As C's atol: what is no digit ends it. */
    private static void number(Statement line, Settings settings, Setting<Integer> setting) {
        settings.set(setting, (int) Math.clamp(Numbers.leading(line.word(1)), 0, Integer.MAX_VALUE), line.place());
    }

    private static void option(Statement line, Settings settings) {
        boolean on = line.prefix() != Prefix.NO;
        switch (line.word(1)) {
            case "assume-rfc6587-ntf" -> settings.set(LogForwardSpec.LINES_ONLY, on, line.place());
            case "dont-parse-log" -> settings.set(LogForwardSpec.UNPARSED, on, line.place());
            case "host" -> {
                HostRule rule = HostRule.of(line.word(2));
                if (rule == null) {
                    line.alert(2, "'option host' expects one of 'replace', 'fill', 'keep' or 'append' but got '"
                            + line.word(2) + "'.");
                } else {
                    settings.set(LogForwardSpec.HOST, rule, line.place());
                }
            }
            default -> line.report(Level.ALERT, 1, "parsing [" + line.place() + "] : unknown option '" + line.word(1)
                    + "' in log-forward section.", null);
        }
    }

    private static void timeout(Statement line, Settings settings) {
        if (!line.word(1).equals("client")) {
            line.alert(1, "unknown keyword 'timeout " + line.word(1) + "' in log-forward section.");
            return;
        }
        long ms = Numbers.millis(line.word(2));
        if (ms < 0) {
            line.alert(2, "unexpected character in 'timeout client' value '" + line.word(2) + "'.");
        } else {
            settings.set(LogForwardSpec.TIMEOUT_CLIENT, (int) Math.min(ms, Integer.MAX_VALUE), line.place());
        }
    }
}
