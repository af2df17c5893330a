package dev.weir.base.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands before the message for one target: the parts that its format names, in order. The parts that never change
 * are bytes made once. Built per target and tag; worker-owned, for its clock is.
 */
public final class LogHeader {

    private interface Part {
        void put(LogLine out, int level, long micros, LogLine structuredData);
    }

    private static final byte[] NONE = "-".getBytes(StandardCharsets.US_ASCII);

    private final Part[] parts;

    /**
     * @param host the name to send, or null when none was asked for ({@code log-send-hostname})
     * @param tag what {@code log-tag} says, or the program's name
     */
    public LogHeader(LogFraming framing, int facility, String host, String tag, long pid, LogClock clock) {
        List<Part> list = new ArrayList<>();
        Part priority = (out, level, micros, data) -> out.put('<').putNumber(facility * 8L + level).put('>');
        Part severity = (out, level, micros, data) -> out.put('<').putNumber(level).put('>');
        Part isoDate = (out, level, micros, data) -> {
            clock.putIso(out, micros);
            out.put(' ');
        };
        switch (framing) {
            case LOCAL, RFC3164 -> {
                list.add(priority);
                list.add((out, level, micros, data) -> clock.putSyslog(out, micros));
                boolean named = framing == LogFraming.RFC3164 && host != null;
                list.add(fixed((named ? " " + host : "") + " " + tag + "[" + pid + "]: "));
            }
            case RFC5424 -> {
                list.add(priority);
                list.add(fixed("1 "));
                list.add(isoDate);
                list.add(fixed((host == null ? "-" : host) + " " + tag + " " + pid + " - "));
                list.add((out, level, micros, data) -> structuredData(out, data));
            }
            case PRIORITY -> list.add(priority);
            case SHORT -> list.add(severity);
            case TIMED -> {
                list.add(severity);
                list.add(isoDate);
            }
            case ISO -> list.add(isoDate);
            case RAW -> { }
        }
        parts = list.toArray(new Part[0]);
    }

    private static void structuredData(LogLine out, LogLine data) {
        if (data == null || data.length() == 0) {
            out.put(NONE);
        } else {
            out.put(data.array(), 0, data.length());
        }
        out.put(' ');
    }

    private static Part fixed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (out, level, micros, data) -> out.put(bytes);
    }

    /** @param structuredData what RFC 5424 has between header and message, or null; other formats leave it out */
    public void put(LogLine out, int level, long micros, LogLine structuredData) {
        for (Part part : parts) {
            part.put(out, level, micros, structuredData);
        }
    }
}
