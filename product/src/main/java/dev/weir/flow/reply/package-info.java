/**
 * Responders of our own: error pages, statistics, monitor answers.
 *
 * <p>Owner: workers. Must not know: how configurations are written.
 */
package dev.weir.flow.reply;
