package dev.weir.admin.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/STATISTICS.md is written from the table of metrics. Run with {@code -Dweir.update=true} to write it anew. */
class FieldsPageTest {

    private static final Path PAGE = Path.of("../docs/STATISTICS.md");
    private static final String HEAD = """
            # Statistics: the columns

            Written by `FieldsPageTest` from the table of metrics (`admin.stats.Metric`), which feeds CSV, typed, JSON, the page and
            Prometheus alike; not to be edited. Columns are in the order of `show stat`; `CommandsOracleTest` compares it with
            HAProxy 2.6, whose columns come first, in the same order. Rows: L listener, F frontend, B backend, S server. Tags are
            those of typed output: origin, nature, scope, persistence (P: kept by `dump stats-file`).

            | # | column | rows | type | tags | meaning |
            |--:|---|---|---|---|---|
            """;

    @Test
    void pageFitsTheTable() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (Metric metric : Metric.all()) {
            StringBuilder rows = new StringBuilder();
            for (RowKind kind : new RowKind[] {RowKind.LISTENER, RowKind.FRONTEND, RowKind.BACKEND, RowKind.SERVER}) {
                rows.append(metric.isFor(kind) ? kind.letter() : '.');
            }
            page.append("| ").append(metric.ordinal()).append(" | `").append(metric.title()).append("` | `").append(rows)
                    .append("` | ").append(metric.type().name().toLowerCase(java.util.Locale.ROOT)).append(" | ")
                    .append(metric.tags()).append(" | ").append(metric.description()).append(" |\n");
        }
        if (Boolean.getBoolean("weir.update")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page.toString(), Files.readString(PAGE), "docs/STATISTICS.md is stale: run with -Dweir.update=true");
    }
}
