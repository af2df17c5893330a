/**
 * The commands of the runtime socket, a class per chapter of their manual.
 *
 * <p>Owner: the Conductor. Must not know: how clients are read and written.
 */
package dev.weir.keyword.command;
