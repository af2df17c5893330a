/**
 * Actions of rules: one class per family of the manual's chapter 4.4, each with its table.
 *
 * <p>Owner: tables are read by boot's thread, what they make runs on workers. Must not know: who drives an exchange.
 */
package dev.weir.keyword.action;
