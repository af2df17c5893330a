/**
 * System calls that Java and Netty lack, through the foreign function interface. The only package with unsafe native
 * calls of this kind: one handle of one shape for all of them, linked at the first use and never on the start path of
 * a plain configuration.
 *
 * <p>Owner: any thread; memory is confined to the call. Must not know: what the calls are for.
 */
package dev.weir.net.sys;
