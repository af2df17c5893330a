/**
 * Rules: a condition, an action and where they stand in the configuration. What an action may do to an exchange is
 * {@link dev.weir.flow.rule.RuleContext}; the actions themselves are vocabulary and live in {@code keyword.action}.
 *
 * <p>Owner: workers. Must not know: who drives the exchange, how configurations are written.
 */
package dev.weir.flow.rule;
