package dev.weir.keyword.directive;

import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.LogProfileSpec;
import dev.weir.config.lang.Statement;
import dev.weir.flow.drive.LogStep;

/** The lines of a {@code log-profile} section (manual 8.3.5). Boot's thread. */
final class LogProfileDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                log-tag 1-1 ok
                on 1-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        LogProfileSpec profile = open(draft);
        if (keyword.name().equals("log-tag")) {
            profile.tag(line.word(1));
        } else {
            on(line, profile);
        }
    }

    private static LogProfileSpec open(Draft draft) {
        String name = draft.other().name();
        for (LogProfileSpec profile : draft.global().get(GlobalSpec.LOG_PROFILES)) {
            if (profile.name().equals(name)) {
                return profile;
            }
        }
        LogProfileSpec profile = new LogProfileSpec(name);
        Draft.append(draft.global(), GlobalSpec.LOG_PROFILES, profile, draft.other().place());
        return profile;
    }

    private static void on(Statement line, LogProfileSpec profile) {
        String step = line.word(1);
        if (!step.equals("any") && !step.equals("quic-init") && LogStep.of(step) == null) {
            line.alert(1, "'on' : unknown log step '" + step + "'.");
            return;
        }
        String format = null;
        String data = null;
        boolean drops = false;
        for (int i = 2; i < line.count(); i++) {
            switch (line.word(i)) {
                case "drop" -> drops = true;
                case "format", "sd" -> {
                    if (!line.has(i + 1)) {
                        line.alert(i, "'on' : '" + line.word(i) + "' expects a log format as argument.");
                        return;
                    }
                    if (line.word(i).equals("format")) {
                        format = line.word(++i);
                    } else {
                        data = line.word(++i);
                    }
                }
                default -> {
                    line.alert(i, "'on' : unexpected argument '" + line.word(i)
                            + "', expects 'drop', 'format' or 'sd'.");
                    return;
                }
            }
        }
        profile.steps().put(step, new LogProfileSpec.On(format, data, drops, line.place()));
    }
}
