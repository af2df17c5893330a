/**
 * Views of the counters: one descriptor per metric feeds every format.
 *
 * <p>Owner: workers. Must not know: how configurations are written.
 */
package dev.weir.admin.stats;
