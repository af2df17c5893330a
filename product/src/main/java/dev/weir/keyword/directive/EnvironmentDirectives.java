package dev.weir.keyword.directive;

import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.Statement;

/** Global words that change environment variables for the lines below (configuration manual 3.1). Boot's thread. */
final class EnvironmentDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                presetenv 0-* ok
                resetenv 0-* ok
                setenv 0-* ok
                unsetenv 0-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        Environment environment = draft.environment();
        String name = keyword.name();
        switch (name) {
            case "setenv", "presetenv" -> {
                if (line.count() < 3) {
                    line.alertTight(line.count(), "'" + name + "' expects a name and a value.");
                } else if (!(name.equals("setenv") ? environment.set(line.word(1), line.word(2))
                        : environment.setIfAbsent(line.word(1), line.word(2)))) {
                    failed(line, 1);
                }
            }
            case "unsetenv" -> {
                if (!line.has(1)) {
                    line.alertTight(1, "'unsetenv' expects at least one variable name.");
                }
                for (int i = 1; i < line.count(); i++) {
                    if (!environment.unset(line.word(i))) {
                        failed(line, i);
                    }
                }
            }
            default -> environment.keepOnly(line.from(1));
        }
    }

    private static void failed(Statement line, int word) {
        line.alertTight(word, "'" + line.word(0) + "' failed on variable '" + line.word(word)
                + "' : Invalid argument.");
    }
}
