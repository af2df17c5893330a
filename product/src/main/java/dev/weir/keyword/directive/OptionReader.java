package dev.weir.keyword.directive;

import dev.weir.base.collect.Settings;
import dev.weir.config.compile.Draft;
import dev.weir.config.lang.Statement;
import dev.weir.keyword.directive.OptionTable.Option;

/** Reads the options behind an address word by word, by their table; what each of them does is the kind's. Boot's thread. */
abstract class OptionReader {

    final Draft draft;
    final Settings settings;
    private final OptionTable table;
    /** The word after the option that is being applied; an option that takes more moves it. */
    int next;
    int id;
    private int failedAt = -1;

    OptionReader(OptionTable table, Draft draft, Settings settings) {
        this.table = table;
        this.draft = draft;
        this.settings = settings;
    }

    /** The number that {@code id} gave, or 0. */
    final int id() {
        return id;
    }

    /** The word that stopped the reading, or -1; without an error it is no option at all. */
    final int failedAt() {
        return failedAt;
    }

    /** Reads the options from a word on; the error without what comes before it, or null. */
    final String read(Statement line, int from) {
        int at = from;
        while (at < line.count()) {
            Option option = table.find(line.word(at));
            failedAt = at;
            if (option == null) {
                return null;
            }
            if (option.experimental() && !draft.isExperimental()) {
                return "'" + option.name() + "' is experimental, must be allowed via a global "
                        + "'expose-experimental-directives'";
            }
            if (option.arguments() > 0 && !line.has(at + 1)) {
                return missing(option);
            }
            next = at + 1 + option.arguments();
            String error = apply(option, line, at);
            if (error != null) {
                failedAt = blamed(option, at);
                return error;
            }
            at = next;
        }
        failedAt = -1;
        return null;
    }

    /** What to say of an option without its argument. */
    abstract String missing(Option option);

    /** Does what the option says; the error or null. */
    abstract String apply(Option option, Statement line, int at);

    /** The word to point at when an option is wrong. */
    abstract int blamed(Option option, int at);
}
