package dev.weir.flow.expr;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A record whose values are given by name, with those of an ordinary session for the rest. */
record FakeRecord(Map<String, Object> set) implements LogRecord {

    private Object get(String name, Object otherwise) {
        Object value = set.getOrDefault(name, otherwise);
        return "null".equals(value) ? null : value;
    }

    private long number(String name, long otherwise) {
        return Long.parseLong(get(name, otherwise).toString());
    }

    private byte[] text(String name, String otherwise) {
        Object value = get(name, otherwise);
        return value == null ? null : value.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private Address address(String name, String otherwise) {
        Object value = get(name, otherwise);
        if (value == null) {
            return Address.NONE;
        }
        String[] part = value.toString().split(" ");
        return part[0].startsWith("/") ? Address.unix(part[0])
                : IpText.parse(part[0]).withPort(Integer.parseInt(part[1]));
    }

    @Override public long acceptMicros() { return number("micros", 1_795_252_177_219_041L); }
    @Override public Address source() { return address("src", "127.0.0.1 37724"); }
    @Override public Address destination() { return address("dst", "127.0.0.1 7311"); }
    @Override public Address serverSource() { return address("ssrc", "127.0.0.1 50090"); }
    @Override public Address serverDestination() { return address("sdst", "127.0.0.1 7201"); }
    @Override public int listenerId() { return (int) number("lid", 1); }
    @Override public byte[] listenerName() { return text("lname", "1"); }
    @Override public byte[] frontend() { return text("fe", "g1"); }
    @Override public boolean isTls() { return number("tls", 0) == 1; }
    @Override public byte[] backend() { return text("be", "g1"); }
    @Override public byte[] server() { return text("srv", "a"); }
    @Override public long handshakeMs() { return number("Th", 0); }
    @Override public long queueMs() { return number("Tw", 1); }
    @Override public long connectMs() { return number("Tc", 0); }
    @Override public long dataMs() { return number("Td", 0); }
    @Override public long totalMs() { return number("Tt", 0); }
    @Override public long userMs() { return number("Tu", 0); }
    @Override public boolean isPartial() { return number("partial", 0) == 1; }
    @Override public long bytesToClient() { return number("B", 0); }
    @Override public long bytesToServer() { return number("U", 3); }
    @Override public int termination() {
        byte[] letters = text("ts", "--");
        return letters[0] << 8 | letters[1];
    }
    @Override public long processConnections() { return number("ac", 1); }
    @Override public long frontendConnections() { return number("fc", 1); }
    @Override public long backendConnections() { return number("bc", 0); }
    @Override public long serverConnections() { return number("sc", 0); }
    @Override public int retries() { return (int) number("rc", 0); }
    @Override public boolean isRedispatched() { return number("redis", 0) == 1; }
    @Override public long serverQueue() { return number("sq", 0); }
    @Override public long backendQueue() { return number("bq", 0); }
    @Override public long requestNumber() { return number("rt", 9); }
    @Override public long frontendLogNumber() { return number("lc", 0); }
    @Override public int status() { return (int) number("st", 0); }
    @Override public byte[] uniqueId() { return text("id", "null"); }
    @Override public byte[] tlsVersion() { return text("sslv", "null"); }
    @Override public byte[] tlsCipher() { return text("sslc", "null"); }
    @Override public byte[] origin() { return text("og", "txn_close"); }
    @Override public byte[] errorText() { return text("err", "null"); }
    @Override public ExpressionContext expressions() { return null; }
    @Override public long requestMicros() { return number("reqmicros", 1_795_252_178_319_041L); }
    @Override public long idleMs() { return number("Ti", 2); }
    @Override public long headMs() { return number("TR", 3); }
    @Override public long requestMs() { return number("Tq", 5); }
    @Override public long responseMs() { return number("Tr", 7); }
    @Override public long activeMs() { return number("Ta", 11); }
    @Override public byte[] requestLine() { return text("line", "GET /a/b?c=d HTTP/1.1"); }
    @Override public long requestPart(RequestPart part) {
        String line = new String(requestLine(), StandardCharsets.ISO_8859_1);
        int target = line.indexOf(' ') + 1;
        int end = line.lastIndexOf(' ');
        int query = line.indexOf('?') < 0 ? end : line.indexOf('?');
        int scheme = line.indexOf("//");
        int path = scheme < 0 ? target : line.indexOf('/', scheme + 2);
        return switch (part) {
            case LINE -> line.length();
            case METHOD -> target - 1;
            case TARGET -> (long) target << 32 | end - target;
            case TARGET_WITHOUT_QUERY -> (long) target << 32 | query - target;
            case PATH -> (long) path << 32 | query - path;
            case QUERY -> (long) query << 32 | end - query;
            case VERSION -> (long) end + 1 << 32 | line.length() - end - 1;
        };
    }
    @Override public byte[] requestCookie() { return text("CC", "null"); }
    @Override public byte[] responseCookie() { return text("CS", "null"); }
    @Override public int cookieLetters() {
        byte[] letters = text("cookie", "--");
        return letters[0] << 8 | letters[1];
    }
    @Override public byte[][] requestCaptures() { return captures("hr"); }
    @Override public byte[][] responseCaptures() { return captures("hs"); }

    /** Captures with a comma between them; a dash is one that was not there. */
    private byte[][] captures(String name) {
        if (!set.containsKey(name)) {
            return new byte[0][];
        }
        String[] part = set.get(name).toString().split(",");
        byte[][] captures = new byte[part.length][];
        for (int i = 0; i < part.length; i++) {
            captures[i] = part[i].equals("-") ? null : part[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        return captures;
    }
}
