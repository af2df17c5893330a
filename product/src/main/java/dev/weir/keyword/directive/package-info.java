/**
 * The directives of the manual's chapters 3 to 5, one class per chapter.
 *
 * <p>Owner: boot. Must not know: traffic.
 */
package dev.weir.keyword.directive;
