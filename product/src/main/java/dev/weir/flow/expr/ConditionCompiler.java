package dev.weir.flow.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads conditions: names of ACLs, ACLs between braces, {@code !}, {@code or}. Owner: whoever reads configurations. */
public final class ConditionCompiler {

    /**
     * The answer.
     *
     * @param condition null when it is wrong
     * @param error what is wrong, else null
     */
    public record Compiled(Condition condition, String error, List<String> warnings) {}

    private final ExpressionScope scope;
    private final AclCompiler acls;

    public ConditionCompiler(ExpressionScope scope) {
        this.scope = scope;
        this.acls = new AclCompiler(scope);
    }

    /** The words after {@code if} or {@code unless}. */
    public Compiled compile(List<String> words, boolean unless) {
        List<String> warnings = new ArrayList<>();
        try {
            return new Compiled(new Condition(alternatives(words, warnings), unless), null, warnings);
        } catch (ExpressionError e) {
            return new Compiled(null, e.getMessage(), warnings);
        }
    }

    private Condition.Term[][] alternatives(List<String> words, List<String> warnings) throws ExpressionError {
        List<Condition.Term[]> alternatives = new ArrayList<>();
        List<Condition.Term> terms = new ArrayList<>();
        boolean negated = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equalsIgnoreCase("or") || word.equals("||")) {
                finish(alternatives, terms);
                negated = false;
                continue;
            }
            int marks = 0;
            while (marks < word.length() && word.charAt(marks) == '!') {
                negated = !negated;
                marks++;
            }
            String name = word.substring(marks);
            if (name.isEmpty()) {
                continue;
            }
            Acl acl;
            if (name.equals("{")) {
                int close = words.subList(i, words.size()).indexOf("}") + i;
                if (close < i) {
                    throw new ExpressionError("missing closing '}' in condition");
                }
                acl = acls.compile("", words.subList(i + 1, close), warnings);
                i = close;
            } else {
                acl = scope.acl(name);
                acl = acl == null ? acls.predefined(name) : acl;
                if (acl == null) {
                    throw new ExpressionError("no such ACL : '" + name + "'");
                }
            }
            terms.add(new Condition.Term(acl, negated));
            negated = false;
        }
        finish(alternatives, terms);
        return alternatives.toArray(new Condition.Term[0][]);
    }

    private static void finish(List<Condition.Term[]> alternatives, List<Condition.Term> terms) {
        if (!terms.isEmpty()) {
            alternatives.add(terms.toArray(new Condition.Term[0]));
            terms.clear();
        }
    }

    /** A single word as a list, for short conditions in tests and defaults. */
    public Compiled compile(String words) {
        return compile(Arrays.asList(words.split(" +")), false);
    }
}
