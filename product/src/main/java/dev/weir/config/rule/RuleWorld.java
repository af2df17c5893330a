package dev.weir.config.rule;

import dev.weir.flow.cache.HttpCaches;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.flow.rule.Services;
import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.stick.StickTables;
import dev.weir.model.value.VariableNames;
import dev.weir.net.tls.CertificateStore;
import java.util.function.Supplier;

/**
 * What rules are compiled with that outlives a configuration, and their vocabulary, which is made when first needed.
 * Immutable.
 *
 * @param tables those of the configuration that this one follows, or null
 * @param threads the numbers that threads have at least
 * @param certificates those of the configuration that this one follows, or null
 */
public record RuleWorld(Supplier<Vocabulary> expressions, Supplier<ActionVocabulary> actions, VariableNames variables,
        PatternReferences patterns, HttpCaches caches, Services services, StickTables tables, int threads,
        CertificateStore certificates) {

    public RuleWorld(Supplier<Vocabulary> expressions, Supplier<ActionVocabulary> actions, VariableNames variables,
            PatternReferences patterns, HttpCaches caches, Services services) {
        this(expressions, actions, variables, patterns, caches, services, null, 0, null);
    }

    /**
     * The world of the configuration that follows.
     *
     * @param living the tables of the one that holds
     * @param cells how many numbers threads have
     * @param shown its certificates
     */
    public RuleWorld next(StickTables living, int cells, CertificateStore shown) {
        return new RuleWorld(expressions, actions, variables, new PatternReferences(patterns),
                new HttpCaches(caches), services, living, cells, shown);
    }
}
