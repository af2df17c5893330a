package dev.weir.flow.rule;

import dev.weir.base.text.Place;
import dev.weir.flow.expr.Condition;

/**
 * One rule. Immutable.
 *
 * @param condition null when it always holds
 * @param place where it stands, which {@code last_rule_file} and {@code last_rule_line} tell
 */
public record Rule(Condition condition, Action action, Place place) {}
