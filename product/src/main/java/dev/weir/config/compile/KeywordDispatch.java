package dev.weir.config.compile;

import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.lang.Statement;
import dev.weir.config.lang.Statement.Prefix;

/** Finds the keyword of a line, checks where it stands and how many arguments it has, and applies it. Boot's thread. */
final class KeywordDispatch {

    private static final String NEGATABLE = "negation/default currently supported only for options, log, busy-polling,"
            + " set-dumpable, strict-limits, insecure-fork-wanted and numa-cpu-mapping.";

    private final Draft draft;

    KeywordDispatch(Draft draft) {
        this.draft = draft;
    }

    void take(Statement written) {
        if (draft.section == null) {
            written.alertTight(0, "unknown keyword '" + written.word(0) + "' out of section.");
            return;
        }
        Statement line = written;
        if (line.word(0).equals("no") || line.word(0).equals("default")) {
            line = line.prefixed(line.word(0).equals("no") ? Prefix.NO : Prefix.DEFAULT);
        }
        Keyword keyword = draft.vocabulary.find(draft.section, line);
        if (line.prefix() != Prefix.NONE && !mayBeNegated(keyword, line)) {
            return;
        }
        if (keyword == null || keyword.status() != Status.HEAD && isElsewhere(keyword)) {
            unknown(line);
        } else if (keyword.status() == Status.HEAD) {
            keyword.family().apply(keyword, line, draft);
        } else if (standsRight(keyword, line) && hasArguments(keyword, line)) {
            apply(keyword, line);
        }
    }

    private void unknown(Statement line) {
        String text = "unknown keyword '" + line.word(0) + "' in '" + sectionName() + "' section"
                + draft.vocabulary.suggestion(draft.section, line.word(0));
        switch (draft.section) {
            case USERLIST, FCGI_APP -> line.alertTight(0, text);
            case RING -> line.alert(0, "unknown statement '" + line.word(0) + "'.");
            default -> line.alert(0, text);
        }
    }

    /** Proxy sections share a table; what none of the letters allows is still known and answered with more than that. */
    private boolean isElsewhere(Keyword keyword) {
        return !draft.section.sharesProxyWords() && !keyword.isKnownIn(draft.section);
    }

    private String sectionName() {
        return draft.section == Section.USERLIST ? "users" : draft.section.word();
    }

    private static boolean mayBeNegated(Keyword keyword, Statement line) {
        if (keyword != null && (keyword.negatable() || keyword.status() == Status.HEAD
                && keyword.name().equals("option"))) {
            return true;
        }
        if (keyword != null && keyword.name().startsWith("option ")) {
            line.alertTight(1, "negation/default is not supported for option '" + line.word(1) + "'.");
        } else {
            line.alertTight(0, NEGATABLE);
        }
        return false;
    }

    private boolean standsRight(Keyword keyword, Statement line) {
        if (keyword.experimental() && !draft.isExperimental()) {
            line.alert(0, "'" + keyword.name() + "' is experimental, must be allowed via a global "
                    + "'expose-experimental-directives'");
            return false;
        }
        Section section = draft.section;
        if (keyword.isKnownIn(section)) {
            return true;
        }
        if (section == Section.DEFAULTS) {
            return standsInDefaults(keyword, line);
        }
        if (isWrongSide(keyword, line)) {
            return false;
        }
        String side = section == Section.FRONTEND ? "backend" : "frontend";
        line.warn(0, "'" + shown(keyword) + "' ignored because " + draft.proxy.noun() + " '" + draft.proxy.name()
                + "' has no " + side + " capability." + keyword.family().insteadOf(keyword));
        return false;
    }

    /** Some lines are wrong where others are of no use. */
    private boolean isWrongSide(Keyword keyword, Statement line) {
        String what = switch (keyword.name()) {
            case "tcp-request connection", "tcp-request session" -> keyword.name() + " is not allowed because "
                    + draft.proxy.noun() + " " + draft.proxy.name() + " is not a frontend";
            case "tcp-response content" -> keyword.name() + " is only allowed in 'backend' sections or 'defaults' section"
                    + " with a name";
            case "declare capture" -> "'declare' only available in frontend or listen section";
            default -> null;
        };
        if (what != null) {
            line.alert(0, what);
        }
        return what != null;
    }

    private static String shown(Keyword keyword) {
        String name = lastWord(keyword);
        boolean byFamily = name.startsWith("stick ") || name.startsWith("capture ");
        return byFamily ? name.substring(0, name.indexOf(' ')) : name;
    }

    private boolean standsInDefaults(Keyword keyword, Statement line) {
        boolean anonymous = draft.proxy.name().isEmpty();
        if (keyword.isForNamedDefaults() && !anonymous) {
            return true;
        }
        if (keyword.isForNamedDefaults() && keyword.words() == 2) {
            line.alert(0, keyword.name() + " is not allowed in anonymous 'defaults' sections");
            return false;
        }
        String text = "'" + lastWord(keyword) + "' not allowed in " + (keyword.isForNamedDefaults() ? "anonymous " : "")
                + "'defaults' section.";
        if (keyword.expects().startsWith("^")) {
            line.alertTight(0, text);
        } else {
            line.alert(0, text);
        }
        return false;
    }

    private static String lastWord(Keyword keyword) {
        return keyword.name().startsWith("option ") ? keyword.name().substring(7) : keyword.name();
    }

    private static boolean hasArguments(Keyword keyword, Statement line) {
        int words = keyword.words();
        boolean missing = keyword.min() > 0 && !line.has(words + keyword.min() - 1);
        if (missing && line.prefix() == Prefix.NONE) {
            tooFew(keyword, line);
            return false;
        }
        if (keyword.max() >= 0 && line.count() > words + keyword.max()) {
            int extra = words + keyword.max();
            if (keyword.name().equals("unique-id-format")) {
                line.alert(extra, "unique-id-format expects only one argument, don't forget to escape spaces!");
                return false;
            }
            line.alert(extra, "'" + keyword.name() + "' cannot handle unexpected argument '" + line.word(extra)
                    + "'.");
            return false;
        }
        return true;
    }

    private static void tooFew(Keyword keyword, Statement line) {
        String expects = keyword.expects();
        int missing = keyword.words() + keyword.min() - 1;
        boolean tight = expects.startsWith("^");
        expects = tight ? expects.substring(1) : expects;
        String text;
        if (expects.startsWith("=")) {
            text = expects.substring(1);
        } else if (expects.isEmpty()) {
            text = "'" + keyword.name() + "' expects " + (keyword.min() == 1 ? "an argument." : keyword.min()
                    + " arguments.");
        } else {
            text = "'" + keyword.name() + "' " + expects;
        }
        if (tight) {
            line.alertTight(missing, text);
        } else {
            line.alert(missing, text);
        }
    }

    private void apply(Keyword keyword, Statement line) {
        keyword.family().apply(keyword, line, draft);
        switch (keyword.status()) {
            case USED, KEPT -> draft.keep(line);
            case UNBUILT -> unbuilt(keyword, line, false);
            case UNBUILT_HTTP -> unbuilt(keyword, line, true);
            default -> { }
        }
    }

    private void unbuilt(Keyword keyword, Statement line, boolean httpOnly) {
        draft.keep(line);
        if (!line.isNegated()) {
            draft.unbuilt(keyword.name(), httpOnly, line.place());
        }
    }
}
