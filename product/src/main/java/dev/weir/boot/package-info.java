/**
 * Main: arguments, assembling a Generation, process, signals.
 *
 * <p>Owner: main thread. Must not know: nothing.
 */
package dev.weir.boot;
