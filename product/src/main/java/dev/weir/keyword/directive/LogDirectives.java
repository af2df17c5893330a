package dev.weir.keyword.directive;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogSpec;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.Section;
import dev.weir.config.lang.Statement;
import dev.weir.config.lang.Statement.Prefix;
import dev.weir.model.proxy.ProxySpec;
import java.util.ArrayList;
import java.util.List;

/** {@code log} and its kin, in the global section and in proxies (manual 3.1, 4.2). Boot's thread. */
final class LogDirectives extends KeywordFamily {

    private static final List<String> STEPS = List.of("all", "accept", "request", "connect", "response", "close");

    private final boolean global;

    LogDirectives(boolean global) {
        this.global = global;
    }

    @Override
    public String rows() {
        return global ? """
                ~log G 0-* ok
                log-send-hostname G 0-* ok
                log-tag G 1-* ok : expects a tag for use in syslog.
                """ : """
                ~log DFLB 0-* ok
                error-log-format DFL 1-* ok : =error-log-format expects an argument.
                log-format DFL 1-* ok : =log-format expects an argument.
                log-format-sd DFL 1-* ok : =log-format-sd expects an argument.
                log-steps DFL 1-* ok
                log-tag DFLB 1-* ok : expects a tag for use in syslog.
                unique-id-format DFLB 1-1 ok : =unique-id-format expects an argument.
                unique-id-header DFL 1-1 ok : =unique-id-header expects an argument.
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        Settings settings = draft.settings();
        switch (keyword.name()) {
            case "log" -> log(line, draft, settings);
            case "log-tag" -> settings.set(global ? GlobalSpec.LOG_TAG : ProxySpec.LOG_TAG, line.word(1),
                    line.place());
            case "log-send-hostname" -> settings.set(GlobalSpec.LOG_SEND_HOSTNAME, line.word(1), line.place());
            case "log-steps" -> steps(line, settings);
            case "log-format" -> {
                LogChoice.warn(line, draft, "log-format");
                format(ProxySpec.LOG_FORMAT, line, settings);
            }
            case "log-format-sd" -> format(ProxySpec.LOG_FORMAT_SD, line, settings);
            case "unique-id-format" -> format(ProxySpec.UNIQUE_ID_FORMAT, line, settings);
            case "error-log-format" -> {
                if (settings.get(ProxySpec.ERROR_LOG_FORMAT) != null) {
                    LogChoice.warn(line, draft, "error-log-format", "error-log-format");
                }
                format(ProxySpec.ERROR_LOG_FORMAT, line, settings);
            }
            case "unique-id-header" -> settings.set(ProxySpec.UNIQUE_ID_HEADER, line.word(1), line.place());
            default -> { }
        }
    }

    private static void steps(Statement line, Settings settings) {
        List<String> words = List.of(line.word(1).split(","));
        for (String word : words) {
            if (!STEPS.contains(word)) {
                line.alert(1, "'log-steps' : unknown step '" + word + "', expects 'all' or a comma-separated list of "
                        + "'accept', 'request', 'connect', 'response', 'close'.");
                return;
            }
        }
        settings.set(ProxySpec.LOG_STEPS, words, line.place());
    }

    private static void format(Setting<String> setting, Statement line, Settings settings) {
        if (line.count() > 2) {
            line.alert(2, line.word(0) + " expects only one argument, don't forget to escape spaces!");
            return;
        }
        settings.set(setting, line.word(1), line.place());
    }

    private void log(Statement line, Draft draft, Settings settings) {
        boolean proxy = draft.section() != Section.GLOBAL;
        Setting<List<LogSpec>> logs = proxy ? ProxySpec.LOGS : GlobalSpec.LOGS;
        if (line.prefix() == Prefix.NO) {
            if (line.count() > 1) {
                line.alert(1, "log : 'no log' does not expect arguments");
                return;
            }
            settings.set(logs, new ArrayList<>(), line.place());
            if (proxy) {
                settings.set(ProxySpec.LOG_GLOBAL, false, line.place());
            }
            return;
        }
        if (line.word(1).equals("global") && line.count() == 2) {
            if (proxy) {
                settings.set(ProxySpec.LOG_GLOBAL, true, line.place());
            } else {
                line.alert(1, "log : 'global' is not supported for a global syslog server");
            }
            return;
        }
        LogLineReader reader = new LogLineReader(line, draft);
        LogSpec spec = reader.read(proxy ? "<address> and <facility> or global as arguments"
                : "<address> and <facility>  as arguments");
        if (spec != null) {
            Draft.append(settings, logs, spec, line.place());
        }
    }
}
