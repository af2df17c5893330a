/**
 * The converters of configuration.txt 7.3.1, a table per family.
 *
 * <p>Owner: tables are read when configurations are; converters run on workers. Must not know: other keyword families.
 */
package dev.weir.keyword.convert;
