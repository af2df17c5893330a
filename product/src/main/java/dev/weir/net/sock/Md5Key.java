package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import io.netty.channel.unix.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The key of {@code tcp-md5sig} (RFC 2385) as the kernel takes it: {@code struct tcp_md5sig}, a peer's address of 128
 * bytes, flags, prefix length, key length, interface and 80 bytes of key. Stateless.
 */
final class Md5Key {

    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int SIZE = 216;
    private static final int FLAGS = 128;
    private static final int WITH_PREFIX = 1;
    private static final int LENGTH = 130;
    private static final int KEY = 136;
    private static final int MOST = 80;
    private static final int ADDRESS = 4;
    private static final int ADDRESS_6 = 8;

    private Md5Key() {}

    /** Lets a listener take signed connections of everybody; what went wrong, or null. */
    static String acceptAll(Socket listener, boolean ipv6, String password) {
        ByteBuffer option = option(ipv6, password);
        option.put(FLAGS, (byte) WITH_PREFIX);
        return SockOpt.TCP_MD5SIG_EXT.set(listener, bytes(option));
    }

    /** Signs what goes to that peer; what went wrong, or null. */
    static String sign(Socket socket, Address peer, String password) {
        boolean ipv6 = SockOpt.SO_DOMAIN.get(socket) == INET6;
        ByteBuffer option = option(ipv6, password);
        if (ipv6 && peer.family() == Family.IPV4) {
            // the channels' sockets are of both kinds, with IPv4 addresses mapped
            option.putShort(ADDRESS_6 + 10, (short) -1).put(ADDRESS_6 + 12, peer.ipBytes());
        } else {
            option.put(ipv6 ? ADDRESS_6 : ADDRESS, peer.ipBytes());
        }
        return SockOpt.TCP_MD5SIG.set(socket, bytes(option));
    }

    private static ByteBuffer option(boolean ipv6, String password) {
        byte[] key = password.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(MOST, key.length);
        ByteBuffer option = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
        option.putShort(0, (short) (ipv6 ? INET6 : INET));
        option.putShort(LENGTH, (short) length);
        option.put(KEY, key, 0, length);
        return option;
    }

    private static byte[] bytes(ByteBuffer option) {
        return option.array();
    }
}
