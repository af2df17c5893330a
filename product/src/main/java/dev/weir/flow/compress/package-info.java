/** Compression of bodies on their way. */
package dev.weir.flow.compress;
