package dev.weir.it.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Requests made from a seed: right ones, ones broken in one place, and ones cut at any byte. */
final class GeneratedMessages {

    /** What each third of the messages is. */
    enum Kind { VALID, BROKEN, CUT }

    record Generated(int number, Kind kind, String text) {

        @Override
        public String toString() {
            return number + " " + kind + " " + Asked.shown(text);
        }
    }

    private static final List<String> METHODS = List.of("GET", "GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO", "HEAD");
    private static final List<String> TARGETS = List.of("/", "/a", "/a/b?c=d", "/?", "/%41", "http://h/x", "http://h", "/a#b",
            "/" + "x".repeat(200), "/;p=1", "//a");
    private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0");
    private static final List<String> HEADERS = List.of("X-A: b", "x-empty:", "X-Pad:   v  ", "Accept: */*", "Cookie: a=1; b=2",
            "Connection: close", "Connection: keep-alive", "Connection: x-a, close", "X-Long: " + "y".repeat(300), "X-A: c",
            "Expect: 100-continue", "TE: trailers", "Upgrade: websocket", "X-Utf: \u00c3\u00a9", "X-Tab:\tv", "Host: h",
            "User-Agent: \"q\\\"u\"", "Via: 1.0 x");
    private static final String BAD = "\0\u0001\r\n\t :;,\u007f\u0080\u00ff\"(){}%\\G1-";

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_121L);

    static List<Generated> all(int count) {
        GeneratedMessages source = new GeneratedMessages();
        List<Generated> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Kind kind = Kind.values()[i % 3];
            String text = source.valid();
            messages.add(new Generated(i, kind, switch (kind) {
                case VALID -> text;
                case BROKEN -> source.broken(text);
                case CUT -> text.substring(0, 1 + source.random.nextInt(text.length()));
            }));
        }
        return messages;
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String valid() {
        String method = any(METHODS);
        boolean star = method.equals("OPTIONS") && random.nextInt(3) == 0;
        StringBuilder text = new StringBuilder(method).append(' ').append(star ? "*" : any(TARGETS)).append(' ')
                .append(any(VERSIONS)).append("\r\n");
        if (random.nextInt(8) > 0) {
            text.append("Host: h\r\n");
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(any(HEADERS)).append("\r\n");
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                String body = "b".repeat(random.nextInt(40));
                text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
            }
            case 1 -> {
                text.append("Transfer-Encoding: chunked\r\n\r\n");
                for (int i = random.nextInt(3); i > 0; i--) {
                    int length = 1 + random.nextInt(30);
                    text.append(Integer.toHexString(length)).append(random.nextInt(5) == 0 ? ";e=1" : "").append("\r\n")
                            .append("c".repeat(length)).append("\r\n");
                }
                text.append(random.nextInt(4) == 0 ? "0\r\nX-Trailer: t\r\n\r\n" : "0\r\n\r\n");
            }
            default -> text.append("\r\n");
        }
        return text.toString();
    }

    /** A byte more, less or another one, or a line twice. */
    private String broken(String text) {
        StringBuilder out = new StringBuilder(text);
        int at = random.nextInt(text.length());
        char bad = BAD.charAt(random.nextInt(BAD.length()));
        switch (random.nextInt(4)) {
            case 0 -> out.insert(at, bad);
            case 1 -> out.deleteCharAt(at);
            case 2 -> out.setCharAt(at, bad);
            default -> {
                int start = text.lastIndexOf("\r\n", at) + 2;
                int end = text.indexOf("\r\n", Math.max(at, start - 2));
                out.insert(Math.max(start - 2, 0), end > start && start >= 2 ? "\r\n" + text.substring(start, end) : "\n");
            }
        }
        return out.toString();
    }
}
