/**
 * Pairs Weir with the installed HAProxy: the same configuration, the same load, alternating rounds, one processor for the
 * proxy and another for load and origin. What is compared is always a ratio of the same run.
 */
package dev.weir.bench;
