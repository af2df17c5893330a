/**
 * One request and its answer: state, timing, termination.
 *
 * <p>Owner: workers. Must not know: how configurations are written.
 */
package dev.weir.flow.exchange;
