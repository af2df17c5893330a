package dev.weir.keyword.directive;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Section;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec;

/** Which of the lines that choose a log format counts, and the warning where one undoes another. Boot's thread. */
final class LogChoice {

    private LogChoice() {}

    /** Warns, as HAProxy does in defaults sections only, that what stands there already is undone. */
    static void warn(Statement line, Draft draft, String keyword) {
        String before = chosen(draft.settings());
        if (before != null) {
            warn(line, draft, keyword, before);
        }
    }

    static void warn(Statement line, Draft draft, String keyword, String before) {
        if (draft.section() == Section.DEFAULTS) {
            draft.diagnostics().report(Level.WARNING, line.place(), "parsing [" + line.place() + "]: '" + keyword
                    + "' overrides previous '" + before + "' in 'defaults' section.");
        }
    }

    private static String chosen(Settings settings) {
        String clf = settings.get(ProxySpec.CLF_LOG) ? " clf" : "";
        if (settings.get(ProxySpec.LOG_FORMAT) != null) {
            return "log-format";
        } else if (settings.get(ProxySpec.HTTPLOG)) {
            return "option httplog" + clf;
        } else if (settings.get(ProxySpec.HTTPSLOG)) {
            return "option httpslog";
        }
        return settings.get(ProxySpec.TCPLOG) ? "option tcplog" + clf : null;
    }
}
