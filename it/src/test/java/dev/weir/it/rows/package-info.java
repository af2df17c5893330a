/** Cases as rows of text files: the same file and the same bytes for Weir and for HAProxy, and what both answer. */
package dev.weir.it.rows;
