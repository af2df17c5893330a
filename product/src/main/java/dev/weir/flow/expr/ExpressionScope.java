package dev.weir.flow.expr;

import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.pattern.RegexCompiler;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.TrackedEntries;
import dev.weir.model.value.VariableNames;
import java.util.Map;

/**
 * What an expression can name where it is compiled: the vocabulary, lists, proxies and ACLs of the configuration, and the
 * proxy that it stands in. Answers null for names that do not exist.
 */
public interface ExpressionScope {

    Vocabulary vocabulary();

    VariableNames variables();

    PatternReferences patterns();

    RegexCompiler regexes();

    /** The proxy that the expression stands in. */
    String proxyName();

    /** What kind of directive it belongs to, for messages: {@code http-request expression}. */
    String purpose();

    ProxyFacts frontend(String name);

    ProxyFacts backend(String name);

    ServerFacts server(String backend, String name);

    Users users(String name);

    /** A stick table: of a proxy of that name, or {@code peers section/name}. */
    default StickTable table(String name) {
        return null;
    }

    /** How many entries an exchange can track. */
    default int stickCounters() {
        return TrackedEntries.DEFAULT_COUNT;
    }

    /** A named ACL of the proxy, or one of those that need no declaration. */
    Acl acl(String name);

    /** The value of a word of the {@code global} section that expressions depend on, or null. */
    default String global(String word) {
        return null;
    }

    /** The keys of the certificates that are meant for web tokens, by what they are called. */
    default Map<String, TokenKeys> tokenKeys() {
        return Map.of();
    }

    /** An environment variable as the process was started with. */
    String environment(String name);
}
