package dev.weir.keyword.action;

import dev.weir.base.log.LogLine;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Text;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.pattern.PatternError;
import dev.weir.model.pattern.Regex;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.util.List;
import java.util.Locale;

/** Adding, setting and deleting header fields. */
final class HeaderActions {

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("add-header", ActionKeyword.HTTP, line -> write(line, false)),
            ActionKeyword.of("set-header", ActionKeyword.HTTP, line -> write(line, true)),
            ActionKeyword.of("del-header", ActionKeyword.HTTP, HeaderActions::delete),
            ActionKeyword.of("add-headers-bin", ActionKeyword.HTTP, line -> writeAll(line, false)),
            ActionKeyword.of("set-headers-bin", ActionKeyword.HTTP, line -> writeAll(line, true)),
            ActionKeyword.of("del-headers-bin", ActionKeyword.HTTP, HeaderActions::deleteAll));

    private HeaderActions() {}

    private static Action write(ActionLine line, boolean replaces) throws ExpressionError {
        line.needs(2, "expects exactly 2 arguments");
        String word = line.next();
        HeaderName name = HeaderName.of(word);
        Text value = line.text();
        byte[] constant = value.constant();
        return withTarget(line, word, constant != null ? context -> put(context, name, constant, constant.length, replaces)
                : context -> {
                    LogLine text = context.text(value);
                    return put(context, name, text.array(), text.length(), replaces);
                });
    }

    /** An absolute target names the same host as the header, also once that was changed. */
    static Action withTarget(ActionLine line, String name, Action edit) {
        if (line.kind() != RuleKind.REQUEST || !name.equalsIgnoreCase("host")) {
            return edit;
        }
        return context -> {
            Verdict verdict = edit.run(context);
            context.requestHead().followHost();
            return verdict;
        };
    }

    private static Verdict put(RuleContext context, HeaderName name, byte[] value, int length, boolean replaces) {
        Head head = context.head();
        boolean done = replaces ? head.set(name, value, 0, length) : head.add(name, value, 0, length);
        return context.edited(done);
    }

    /** Whether a name is meant. */
    @FunctionalInterface
    private interface NameTest {
        boolean matches(byte[] bytes, int at, int length);
    }

    private static Action delete(ActionLine line) throws ExpressionError {
        line.needs(1, "expects at least 1 argument");
        String name = line.next();
        boolean flagged = line.takes("-m");
        if (flagged) {
            line.needs(1, "-m flag expects exactly 1 argument");
        }
        String method = flagged ? line.next() : "str";
        if (method.equals("str")) {
            HeaderName exact = HeaderName.of(name);
            return context -> {
                context.head().deleteAll(exact);
                return Verdict.CONTINUE;
            };
        }
        NameTest test = test(line, method, name);
        return context -> {
            Head head = context.head();
            for (int i = head.first(); i >= 0; i = head.after(i)) {
                if (test.matches(head.area(), head.nameAt(i), head.nameLength(i))) {
                    head.delete(i);
                }
            }
            return Verdict.CONTINUE;
        };
    }

    private static NameTest test(ActionLine line, String method, String name) throws ExpressionError {
        byte[] wanted = ActionLine.bytes(name.toLowerCase(Locale.ROOT));
        if (method.equals("reg")) {
            try {
                Regex regex = line.scope().regexes().compile(ActionLine.bytes(name), true);
                return regex::find;
            } catch (PatternError e) {
                throw new ExpressionError(e.getMessage());
            }
        }
        NameTest known = test(method, wanted);
        if (known == null) {
            throw new ExpressionError("-m with unsupported matching method '" + method + "'");
        }
        return known;
    }

    /** Null when there is no such method. */
    private static NameTest test(String method, byte[] wanted) {
        return switch (method) {
            case "str" -> (bytes, at, length) -> length == wanted.length && Octets.at(bytes, at, wanted);
            case "beg" -> (bytes, at, length) -> length >= wanted.length && Octets.at(bytes, at, wanted);
            case "end" -> (bytes, at, length) -> length >= wanted.length
                    && Octets.at(bytes, at + length - wanted.length, wanted);
            case "sub" -> (bytes, at, length) -> {
                for (int i = 0; i + wanted.length <= length; i++) {
                    if (Octets.at(bytes, at + i, wanted)) {
                        return true;
                    }
                }
                return false;
            };
            default -> null;
        };
    }

    private static Action writeAll(ActionLine line, boolean replaces) throws ExpressionError {
        Expression expression = line.expression();
        byte[] prefix = line.takes("prefix") ? ActionLine.bytes(line.next().toLowerCase(Locale.ROOT)) : new byte[0];
        return context -> {
            Sample sample = context.sample();
            if (!expression.evaluateAs(SampleType.BINARY, context, sample)) {
                return Verdict.CONTINUE;
            }
            boolean done = true;
            VarintTexts texts = new VarintTexts(sample.bytes(), sample.at(), sample.length());
            while (texts.next() && texts.length() > 0) {
                int nameAt = texts.at();
                int nameLength = texts.length();
                if (!texts.next()) {
                    break;
                }
                if (nameLength >= prefix.length && Octets.at(sample.bytes(), nameAt, prefix)
                        && mayStand(sample.bytes(), nameAt, nameLength, texts)) {
                    done &= put(context.head(), sample.bytes(), nameAt, nameLength, texts, replaces);
                }
            }
            return context.edited(done);
        };
    }

    /** A name or value that would end its line goes nowhere. */
    private static boolean mayStand(byte[] bytes, int nameAt, int nameLength, VarintTexts value) {
        return Octets.isName(bytes, nameAt, nameLength) && Octets.isValue(bytes, value.at(), value.length());
    }

    private static boolean put(Head head, byte[] bytes, int nameAt, int nameLength, VarintTexts value,
            boolean replaces) {
        if (replaces) {
            deleteNamed(head, bytes, nameAt, nameLength);
        }
        return head.add(bytes, nameAt, nameLength, bytes, value.at(), value.length());
    }

    private static void deleteNamed(Head head, byte[] bytes, int at, int length) {
        for (int i = head.first(); i >= 0; i = head.after(i)) {
            if (head.nameLength(i) == length && Octets.same(head.area(), head.nameAt(i), bytes, at, length)) {
                head.delete(i);
            }
        }
    }

    private static Action deleteAll(ActionLine line) throws ExpressionError {
        Expression expression = line.expression();
        boolean flagged = line.takes("-m");
        if (flagged) {
            line.needs(1, "-m flag expects exactly 1 argument");
        }
        String method = flagged ? line.next() : "str";
        if (test(method, new byte[0]) == null) {
            throw new ExpressionError("-m with unsupported matching method '" + method + "'");
        }
        return context -> {
            Sample sample = context.sample();
            if (expression.evaluateAs(SampleType.BINARY, context, sample)) {
                VarintTexts texts = new VarintTexts(sample.bytes(), sample.at(), sample.length());
                while (texts.next() && texts.length() > 0) {
                    byte[] name = java.util.Arrays.copyOfRange(sample.bytes(), texts.at(), texts.at() + texts.length());
                    NameTest test = test(method, name);
                    Head head = context.head();
                    for (int i = head.first(); i >= 0; i = head.after(i)) {
                        if (test.matches(head.area(), head.nameAt(i), head.nameLength(i))) {
                            head.delete(i);
                        }
                    }
                }
            }
            return Verdict.CONTINUE;
        };
    }
}
