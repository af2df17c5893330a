package dev.weir.flow.expr;

import dev.weir.model.pattern.MatchMethod;
import dev.weir.model.pattern.PatternError;
import dev.weir.model.pattern.PatternReference;
import dev.weir.model.pattern.PatternValues;
import dev.weir.model.pattern.PatternView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The flags and patterns of one ACL line. Flags count for what follows them; patterns begin at the first word that is no
 * flag. Owner: whoever reads configurations.
 */
final class AclPatterns {

    private static final String NO_PATTERNS = " :\n"
            + "  no pattern to match against were provided, so this ACL will never match.\n"
            + "  If this is what you intended, please add '--' to get rid of this warning.\n"
            + "  If you intended to match only for existence, please use '-m found'.\n"
            + "  If you wanted to force an int to match as a bool, please use '-m bool'.\n";

    private final ExpressionScope scope;
    private final String keyword;
    private final String criterion;
    private final List<AclMatcher> lists = new ArrayList<>();
    private final List<byte[]> words = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private MatchMethod method;
    private String methodName;
    private boolean ignoreCase;
    private String ofId;
    private PatternReference own;

    AclPatterns(ExpressionScope scope, MatchMethod implied, String keyword, String criterion) {
        this.scope = scope;
        this.method = implied;
        this.methodName = implied == null ? "" : implied.name();
        this.keyword = keyword;
        this.criterion = criterion;
    }

    MatchMethod method() {
        return method;
    }

    String methodName() {
        return methodName;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (byte[] word : words) {
            texts.add(new String(word, StandardCharsets.ISO_8859_1));
        }
        return texts;
    }

    void read(List<String> given) throws ExpressionError {
        int at = flags(given);
        if (method == null) {
            throw new ExpressionError("matching method must be specified first (using '-m') when using a sample fetch"
                    + " of this type ('" + keyword + "')");
        }
        boolean versions = method == MatchMethod.VERSION;
        if (method.isNumeric()) {
            new AclNumbers(versions).read(given.subList(at, given.size()), words);
        } else {
            for (String word : given.subList(at, given.size())) {
                words.add(word.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        try {
            own = scope.patterns().ofLine(keyword, ofId, words);
        } catch (PatternError e) {
            throw new ExpressionError(e.getMessage());
        }
        if (given.isEmpty() && !method.takesNoPatterns() && method != MatchMethod.GROUP) {
            warnings.add("parsing acl keyword '" + criterion + "'" + NO_PATTERNS);
        }
    }

    /** Where the patterns begin. */
    private int flags(List<String> given) throws ExpressionError {
        boolean map = false;
        for (int i = 0; i < given.size(); i++) {
            String flag = given.get(i);
            if (!flag.startsWith("-")) {
                return i;
            }
            String argument = i + 1 < given.size() ? given.get(i + 1) : "";
            switch (flag) {
                case "--" -> {
                    return i + 1;
                }
                case "-i" -> ignoreCase = true;
                case "-n" -> { }
                case "-M" -> map = true;
                case "-u" -> id(argument);
                case "-f" -> file(argument, map);
                case "-m" -> method(argument);
                default -> throw new ExpressionError("'" + flag + "' is not a valid ACL option. Please use '--' before"
                        + " any pattern beginning with a '-'");
            }
            if (flag.equals("-u") || flag.equals("-f") || flag.equals("-m")) {
                i++;
            }
        }
        return given.size();
    }

    private void id(String number) throws ExpressionError {
        for (int i = 0; i < number.length(); i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                throw new ExpressionError("the argument of -u must be an integer");
            }
        }
        ofId = number;
    }

    private void method(String name) throws ExpressionError {
        MatchMethod found = MatchMethod.find(name);
        if (found == null) {
            throw new ExpressionError("unknown matching method '" + name + "' when parsing ACL expression");
        }
        if (!lists.isEmpty()) {
            throw new ExpressionError("'-m' must only be specified before patterns and files in parsing ACL expression");
        }
        method = found;
        methodName = name;
    }

    private void file(String name, boolean map) throws ExpressionError {
        if (method == null) {
            throw new ExpressionError("matching method must be specified first (using '-m') when using a sample fetch"
                    + " of this type ('" + keyword + "')");
        }
        try {
            PatternView view = scope.patterns().get(name, map, true)
                    .view(method, ignoreCase, PatternValues.NONE, scope.regexes());
            lists.add(view::matches);
        } catch (PatternError e) {
            throw new ExpressionError(e.getMessage());
        }
    }

    /** The patterns of the line and its files. */
    AclMatcher matcher() throws ExpressionError {
        try {
            lists.add(own.view(method, ignoreCase, PatternValues.NONE, scope.regexes())::matches);
        } catch (PatternError e) {
            throw new ExpressionError(e.getMessage());
        }
        if (lists.size() == 1) {
            return lists.get(0);
        }
        if (lists.size() == 2) {
            AclMatcher file = lists.get(0);
            AclMatcher line = lists.get(1);
            return sample -> file.matches(sample) || line.matches(sample);
        }
        AclMatcher[] all = lists.toArray(new AclMatcher[0]);
        return sample -> {
            for (AclMatcher one : all) {
                if (one.matches(sample)) {
                    return true;
                }
            }
            return false;
        };
    }
}
