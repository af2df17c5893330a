/**
 * Typed values: what fetches read, converters change, patterns are compared with and variables keep.
 *
 * <p>Owner: workers. Must not know: where values come from, how expressions are written.
 */
package dev.weir.model.value;
