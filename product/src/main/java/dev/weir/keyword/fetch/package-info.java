/**
 * The fetches of configuration.txt 7.3.2 to 7.3.6, a table per family.
 *
 * <p>Owner: tables are read when configurations are; fetches run on workers. Must not know: other keyword families.
 */
package dev.weir.keyword.fetch;
