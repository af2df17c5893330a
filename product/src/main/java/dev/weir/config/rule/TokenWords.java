package dev.weir.config.rule;

import dev.weir.flow.expr.TokenKeys;
import java.util.Map;

/**
 * What a configuration says about web tokens. Immutable.
 *
 * @param lists the words of the {@code global} section that name algorithms
 * @param keys those of the certificates that may be used for tokens, by what they are called
 */
public record TokenWords(Map<String, String> lists, Map<String, TokenKeys> keys) {}
