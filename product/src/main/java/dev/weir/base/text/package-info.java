/**
 * Ground for text and places: byte strings, places in files, diagnostics as values.
 *
 * <p>Owner: any. Must not know: anything of ours.
 */
package dev.weir.base.text;
