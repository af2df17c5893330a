package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.hash.Hash64;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cookie values of servers that have none of their own, made of their address and a secret key; a new address means a
 * new value. Shared: a map that is read mostly.
 */
public final class DynamicCookies {

    private record Made(Address address, String key, byte[] value) {}

    private final Backend backend;
    private final ConcurrentHashMap<Server, Made> values = new ConcurrentHashMap<>();

    /** @param backend says the key, and whether there are such values at all */
    public DynamicCookies(Backend backend) {
        this.backend = backend;
    }

    /** Null while the server has no IP address, or the backend makes none. */
    byte[] of(Server server) {
        Address address = server.address();
        String key = backend.cookieKey();
        if (!backend.makesCookies() || key == null || !address.family().isIp()) {
            return null;
        }
        Made known = values.get(server);
        if (known == null || !known.address.equals(address) || !known.key.equals(key)) {
            known = new Made(address, key, make(key.getBytes(StandardCharsets.ISO_8859_1), address));
            values.put(server, known);
        }
        return known.value;
    }

    private static byte[] make(byte[] key, Address address) {
        byte[] ip = address.ipBytes();
        byte[] text = java.util.Arrays.copyOf(key, key.length + ip.length + 4);
        System.arraycopy(ip, 0, text, key.length, ip.length);
        for (int i = 0; i < 4; i++) {
            text[text.length - 1 - i] = (byte) (address.port() >>> 8 * i);
        }
        String hex = Long.toHexString(Hash64.xxh64(text, 0, text.length, 0));
        return "0".repeat(16 - hex.length()).concat(hex).getBytes(StandardCharsets.US_ASCII);
    }
}
