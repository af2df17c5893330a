/**
 * The language of the configuration: lexer, conditions, sections, diagnostics, addresses.
 *
 * <p>Owner: boot. Must not know: what keywords mean.
 */
package dev.weir.config.lang;
