/**
 * Compressors of the system's libraries, through the JDK's foreign function interface: all unsafe calls to them are here.
 *
 * <p>Owner: workers. Must not know: messages, configuration.
 */
package dev.weir.net.zip;
