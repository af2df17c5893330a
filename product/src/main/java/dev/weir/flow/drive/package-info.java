/**
 * The driver that takes an exchange through its phases; programs of proxies.
 *
 * <p>Owner: workers. Must not know: how configurations are written.
 */
package dev.weir.flow.drive;
