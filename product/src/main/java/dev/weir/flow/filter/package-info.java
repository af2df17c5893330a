/** Filters: what stands on the way of bodies, changes them or holds them back. */
package dev.weir.flow.filter;
