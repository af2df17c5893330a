package dev.weir.base.log;

/**
 * What a parser found in a syslog message: level, facility, and where its fields are. A field that is not there, or a dash
 * in RFC 5424, has no length. The bytes stay the caller's and are valid as long as the caller keeps them. Worker-owned.
 */
public final class SyslogMessage {

    /** How the message was written. */
    public enum Form { PLAIN, RFC3164, RFC5424 }

    /** The parts between priority and text, in the order of RFC 5424. */
    public enum Field { TIME, HOST, APP, PID, ID, DATA }

    static final Field[] FIELDS = Field.values();

    Form form;
    /** -1 when the message has none. */
    int priority;
    byte[] bytes;
    int textFrom;
    int textTo;
    private final int[] from = new int[FIELDS.length];
    private final int[] to = new int[FIELDS.length];

    /** Begins with a message of which nothing is known: all of it is text. */
    void reset(byte[] in, int start, int end) {
        form = Form.PLAIN;
        priority = -1;
        bytes = in;
        textFrom = start;
        textTo = end;
        forget();
    }

    void forget() {
        for (int i = 0; i < from.length; i++) {
            from[i] = 0;
            to[i] = 0;
        }
    }

    void set(Field field, int start, int end) {
        from[field.ordinal()] = start;
        to[field.ordinal()] = end;
    }

    public Form form() {
        return form;
    }

    public boolean hasPriority() {
        return priority >= 0;
    }

    /** 0..7; of a message without priority 0, which no filter of levels drops. */
    public int level() {
        return priority < 0 ? 0 : priority & 7;
    }

    /** The facility, or what is to stand for it where the message has none. */
    public int facility(int otherwise) {
        return priority < 0 ? otherwise : priority >> 3;
    }

    public boolean has(Field field) {
        return to[field.ordinal()] > from[field.ordinal()];
    }

    public void put(Field field, LogLine out) {
        int start = from[field.ordinal()];
        out.put(bytes, start, to[field.ordinal()] - start);
    }

    /** A byte of a field. */
    int at(Field field, int index) {
        return bytes[from[field.ordinal()] + index];
    }

    /** A byte of the time, as a number when it is a digit. */
    int digit(int index) {
        return at(Field.TIME, index) - '0';
    }

    public void putText(LogLine out) {
        out.put(bytes, textFrom, textTo - textFrom);
    }
}
