package dev.weir.config.rule;

import dev.weir.flow.cache.HttpCaches;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.value.VariableNames;
import java.util.function.Supplier;

/**
 * What rules are compiled with that outlives a configuration, and their vocabulary, which is made when first needed.
 * Immutable.
 */
public record RuleWorld(Supplier<Vocabulary> expressions, Supplier<ActionVocabulary> actions, VariableNames variables,
        PatternReferences patterns, HttpCaches caches) {}
