/**
 * Small collections and typed settings that the JDK lacks.
 *
 * <p>Owner: any. Must not know: anything of ours.
 */
package dev.weir.base.collect;
