package dev.weir.config.rule;

import dev.weir.config.lang.Numbers;
import dev.weir.flow.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads a whole answer as a file holds it: a start line, headers, a blank line, a body; lines may end in LF alone. */
final class AnswerFile {

    private final byte[] bytes;
    private final List<Reply.Field> fields = new ArrayList<>();
    private int at;
    private int status;
    private int version;
    private String reason = "";
    private long announced = -1;

    AnswerFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What is wrong, or null. */
    String read() {
        String start = line();
        if (start == null || !start.startsWith("HTTP/") || !start(start)) {
            return "unable to parse headers (error offset: 0)";
        }
        int lineAt = at;
        for (String line = line(); line == null || !line.isEmpty(); line = line()) {
            int colon = line == null ? -1 : line.indexOf(':');
            if (colon <= 0) {
                return "unable to parse headers (error offset: " + lineAt + ")";
            }
            field(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            lineAt = at;
        }
        int body = bytes.length - at;
        if (announced >= 0 && announced != body) {
            return "payload size does not match the announced content-length (" + body + " != " + announced + ")";
        }
        return null;
    }

    private boolean start(String line) {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || words[1].length() != 3) {
            return false;
        }
        status = (int) Numbers.integer(words[1], 0);
        version = line.startsWith("HTTP/1.0") ? 10 : 11;
        reason = words.length > 2 ? words[2] : "";
        return status >= 100;
    }

    private void field(String name, String value) {
        if (name.equals("content-length")) {
            announced = Numbers.integer(value, -1);
        }
        if (name.equals("connection") || name.equals("transfer-encoding")) {
            // what becomes of the connection is the exchange's business
            return;
        }
        fields.add(new Reply.Field(ActionLine.bytes(name), ActionLine.bytes(value)));
    }

    /** The next line without its end, or null when there is none. */
    private String line() {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            return null;
        }
        int length = end - at - (end > at && bytes[end - 1] == '\r' ? 1 : 0);
        String line = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        at = end + 1;
        return line;
    }

    Reply reply() {
        byte[] body = Arrays.copyOfRange(bytes, at, bytes.length);
        return new Reply(status, ActionLine.bytes(reason), fields, new Reply.Whole(body)).of(version, announced >= 0);
    }
}
