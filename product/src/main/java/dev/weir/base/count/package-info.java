/**
 * Cells, gauges and rates: the three kinds of numbers that traffic moves.
 *
 * <p>Owner: workers write, anyone reads. Must not know: what is counted.
 */
package dev.weir.base.count;
