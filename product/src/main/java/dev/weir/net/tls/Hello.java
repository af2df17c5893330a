package dev.weir.net.tls;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What a client says first, read before the library sees it: by its names the certificate is chosen. A hello may be
 * spread over records; what is no hello of a known form is left to the library to refuse. Worker-owned.
 */
public final class Hello {

    /** Whether it can be read yet. */
    public enum State { INCOMPLETE, COMPLETE, UNKNOWN }

    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEADER = 5;
    private static final int MAX_RECORD = 16384 + 256;
    private static final int MAX_HELLO = 64 * 1024;
    /** Clients that cut their hello into crumbs only want to make it dear. */
    private static final int MOST_RECORDS = 16;
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int EC_FORMATS = 11;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int SUPPORTED_VERSIONS = 43;

    private State state;
    private byte[] body = new byte[0];
    private int version;
    private int ciphersAt;
    private int ciphersLength;
    private int extensionsAt;
    private int extensionsEnd;

    /** Reads from the records that have come; the buffer stays as it is. */
    public static Hello of(ByteBuf records) {
        Hello hello = new Hello();
        hello.state = hello.collect(records);
        if (hello.state == State.COMPLETE && !hello.parse()) {
            hello.state = State.UNKNOWN;
            hello.ciphersLength = 0;
            hello.extensionsAt = 0;
            hello.extensionsEnd = 0;
        }
        return hello;
    }

    private State collect(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        int wanted = -1;
        int records = 0;
        byte[] message = new byte[0];
        while (wanted < 0 || message.length < wanted) {
            if (end > at && in.getUnsignedByte(at) != HANDSHAKE_RECORD) {
                return State.UNKNOWN;
            } else if (end - at < RECORD_HEADER) {
                return State.INCOMPLETE;
            }
            int length = in.getUnsignedShort(at + 3);
            if (length == 0 || length > MAX_RECORD || ++records > MOST_RECORDS) {
                return State.UNKNOWN;
            } else if (end - at - RECORD_HEADER < length) {
                return State.INCOMPLETE;
            }
            byte[] longer = java.util.Arrays.copyOf(message, message.length + length);
            in.getBytes(at + RECORD_HEADER, longer, message.length, length);
            message = longer;
            at += RECORD_HEADER + length;
            if (wanted < 0 && message.length >= 4) {
                wanted = 4 + ((message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | message[3] & 0xff);
                if (message[0] != CLIENT_HELLO || wanted > MAX_HELLO) {
                    return State.UNKNOWN;
                }
            }
        }
        body = message;
        extensionsEnd = wanted;
        return State.COMPLETE;
    }

    private boolean parse() {
        int end = extensionsEnd;
        int at = 4 + 2 + 32;
        if (at + 1 > end) {
            return false;
        }
        version = u16(4);
        at += 1 + (body[at] & 0xff);
        if (at + 2 > end || at + 2 + u16(at) + 1 > end) {
            return false;
        }
        ciphersAt = at + 2;
        ciphersLength = u16(at);
        at = ciphersAt + ciphersLength;
        at += 1 + (body[at] & 0xff);
        extensionsAt = Math.min(at + 2, end);
        return at == end || at + 2 <= end && at + 2 + u16(at) == end;
    }

    private int u16(int at) {
        return (body[at] & 0xff) << 8 | body[at + 1] & 0xff;
    }

    public State state() {
        return state;
    }

    /** The version in the hello itself, not the one of the extension. */
    public int version() {
        return version;
    }

    /** Where the extension's value begins, or -1; its length stands before it. */
    private int extension(int type) {
        for (int at = extensionsAt; at + 4 <= extensionsEnd; at += 4 + u16(at + 2)) {
            if (u16(at) == type && at + 4 + u16(at + 2) <= extensionsEnd) {
                return at + 4;
            }
        }
        return -1;
    }

    /** The host name that is asked for, or null. */
    public String serverName() {
        int at = extension(SERVER_NAME);
        if (at < 0 || u16(at - 2) < 5) {
            return null;
        }
        int length = u16(at + 3);
        if (body[at + 2] != 0 || length > u16(at - 2) - 5 || length == 0) {
            return null;
        }
        return new String(body, at + 5, length, StandardCharsets.ISO_8859_1);
    }

    /** Whether it can check a signature by a key of that kind: as its algorithms and ciphers say. */
    public boolean canCheck(KeyKind kind) {
        int at = extension(SIGNATURE_ALGORITHMS);
        if (at < 0 || u16(at - 2) < 2) {
            return kind == KeyKind.RSA || hasEllipticCipher() && kind == KeyKind.ECDSA;
        }
        int end = at + 2 + Math.min(u16(at), u16(at - 2) - 2);
        boolean signs = false;
        for (int i = at + 2; i + 2 <= end; i += 2) {
            signs |= kind.isSignedBy(u16(i));
        }
        return signs && (kind != KeyKind.ECDSA || hasEllipticCipher());
    }

    /** A suite of TLS 1.3, or one whose server signs with ECDSA. */
    private boolean hasEllipticCipher() {
        for (int i = ciphersAt; i + 2 <= ciphersAt + ciphersLength; i += 2) {
            int suite = u16(i);
            if (suite >> 8 == 0x13 || KeyKind.isEllipticSuite(suite)) {
                return true;
            }
        }
        return false;
    }

    byte[] ciphers() {
        return java.util.Arrays.copyOfRange(body, ciphersAt, ciphersAt + ciphersLength);
    }

    byte[] extensionTypes() {
        byte[] types = new byte[extensionsEnd - extensionsAt];
        int count = 0;
        for (int at = extensionsAt; at + 4 <= extensionsEnd; at += 4 + u16(at + 2)) {
            types[count++] = body[at];
            types[count++] = body[at + 1];
        }
        return java.util.Arrays.copyOf(types, count);
    }

    byte[] groups() {
        return list(SUPPORTED_GROUPS, 2);
    }

    byte[] formats() {
        return list(EC_FORMATS, 1);
    }

    byte[] signatureAlgorithms() {
        return list(SIGNATURE_ALGORITHMS, 2);
    }

    byte[] supportedVersions() {
        return list(SUPPORTED_VERSIONS, 1);
    }

    private byte[] list(int type, int prefix) {
        int at = extension(type);
        if (at < 0 || u16(at - 2) < prefix) {
            return null;
        }
        int length = prefix == 2 ? u16(at) : body[at] & 0xff;
        return length > u16(at - 2) - prefix ? null : java.util.Arrays.copyOfRange(body, at + prefix, at + prefix + length);
    }
}
