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
}
