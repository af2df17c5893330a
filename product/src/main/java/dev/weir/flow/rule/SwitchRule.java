package dev.weir.flow.rule;

import dev.weir.base.text.Place;
import dev.weir.flow.expr.Condition;

/**
 * {@code use_backend} or {@code use-server}. Immutable.
 *
 * @param condition null when it always holds
 * @param name of the backend or server, fixed or made for each exchange
 */
public record SwitchRule(Condition condition, Text name, Place place) {

    public boolean applies(RuleContext context) {
        return condition == null || condition.holds(context);
    }
}
