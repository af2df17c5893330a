/**
 * Compiles the lines of proxies that are rules: ACLs, conditions, actions, switching, captures, replies. The table of
 * actions is filled by {@code keyword.action}.
 *
 * <p>Owner: whoever reads configurations. Must not know: how sections and their keywords are read.
 */
package dev.weir.config.rule;
