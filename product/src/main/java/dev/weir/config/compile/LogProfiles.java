package dev.weir.config.compile;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.config.rule.Findings;
import dev.weir.flow.drive.LogProfile;
import dev.weir.flow.drive.LogStep;
import dev.weir.flow.drive.LogStyle;
import dev.weir.flow.expr.LogFormat;
import dev.weir.flow.expr.LogFormats;
import dev.weir.model.proxy.RuleLine;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code log-profile} sections of a configuration, compiled for whoever uses them. Boot's thread. */
final class LogProfiles {

    private final Map<String, LogProfileSpec> specs = new HashMap<>();
    private final Diagnostics diagnostics;

    LogProfiles(List<LogProfileSpec> all, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        for (LogProfileSpec spec : all) {
            specs.put(spec.name(), spec);
        }
    }

    /** Whether it is a {@code do-log} action with a profile of its own, the third word. */
    static boolean isNamedBy(RuleLine line) {
        List<String> words = line.args();
        return words.size() > 2 && words.get(0).equals("do-log") && words.get(1).equals("profile");
    }

    /** Tells of actions that name a profile which is not there. */
    static void check(List<RuleLine> lines, List<LogProfileSpec> all, Findings findings) {
        for (RuleLine line : lines) {
            if (isNamedBy(line) && all.stream().noneMatch(each -> each.name().equals(line.args().get(2)))) {
                findings.late(line.place(), "parsing [" + line.place() + "]: '" + line.kind()
                        + " do-log' references unknown log-profile '" + line.args().get(2) + "'.");
            }
        }
    }

    boolean has(String name) {
        return specs.containsKey(name);
    }

    /** The tag that the profile of that name gives, or null. */
    String tag(String name) {
        return name == null ? null : specs.get(name).tag();
    }

    /** For one worker; null without a name. */
    LogProfile compile(String name, LogFormats compiler) {
        if (name == null) {
            return null;
        }
        Map<LogStep, LogStyle> own = new EnumMap<>(LogStep.class);
        LogStyle any = null;
        for (Map.Entry<String, LogProfileSpec.On> entry : specs.get(name).steps().entrySet()) {
            LogStyle style = style(entry.getValue(), compiler);
            LogStep step = LogStep.of(entry.getKey());
            if (entry.getKey().equals("any")) {
                any = style;
            } else if (step != null) {
                own.put(step, style);
            }
        }
        return new LogProfile(own, any);
    }

    private LogStyle style(LogProfileSpec.On on, LogFormats compiler) {
        return new LogStyle(compile(on.format(), on.place(), compiler), compile(on.structuredData(), on.place(), compiler),
                on.drops());
    }

    private LogFormat compile(String format, Place place, LogFormats compiler) {
        if (format == null) {
            return null;
        }
        LogFormats.Compiled compiled = compiler.compile(format);
        if (compiled.error() != null) {
            diagnostics.report(Level.ALERT, place, "Parsing [" + place + "]: failed to parse log-profile : "
                    + compiled.error());
        }
        return compiled.format();
    }
}
