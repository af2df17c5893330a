package dev.weir.base.log;

/**
 * One worker's way to make lines for one target: level filter, sample, header, length, line end. What comes out is ready
 * to be sent. Worker-owned; the sample is shared by all frames of the target.
 */
public final class LogFrame {

    private final LogSpec spec;
    private final LogHeader header;
    private final LogSample sample;
    private final int maxLength;

    public LogFrame(LogSpec spec, LogHeader header, LogSample sample) {
        this.spec = spec;
        this.header = header;
        this.sample = sample;
        // as HAProxy: a datagram has its line end on top of len, on a descriptor it is part of it
        this.maxLength = spec.target() == LogSpec.Target.DESCRIPTOR ? spec.maxLength() - 1 : spec.maxLength();
    }

    public LogSpec spec() {
        return spec;
    }

    /**
     * Makes the line, or answers false when this target does not want it.
     *
     * @param level 0..7
     * @param message the text; a line end in it would start a second line and is written as {@code #0A} by who made it
     * @param structuredData for RFC 5424, or null
     */
    public boolean frame(LogLine out, int level, LogLine message, LogLine structuredData, long micros) {
        if (level > spec.maxLevel() || !sample.take()) {
            return false;
        }
        out.clear();
        header.put(out, Math.max(level, spec.minLevel()), micros, structuredData);
        out.put(message.array(), 0, message.length());
        out.cut(Math.min(maxLength, LogLine.LIMIT - 1));
        out.put('\n');
        return true;
    }
}
