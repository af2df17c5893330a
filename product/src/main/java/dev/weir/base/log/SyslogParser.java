package dev.weir.base.log;

import dev.weir.base.log.SyslogMessage.Field;
import dev.weir.base.log.SyslogMessage.Form;

/**
 * Finds the fields of syslog messages, as RFC 5424 or RFC 3164 write them. What is neither is text as a whole, behind a
 * priority where one can be read: nothing is refused, nothing of it is lost. HAProxy checks the shape of dates and not
 * their values, and so does this. Each byte is looked at a few times at most. Worker-owned.
 */
public final class SyslogParser {

    private static final int MOST_PRIORITY_DIGITS = 3;
    private static final String SHORT_SHAPE = "Aaa d0 00:00:00";
    private static final String LONG_SHAPE = "0000-00-00T00:00:00";
    private static final String ZONE_SHAPE = "00:00";
    static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private byte[] bytes;
    private int at;
    private int end;
    private SyslogMessage message;

    /** Reads the message between two places; line ends behind it are no part of it. */
    public void parse(byte[] in, int from, int to, SyslogMessage into) {
        bytes = in;
        at = from;
        end = to;
        while (end > from && bytes[end - 1] == '\n') {
            end--;
        }
        message = into;
        into.reset(in, from, end);
        if (!priority()) {
            return;
        }
        int start = at;
        into.textFrom = start;
        boolean structured = new5424();
        if (!structured) {
            at = start;
            into.forget();
        }
        if (structured || old3164()) {
            into.form = structured ? Form.RFC5424 : Form.RFC3164;
            into.textFrom = at;
        } else {
            into.forget();
        }
    }

    /** Takes all of it as text, whatever it looks like. */
    public static void plain(byte[] in, int from, int to, SyslogMessage into) {
        int last = to;
        while (last > from && in[last - 1] == '\n') {
            last--;
        }
        into.reset(in, from, last);
    }

    private boolean priority() {
        if (peek() != '<') {
            return false;
        }
        int number = 0;
        int digits = 0;
        for (at++; isDigit(peek()) && digits <= MOST_PRIORITY_DIGITS; at++, digits++) {
            number = number * 10 + peek() - '0';
        }
        if (digits > MOST_PRIORITY_DIGITS || peek() != '>') {
            return false;
        }
        at++;
        message.priority = number;
        return true;
    }

    private boolean new5424() {
        return take('1') && take(' ') && longTime() && field(Field.HOST) && field(Field.APP) && field(Field.PID)
                && field(Field.ID) && data();
    }

    private boolean longTime() {
        int start = at;
        if (take('-')) {
            return take(' ');
        }
        if (!shape(LONG_SHAPE)) {
            return false;
        }
        if (take('.')) {
            while (isDigit(peek())) {
                at++;
            }
        }
        boolean zoned = take('Z') || (take('+') || take('-')) && shape(ZONE_SHAPE);
        message.set(Field.TIME, start, at);
        return zoned && take(' ');
    }

    /** Anything up to a space, which must be there; a dash is nothing. */
    private boolean field(Field field) {
        int start = at;
        skipWord();
        if (at - start > 1 || at > start && bytes[start] != '-') {
            message.set(field, start, at);
        }
        return at > start && take(' ');
    }

    /** Elements in brackets without anything between them; a bracket that is escaped ends none. */
    private boolean data() {
        int start = at;
        if (take('-')) {
            return take(' ');
        }
        while (take('[')) {
            while (at < end && bytes[at] != ']') {
                at += bytes[at] == '\\' ? 2 : 1;
            }
            if (!take(']')) {
                return false;
            }
        }
        message.set(Field.DATA, start, at);
        return at > start && take(' ');
    }

    private boolean old3164() {
        int start = at;
        if (!shape(SHORT_SHAPE) || !isMonth(start)) {
            return false;
        }
        message.set(Field.TIME, start, at);
        if (!take(' ')) {
            return false;
        }
        int host = at;
        skipWord();
        message.set(Field.HOST, host, at);
        if (at == host || !take(' ')) {
            return false;
        }
        tag();
        return true;
    }

    /** A word like {@code name:} or {@code name[pid]:}; where there is none the text begins at once. */
    private void tag() {
        int start = at;
        skipWord();
        int last = at - 1;
        if (last <= start || bytes[last] != ':' || !take(' ')) {
            at = start;
            return;
        }
        int name = start;
        while (name < last && bytes[name] != '[') {
            name++;
        }
        if (name > start && name < last && bytes[last - 1] == ']') {
            message.set(Field.APP, start, name);
            message.set(Field.PID, name + 1, last - 1);
        } else {
            message.set(Field.APP, start, last);
        }
    }

    /** Steps over what looks like it: 0 a digit, d a digit or space, letters by case, all else itself. */
    private boolean shape(String shape) {
        if (end - at < shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            int c = bytes[at + i];
            boolean fits = switch (shape.charAt(i)) {
                case '0' -> isDigit(c);
                case 'd' -> isDigit(c) || c == ' ';
                case 'A' -> c >= 'A' && c <= 'Z';
                case 'a' -> c >= 'a' && c <= 'z';
                default -> c == shape.charAt(i);
            };
            if (!fits) {
                return false;
            }
        }
        at += shape.length();
        return true;
    }

    private boolean isMonth(int start) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (bytes[start] == MONTHS.charAt(i) && bytes[start + 1] == MONTHS.charAt(i + 1)
                    && bytes[start + 2] == MONTHS.charAt(i + 2)) {
                return true;
            }
        }
        return false;
    }

    private void skipWord() {
        while (at < end && bytes[at] != ' ') {
            at++;
        }
    }

    private boolean take(int wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /** The next byte, or -1. */
    private int peek() {
        return at < end ? bytes[at] & 0xff : -1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
