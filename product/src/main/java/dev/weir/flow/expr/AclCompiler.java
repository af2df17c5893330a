package dev.weir.flow.expr;

import dev.weir.model.pattern.MatchMethod;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles ACLs: a criterion, flags, patterns (configuration.txt 7.1). Owner: whoever reads configurations.
 */
public final class AclCompiler {

    private static final Map<String, Acl> NONE = Map.of();

    private final ExpressionScope scope;
    private final Map<String, Acl> predefined = new HashMap<>(NONE);

    public AclCompiler(ExpressionScope scope) {
        this.scope = scope;
    }

    /**
     * The answer to {@link #declare}.
     *
     * @param acl null when it is wrong
     * @param error what is wrong, without saying in which ACL
     */
    public record Declared(Acl acl, String error, boolean isUnresolved) {}

    /** What is wrong with the name of an ACL, or null. */
    public static String nameError(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || c == '-' || c == '_' || c == '.' || c == ':')) {
                return "character '" + c + "' is not permitted in acl name '" + name + "'";
            }
        }
        return name.equalsIgnoreCase("or") ? "acl name 'or' will never match. 'or' is used to express a logical"
                + " disjunction within a condition" : null;
    }

    /** A line {@code acl name words}; it is added to what the name meant before, which may be null. */
    public Declared declare(String name, Acl before, List<String> words, List<String> warnings) {
        try {
            AclExpression line = line(words, warnings);
            return new Declared(before == null ? new Acl(name, line) : before.and(line), null, false);
        } catch (ExpressionError e) {
            return new Declared(null, e.getMessage(), e.isUnresolved());
        }
    }

    Acl compile(String name, List<String> words, List<String> warnings) throws ExpressionError {
        return new Acl(name, line(words, warnings));
    }

    /** One of those that need no declaration, or null. */
    Acl predefined(String name) throws ExpressionError {
        Acl known = predefined.get(name);
        List<String> words = AclKeywords.predefined(name);
        if (known == null && words != null) {
            known = new Acl(name, line(words, new java.util.ArrayList<>()));
            predefined.put(name, known);
        }
        return known;
    }

    private AclExpression line(List<String> words, List<String> warnings) throws ExpressionError {
        String criterion = words.isEmpty() ? "" : words.get(0);
        if (criterion.isEmpty()) {
            throw new ExpressionError("missing fetch method in ACL expression ''");
        }
        String keyword = keyword(criterion);
        AclKeywords.Alias alias = AclKeywords.alias(keyword);
        FetchKeyword fetch = scope.vocabulary().fetch(alias == null ? keyword : alias.fetch());
        if (fetch == null) {
            throw new ExpressionError("unknown fetch method '" + keyword + "' in ACL expression '" + criterion + "'");
        }
        Expression expression = new ExpressionCompiler(scope).compileAs(fetch, criterion);
        boolean converted = converts(criterion, keyword);
        MatchMethod implied = alias != null && !converted ? alias.method()
                : MatchMethod.byType(expression.type());
        AclPatterns patterns = new AclPatterns(scope, implied, keyword, criterion);
        patterns.read(words.subList(1, words.size()));
        warnings.addAll(patterns.warnings());
        MatchMethod method = patterns.method();
        Casts.Cast cast = cast(expression.type(), method);
        if (cast == null) {
            throw new ExpressionError("matching method '" + patterns.methodName() + "' cannot be used with fetch"
                    + " keyword '" + keyword + "'");
        }
        return new AclExpression(expression, cast, matcher(method, patterns, expression, criterion));
    }

    private static String keyword(String criterion) {
        int end = 0;
        while (end < criterion.length() && criterion.charAt(end) != '(' && criterion.charAt(end) != ',') {
            end++;
        }
        return criterion.substring(0, end);
    }

    /** Whether converters follow: then the keyword's own way to match does not count. */
    private static boolean converts(String criterion, String keyword) {
        int at = keyword.length();
        int depth = 0;
        char quote = 0;
        for (int i = at; i < criterion.length(); i++) {
            char c = criterion.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (depth > 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '(') {
                depth = 1;
            } else if (c == ')') {
                depth = 0;
            } else if (c == ',' && depth == 0) {
                return true;
            }
        }
        return false;
    }

    private static Casts.Cast cast(SampleType type, MatchMethod method) {
        return method == MatchMethod.FOUND ? Casts.NONE : Casts.find(type, method.input());
    }

    private AclMatcher matcher(MatchMethod method, AclPatterns patterns, Expression expression, String criterion)
            throws ExpressionError {
        return switch (method) {
            case FOUND -> sample -> true;
            case BOOL -> Sample::isTrue;
            case GROUP -> groups(patterns, criterion);
            default -> patterns.matcher();
        };
    }

    /** The fetch gives the name of a user that is known by its password; the patterns are groups. */
    private AclMatcher groups(AclPatterns patterns, String criterion) throws ExpressionError {
        int open = criterion.indexOf('(');
        int close = criterion.indexOf(')', open + 1);
        Users users = scope.users(open < 0 || close < 0 ? "" : criterion.substring(open + 1, close));
        List<String> names = patterns.texts();
        if (names.isEmpty()) {
            throw ExpressionError.unresolved("no groups specified");
        }
        for (String group : names) {
            if (!users.hasGroup(group)) {
                throw ExpressionError.unresolved("invalid group '" + group + "'");
            }
        }
        String[] groups = names.toArray(new String[0]);
        return sample -> {
            for (String group : groups) {
                if (users.isMember(sample.bytes(), sample.at(), sample.length(), group)) {
                    return true;
                }
            }
            return false;
        };
    }
}
