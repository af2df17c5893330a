/**
 * Patterns: how values are compared with lists of texts, numbers, networks and regular expressions, which files those
 * lists come from, and how they change while traffic uses them.
 *
 * <p>Owner: lists are written by whoever changes them, under a lock, and read by workers as published snapshots. Must not
 * know: fetches, converters, ACLs.
 */
package dev.weir.model.pattern;
