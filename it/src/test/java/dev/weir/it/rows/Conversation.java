package dev.weir.it.rows;

import dev.weir.it.rig.Client;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a client sees of a connection on which it has sent bytes: answers, and whether the connection is kept. */
final class Conversation {

    private static final int SILENCE_MS = 800;

    private final Client client;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private Conversation(Client client) {
        this.client = client;
    }

    /** Up to the end of one final answer; to the end of the connection where that ends the answer. */
    static String oneAnswer(Client client, String bytes, boolean isHead) throws IOException {
        Conversation talk = new Conversation(client);
        client.send(bytes);
        client.socket().setSoTimeout(SILENCE_MS);
        try {
            return talk.text(talk.answer(isHead));
        } catch (SocketTimeoutException e) {
            return talk.text("<silence>");
        } catch (SocketException e) {
            // a reset or an end is the kernel's choice: unread bytes make it a reset
            return talk.text("<closed>");
        }
    }

    /** Until nothing more comes for that long. */
    static String all(Client client, String bytes, int quietMs) throws IOException {
        Conversation talk = new Conversation(client);
        client.socket().setSoTimeout(quietMs);
        try {
            client.send(bytes);
            while (talk.read() >= 0) {
                // until the end
            }
            return talk.text("<closed>");
        } catch (SocketTimeoutException e) {
            return talk.text("<kept>");
        } catch (SocketException e) {
            // a reset or an end is the kernel's choice: unread bytes make it a reset
            return talk.text("<closed>");
        }
    }

    private int read() throws IOException {
        InputStream in = client.socket().getInputStream();
        int next = in.read();
        if (next >= 0) {
            seen.write(next);
        }
        return next;
    }

    private String text(String end) {
        return seen.toString(StandardCharsets.ISO_8859_1) + end;
    }

    private String answer(boolean isHead) throws IOException {
        String head = head();
        while (head.startsWith("HTTP/1.1 1") && !head.startsWith("HTTP/1.1 101")) {
            head = head();
        }
        if (head.isEmpty()) {
            return "<closed>";
        }
        String lower = head.toLowerCase(Locale.ROOT);
        int length = lower.indexOf("\r\ncontent-length: ");
        boolean isEmpty = isHead || head.matches("(?s)HTTP/1.1 (204|304) .*");
        if (lower.contains("\r\nconnection: close\r\n") || !isEmpty && length < 0 && !lower.contains("chunked")) {
            while (read() >= 0) {
                // until the end
            }
            return "<closed>";
        }
        if (!isEmpty && length >= 0) {
            int count = Integer.parseInt(lower.substring(length + 18, lower.indexOf('\r', length + 18)).trim());
            while (count > 0 && read() >= 0) {
                count--;
            }
        } else if (!isEmpty) {
            while (!text("").endsWith("\r\n0\r\n\r\n") && read() >= 0) {
                // until the last chunk
            }
        }
        return "";
    }

    private String head() throws IOException {
        int start = seen.size();
        while (read() >= 0) {
            String head = seen.toString(StandardCharsets.ISO_8859_1).substring(start);
            if (head.endsWith("\r\n\r\n")) {
                return head;
            }
        }
        return "";
    }
}
