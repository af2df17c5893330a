package dev.weir.upkeep.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One alert on its way: what is said to a mail server, line after line. Immutable.
 *
 * @param host how we name ourselves
 * @param date when it was written, as the header wants it
 */
record Mail(String host, String from, String to, String date, String text) {

    /** What we say after each greeting or answer, and which code that is to begin with. */
    record Turn(String expected, String said) {}

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z '('zzz')'",
            Locale.ENGLISH);
    private static final int MOST = 900;

    /** @param text a sentence, whose final dot goes, as HAProxy has it */
    static Mail of(String host, String from, String to, long wallMicros, ZoneId zone, String text) {
        String line = clean(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
        String date = DATE.format(Instant.ofEpochSecond(wallMicros / 1_000_000).atZone(zone));
        return new Mail(clean(host), clean(from), clean(to), date, line);
    }

    /** What servers say of themselves stands in alerts: it can neither end a line nor make one too long. */
    private static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length() && i < MOST; i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || c == 0x7f ? ' ' : c);
        }
        return out.toString();
    }

    /** The conversation; null is said when the last answer has come. */
    Turn turn(int number) {
        return switch (number) {
            case 0 -> new Turn("220", "HELO " + host + "\r\n");
            case 1 -> new Turn("250", "MAIL FROM:<" + from + ">\r\n");
            case 2 -> new Turn("250", "RCPT TO:<" + to + ">\r\n");
            case 3 -> new Turn("250", "DATA\r\n");
            case 4 -> new Turn("354", message());
            case 5 -> new Turn("250", "QUIT\r\n");
            default -> new Turn("221", null);
        };
    }

    private String message() {
        // a line that begins with a dot gets another one (RFC 5321, 4.5.2)
        String body = text.startsWith(".") ? "." + text : text;
        return "From: " + from + "\r\nTo: " + to + "\r\nDate: " + date + "\r\nSubject: [HAProxy Alert] " + text
                + "\r\n\r\n" + body + "\r\n\r\n.\r\n";
    }

    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
