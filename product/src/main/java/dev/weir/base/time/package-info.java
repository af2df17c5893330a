/**
 * The only package that reads clocks; timer wheels and tick arithmetic.
 *
 * <p>Owner: any. Must not know: anything of ours.
 */
package dev.weir.base.time;
