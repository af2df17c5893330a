/** Answers that are kept and given again (configuration manual, chapter 6). */
package dev.weir.flow.cache;
