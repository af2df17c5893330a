package dev.weir.it.rows;

import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * An origin that answers with what it got, or with what the header {@code x-reply} says, in which {@code ~} is the end
 * of a line; {@code x-wait} milliseconds later, and its body {@code x-pause} milliseconds after its head.
 */
final class Mirror {

    private Mirror() {}

    static Origin open() throws IOException {
        return Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                String answer = answer(head, head + body(head, in));
                int bodyAt = answer.indexOf("\r\n\r\n") + 4;
                Thread.sleep(milliseconds(head, "\r\nx-wait: "));
                int first = milliseconds(head, "\r\nx-pause: ") > 0 ? bodyAt : answer.length();
                out.write(answer.substring(0, first).getBytes(StandardCharsets.ISO_8859_1));
                Thread.sleep(milliseconds(head, "\r\nx-pause: "));
                out.write(answer.substring(first).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        });
    }

    private static String body(String head, InputStream in) throws IOException {
        int length = head.indexOf("content-length: ");
        if (length >= 0) {
            int count = Integer.parseInt(head.substring(length + 16, head.indexOf('\r', length)));
            return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
        }
        return head.contains("transfer-encoding: chunked") ? pieces(in) : "";
    }

    /** What pieces carry, without their sizes, which each proxy cuts as it likes; then trailers and the empty line. */
    private static String pieces(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String size = line(in); !size.isEmpty(); size = line(in)) {
            int count = Integer.parseInt(size, 16);
            if (count == 0) {
                for (String trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
                    body.append('[').append(trailer).append(']');
                }
                return body.toString();
            }
            body.append(new String(in.readNBytes(count), StandardCharsets.ISO_8859_1));
            line(in);
        }
        return body.append("<cut>").toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static int milliseconds(String head, String header) {
        int at = head.indexOf(header);
        return at < 0 ? 0 : Integer.parseInt(head.substring(at + header.length(), head.indexOf('\r', at + 2)));
    }

    private static String answer(String head, String seen) {
        int reply = head.indexOf("\r\nx-reply: ");
        if (reply >= 0) {
            return head.substring(reply + 11, head.indexOf('\r', reply + 11)).replace("~", "\r\n");
        }
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + seen.length() + "\r\n\r\n";
        return head.startsWith("HEAD ") ? answer : answer + seen;
    }
}
