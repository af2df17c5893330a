/**
 * Balancing algorithms, each one sequence for the process.
 *
 * <p>Owner: workers under the lock of their backend. Must not know: rules, sockets.
 */
package dev.weir.model.balance;
