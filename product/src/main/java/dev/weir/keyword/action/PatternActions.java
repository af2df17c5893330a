package dev.weir.keyword.action;

import dev.weir.base.log.LogLine;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Text;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.pattern.PatternEntry;
import dev.weir.model.pattern.PatternError;
import dev.weir.model.pattern.PatternReference;
import dev.weir.model.pattern.PatternReferences;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Changing maps and ACLs from traffic. */
final class PatternActions {

    private static final Set<RuleKind> BOTH = EnumSet.of(RuleKind.REQUEST, RuleKind.RESPONSE);

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("set-map", ActionKeyword.HTTP, PatternActions::setMap),
            ActionKeyword.of("del-map", ActionKeyword.HTTP, PatternActions::delete),
            ActionKeyword.of("add-acl", BOTH, PatternActions::addAcl),
            ActionKeyword.of("del-acl", BOTH, PatternActions::delete));

    private PatternActions() {}

    /** The list that the parentheses name; it is looked up when the rule runs, since maps may be declared later. */
    private static String list(ActionLine line) throws ExpressionError {
        String name = line.argument();
        if (name == null || name.isEmpty()) {
            throw new ExpressionError("'" + line.word() + "' expects a file name in parentheses");
        }
        return name;
    }

    private static byte[] bytes(LogLine text) {
        return Arrays.copyOf(text.array(), text.length());
    }

    private static Action setMap(ActionLine line) throws ExpressionError {
        line.needs(2, "expects exactly 2 arguments");
        String name = list(line);
        Text key = line.text();
        Text value = line.text();
        PatternReferences lists = line.scope().patterns();
        return context -> {
            byte[] keyBytes = bytes(context.text(key));
            byte[] valueBytes = bytes(context.secondText(value));
            return change(context, lists.find(name), list -> {
                if (list.set(keyBytes, valueBytes) == 0) {
                    list.add(keyBytes, valueBytes);
                }
            });
        };
    }

    private static Action addAcl(ActionLine line) throws ExpressionError {
        line.needs(1, "expects exactly 1 arguments");
        String name = list(line);
        Text key = line.text();
        PatternReferences lists = line.scope().patterns();
        return context -> {
            byte[] keyBytes = bytes(context.text(key));
            return change(context, lists.find(name), list -> {
                if (!contains(list, keyBytes)) {
                    list.add(keyBytes, null);
                }
            });
        };
    }

    private static boolean contains(PatternReference list, byte[] key) {
        for (PatternEntry entry : list.entries()) {
            if (Arrays.equals(entry.key(), key)) {
                return true;
            }
        }
        return false;
    }

    private static Action delete(ActionLine line) throws ExpressionError {
        line.needs(1, "expects exactly 1 arguments");
        String name = list(line);
        Text key = line.text();
        PatternReferences lists = line.scope().patterns();
        return context -> {
            byte[] keyBytes = bytes(context.text(key));
            return change(context, lists.find(name), list -> list.remove(keyBytes));
        };
    }

    /** A change of a list. */
    @FunctionalInterface
    private interface Change {
        void on(PatternReference list) throws PatternError;
    }

    /** What cannot be a pattern of the list changes nothing. */
    private static Verdict change(RuleContext context, PatternReference list, Change change) {
        if (list != null) {
            try {
                change.on(list);
            } catch (PatternError e) {
                return Verdict.CONTINUE;
            }
        }
        return Verdict.CONTINUE;
    }
}
