package dev.weir.wire.proxyv;

/** The TLV types of proxy-protocol.txt section 2.2, and the bits of the SSL one. */
public final class Tlv {

    public static final int ALPN = 0x01;
    public static final int AUTHORITY = 0x02;
    public static final int CRC32C = 0x03;
    public static final int NOOP = 0x04;
    public static final int UNIQUE_ID = 0x05;
    public static final int SSL = 0x20;
    public static final int SSL_VERSION = 0x21;
    public static final int SSL_CN = 0x22;
    public static final int SSL_CIPHER = 0x23;
    public static final int SSL_SIG_ALG = 0x24;
    public static final int SSL_KEY_ALG = 0x25;
    public static final int SSL_GROUP = 0x26;
    public static final int SSL_SIG_SCHEME = 0x27;
    public static final int SSL_CLIENT_CERT = 0x28;
    public static final int NETNS = 0x30;

    public static final int CLIENT_SSL = 0x01;
    public static final int CLIENT_CERT_CONN = 0x02;
    public static final int CLIENT_CERT_SESS = 0x04;

    /** Type byte and two length bytes. */
    static final int HEAD = 3;
    /** The client bits and the verify word before the sub TLVs of {@link #SSL}. */
    static final int SSL_FIXED = 5;
    static final int MAX_AUTHORITY = 255;
    static final int MAX_UNIQUE_ID = 128;

    private Tlv() {}
}
