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

    /** Takes lines of text: a ring, and whoever hears of what is in it. */
    @FunctionalInterface
    public interface Into {
        void add(byte[] line);
    }

    private static volatile Function<String, Into> rings = name -> null;

    private EventSinks() {}

    /** Says how rings are found by name. */
    public static void rings(Function<String, Into> byName) {
        rings = byName;
    }

    /** Writes a line, without its end. */
    public static void write(String sink, String text, long wallMicros) {
        switch (sink) {
            case "buf0" -> {
                Instant at = Instant.ofEpochSecond(wallMicros / 1_000_000, wallMicros % 1_000_000 * 1000);
                byte[] line = bytes("<0>" + DATE.format(at) + " " + text);
                TraceSources.buffer().add(line, line.length);
            }
            case "stdout" -> System.out.println(text);
            case "stderr" -> System.err.println(text);
            default -> {
                Into ring = rings.apply(sink);
                if (ring != null) {
                    ring.add(bytes(text));
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
