package dev.weir.model.balance;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.hash.Hash32;
import java.nio.charset.StandardCharsets;

/** Where a server's points on the ring start, by {@code hash-key}, and the hash of a client's address. */
public final class ServerKeys {

    private ServerKeys() {}

    public static int id(int serverId) {
        return serverId * 4096;
    }

    public static int id32(int serverId) {
        return Hash32.avalanche(Integer.reverseBytes(serverId));
    }

    /** Falls back to the id while there is no IP address. */
    public static int address(Address address, int serverId) {
        return address(address, 0, serverId);
    }

    public static int addressAndPort(Address address, int serverId) {
        return address(address, Hash32.avalanche(address.port()), serverId);
    }

    private static int address(Address address, int seed, int serverId) {
        if (address.family() == Family.IPV4) {
            return Hash32.avalanche(seed + Integer.reverseBytes((int) address.low()));
        }
        return address.family() == Family.IPV6 ? Hash32.xxh32(address.ipBytes(), 0, 16, seed) : id(serverId);
    }

    public static int guid(String guid, int serverId) {
        byte[] bytes = guid == null ? new byte[0] : guid.getBytes(StandardCharsets.UTF_8);
        return bytes.length == 0 ? id(serverId) : Hash32.xxh32(bytes, 0, bytes.length, 0);
    }

    /** {@code balance source}: the words of the address together; the avalanche is the caller's, where it applies. */
    public static int source(Address client) {
        long both = client.high() ^ client.low();
        return (int) (both >>> 32) ^ (int) both;
    }
}
