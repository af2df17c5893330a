package dev.weir.net.tls;

/** Numbers of ssl.h that its macros hide. */
final class SslControl {

    static final int MODE = 33;
    static final int SESSION_HITS = 27;
    static final int SESSION_MISSES = 29;
    static final int SESSION_CACHE_SIZE = 42;
    static final int SESSION_CACHE_MODE = 44;
    static final int MAX_FRAGMENT = 52;
    static final int SERVER_NAME = 55;
    static final int STATUS_CALLBACK = 63;
    static final int SET_TICKET_KEYS = 59;
    static final int SET_STATUS_RESPONSE = 71;
    static final int ADD_CHAIN = 89;
    static final int GROUPS_LIST = 92;
    static final int SIGALGS_LIST = 98;
    static final int CLIENT_SIGALGS_LIST = 102;
    static final int VERIFY_STORE = 106;
    static final int MIN_VERSION = 123;
    static final int MAX_VERSION = 124;

    /** What the library calls all: work-arounds that harm nobody, among them padded hellos. */
    static final long OP_ALL = 1L << 4 | 1L << 6 | 1L << 11 | 1L << 31;
    static final long OP_NO_TICKET = 1L << 14;
    static final long OP_NO_COMPRESSION = 1L << 17;
    static final long OP_PRIORITIZE_CHACHA = 1L << 21;
    static final long OP_SERVER_PREFERENCE = 1L << 22;
    static final long OP_NO_ANTI_REPLAY = 1L << 24;
    static final long OP_NO_RENEGOTIATION = 1L << 30;
    /** Those of SSLv3 to TLSv1.3, in order. */
    static final long[] OP_NO_VERSION = {1L << 25, 1L << 26, 1L << 28, 1L << 27, 1L << 29};

    private SslControl() {}
}
