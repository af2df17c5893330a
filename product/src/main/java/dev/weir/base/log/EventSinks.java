package dev.weir.base.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/**
 * Where the debug converter writes: the ring {@code buf0}, whose lines have a date, the rings of the file, standard output and
 * error. For looking into a configuration, not for traffic. From any thread.
 */
public final class EventSinks {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx")
            .withZone(ZoneOffset.UTC);

    private static volatile Function<String, LogRing> rings = name -> null;

    private EventSinks() {}

    /** Says how rings are found by name. */
    public static void rings(Function<String, LogRing> byName) {
        rings = byName;
    }

    /** Writes a line, without its end. */
    public static void write(String sink, String text, long wallMicros) {
        switch (sink) {
            case "buf0" -> {
                Instant at = Instant.ofEpochSecond(wallMicros / 1_000_000, wallMicros % 1_000_000 * 1000);
                add(TraceSources.buffer(), "<0>" + DATE.format(at) + " " + text);
            }
            case "stdout" -> System.out.println(text);
            case "stderr" -> System.err.println(text);
            default -> add(rings.apply(sink), text);
        }
    }

    private static void add(LogRing ring, String text) {
        if (ring != null) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            ring.add(bytes, bytes.length);
        }
    }
}
