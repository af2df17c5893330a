/**
 * The hash functions that placement and converters need, to the bit.
 *
 * <p>Owner: any. Must not know: anything of ours.
 */
package dev.weir.base.hash;
