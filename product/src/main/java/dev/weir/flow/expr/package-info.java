/**
 * Compiled expressions and log formats.
 *
 * <p>Owner: workers. Must not know: how configurations are written.
 */
package dev.weir.flow.expr;
