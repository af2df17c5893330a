package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.Section;
import dev.weir.config.compile.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/KEYWORDS.md is written from the keyword tables. Run with {@code -Dweir.update=true} to write it anew; otherwise a
 * page that no longer fits the tables fails the build.
 */
class CoveragePageTest {

    private static final Path PAGE = Path.of("../docs/KEYWORDS.md");
    private static final Map<Status, String> MEANING = new EnumMap<>(Map.of(
            Status.SUPPORTED, "supported", Status.KEPT, "read, without effect yet", Status.ACCEPTED, "accepted, means nothing here",
            Status.UNBUILT, "not yet: a process that needs it does not start",
            Status.UNBUILT_HTTP, "not yet in mode http; ignored in mode tcp, as HAProxy does",
            Status.REMOVED, "removed by HAProxy: a message says what to write instead"));

    /** Why some words mean nothing here. */
    private static final String REASONS = """

            What means nothing here, and why: placing threads on processors, groups of threads and the order of their work
            (`cpu-*`, `numa-*`, `thread-group*`, `tune.runqueue-*`, `busy-polling`) is the kernel's and the JVM's business;
            pools and moved buffers (`tune.memory.*`, `tune.*zero-copy*`, `tune.idletimer`,
            `tune.bufsize.*`) are parts of HAProxy's that do not exist here, where every session has a window; pollers of
            other systems (`nopoll`, `nokqueue`, `noevports`) likewise; there is no Lua whose memory and time could be
            limited (`tune.lua.*`); memory and windows of zlib are its own affair (`maxzlibmem`, `tune.zlib.*`), and no cache of what patterns have matched (`tune.pattern.cache-size`); QUIC is not spoken (`*quic*`); the rest are tools to
            debug HAProxy itself.
            """;

    @Test
    void pageFitsTheTables() throws IOException {
        String page = page(Directives.vocabulary());
        if (Boolean.getBoolean("weir.update")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "docs/KEYWORDS.md is stale: run the test with -Dweir.update=true");
    }

    private static String page(Vocabulary vocabulary) {
        StringBuilder out = new StringBuilder("# Keywords\n\nWritten by `CoveragePageTest` from the keyword tables; not to be "
                + "edited. What a keyword's options and expressions can do is not in these tables.\n" + REASONS);
        for (Section section : Section.values()) {
            if (!section.isProxy() || section == Section.LISTEN) {
                table(out, section == Section.LISTEN ? "Proxies (defaults, frontend, listen, backend)"
                        : "Section " + section.word(), vocabulary.keywords(section));
            }
        }
        return out.toString();
    }

    private static void table(StringBuilder out, String title, Collection<Keyword> all) {
        List<Keyword> keywords = all.stream().filter(k -> k.status() != Status.HEAD)
                .sorted(Comparator.comparing(Keyword::name)).toList();
        if (keywords.isEmpty()) {
            return;
        }
        out.append("\n## ").append(title).append("\n\n");
        MEANING.forEach((status, meaning) -> {
            List<Keyword> of = keywords.stream().filter(k -> k.status() == status
                    || k.status() == Status.USED && status == Status.SUPPORTED).toList();
            if (!of.isEmpty()) {
                out.append("**").append(meaning).append("** (").append(of.size()).append("): ")
                        .append(of.stream().map(k -> "`" + k.name() + "`").distinct().collect(Collectors.joining(", ")))
                        .append("\n\n");
            }
        });
    }
}
