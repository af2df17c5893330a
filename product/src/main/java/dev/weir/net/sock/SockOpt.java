package dev.weir.net.sock;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Socket options by their numbers on Linux, for those that the channels do not offer or offer under three names.
 * Setting one gives back what went wrong as words, or null. Immutable.
 */
public enum SockOpt {
    SO_REUSEADDR(1, 2), SO_SNDBUF(1, 7), SO_RCVBUF(1, 8), SO_KEEPALIVE(1, 9), SO_LINGER(1, 13), SO_REUSEPORT(1, 15),
    SO_BINDTODEVICE(1, 25), SO_ACCEPTCONN(1, 30), SO_MARK(1, 36), SO_TYPE(1, 3), SO_DOMAIN(1, 39),
    SO_ATTACH_REUSEPORT_CBPF(1, 51), SO_DETACH_REUSEPORT_BPF(1, 68),
    IP_FREEBIND(0, 15), IP_TRANSPARENT(0, 19), IP_BIND_ADDRESS_NO_PORT(0, 24), IP_TOS(0, 1), IP_TTL(0, 2),
    IPV6_V6ONLY(41, 26), IPV6_TRANSPARENT(41, 75), IPV6_TCLASS(41, 67),
    TCP_NODELAY(6, 1), TCP_MAXSEG(6, 2), TCP_KEEPIDLE(6, 4), TCP_KEEPINTVL(6, 5), TCP_KEEPCNT(6, 6),
    TCP_DEFER_ACCEPT(6, 9), TCP_INFO(6, 11), TCP_QUICKACK(6, 12), TCP_MD5SIG(6, 14), TCP_USER_TIMEOUT(6, 18), TCP_REPAIR(6, 19), TCP_FASTOPEN(6, 23),
    TCP_SAVE_SYN(6, 27), TCP_SAVED_SYN(6, 28), TCP_FASTOPEN_CONNECT(6, 30), TCP_MD5SIG_EXT(6, 32);

    private static final String FAILED = "() failed: ";

    private final int level;
    private final int number;

    SockOpt(int level, int number) {
        this.level = level;
        this.number = number;
    }

    public String set(Socket socket, int value) {
        try {
            socket.setIntOpt(level, number, value);
            return null;
        } catch (IOException | ChannelException e) {
            return words(e);
        }
    }

    public String set(Socket socket, byte[] value) {
        try {
            ByteBuffer bytes = ByteBuffer.allocateDirect(value.length);
            bytes.put(value).flip();
            socket.setRawOpt(level, number, bytes);
            return null;
        } catch (IOException | ChannelException e) {
            return words(e);
        }
    }

    public String set(Socket socket, String value) {
        return set(socket, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** The option's bytes, false when it cannot be read. */
    boolean get(Socket socket, ByteBuffer into) {
        try {
            socket.getRawOpt(level, number, into);
            return true;
        } catch (IOException | ChannelException e) {
            return false;
        }
    }

    /** The option's value, or -1 when it cannot be read. */
    public int get(Socket socket) {
        try {
            return socket.getIntOpt(level, number);
        } catch (IOException | ChannelException e) {
            return -1;
        }
    }

    /** Closes a socket that nobody has taken over; what goes wrong then does not matter. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    /** What the system says about an error, without the name of the call: {@code Address already in use}. */
    public static String words(Throwable error) {
        // Netty wraps what connecting threw in an exception of its own that adds the address
        Throwable original = error instanceof ConnectException && error.getCause() != null ? error.getCause() : error;
        String message = original.getMessage();
        if (message == null) {
            return original.getClass().getSimpleName();
        }
        int at = message.lastIndexOf("): ");
        int failed = message.indexOf(FAILED);
        return at >= 0 ? message.substring(at + 3) : failed >= 0 ? message.substring(failed + FAILED.length()) : message;
    }
}
