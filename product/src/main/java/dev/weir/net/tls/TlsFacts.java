package dev.weir.net.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * What is known about TLS on one connection. What log lines need stays known when the connection has gone; what only the
 * library knows is gone with it. Worker-owned.
 */
public final class TlsFacts {

    private static final byte[] NOTHING = new byte[0];
    private static final int MOST_SECRETS = 16;
    private static final int RANDOM = 32;
    private static final int FINISHED = 64;
    private static final byte[][] VERSIONS = {text("SSLv3"), text("TLSv1"), text("TLSv1.1"), text("TLSv1.2"),
        text("TLSv1.3")};

    private long ssl;
    private TlsContext context;
    private Hello hello;
    private boolean captures;
    private String serverName;
    private int version;
    private long cipher;
    private byte[] alpn;
    private boolean resumed;
    private boolean early;
    private boolean dialled;
    private int verifyResult;
    private int authorityError;
    private int authorityDepth;
    private int certificateError;
    private int error;
    private TlsFault fault;
    private CertificateView peer;
    private boolean peerAsked;
    private byte[][] secrets;
    private int secretCount;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    void hello(Hello said, boolean capture) {
        hello = said;
        captures = capture;
        serverName = said.serverName();
    }

    void established(long connection, TlsContext by, boolean asClient) {
        ssl = connection;
        context = by;
        dialled = asClient;
        version = OpenSsl.number("SSL_version", ssl);
        cipher = OpenSsl.call("SSL_get_current_cipher", ssl);
        resumed = OpenSsl.number("SSL_session_reused", ssl) == 1;
        verifyResult = OpenSsl.number("SSL_get_verify_result", ssl);
        alpn = context.alpn().length == 0 ? null : selected();
        if (by.asksForCertificate() && !asClient) {
            peerCertificate();
        }
    }

    private byte[] selected() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            OpenSsl.call("SSL_get0_alpn_selected", ssl, out.address(), out.address() + 8);
            int length = out.get(java.lang.foreign.ValueLayout.JAVA_INT, 8);
            return length == 0 ? null : OpenSsl.bytes(out.get(java.lang.foreign.ValueLayout.JAVA_LONG, 0), length);
        }
    }

    void early(boolean is) {
        early = is;
    }

    /** Whether what is said now could be somebody's repetition: the handshake is not over. */
    public boolean isEarly() {
        return early;
    }

    void gone() {
        ssl = 0;
    }

    void error(int code) {
        error = code;
    }

    public void fault(TlsFault why) {
        fault = why;
    }

    void verifyError(int code, int depth) {
        if (depth > 0 && authorityError == 0) {
            authorityError = code;
            authorityDepth = depth;
        } else if (depth == 0 && certificateError == 0) {
            certificateError = code;
        }
    }

    void secret(byte[] line) {
        if (secrets == null) {
            secrets = new byte[MOST_SECRETS][];
        }
        if (secretCount < MOST_SECRETS) {
            secrets[secretCount++] = line;
        }
    }

    /** The last word of the key log line of that label, or null. */
    public byte[] secret(String label) {
        for (int i = 0; i < secretCount; i++) {
            String line = new String(secrets[i], StandardCharsets.US_ASCII);
            if (line.startsWith(label + " ")) {
                return text(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return null;
    }

    public boolean isResumed() {
        return resumed;
    }

    /** Why the handshake failed, or null. */
    public TlsFault fault() {
        return fault;
    }

    /** The last error of the library, 0 for none. */
    public int error() {
        return error;
    }

    /** That error in words, or null. */
    public byte[] errorText() {
        if (error == 0) {
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(256);
            OpenSsl.call("ERR_error_string_n", error & 0xffffffffL, out.address(), 256);
            return text(out.getString(0, StandardCharsets.ISO_8859_1));
        }
    }

    public int verifyResult() {
        return verifyResult;
    }

    public int authorityError() {
        return authorityError;
    }

    public int authorityDepth() {
        return authorityDepth;
    }

    public int certificateError() {
        return certificateError;
    }

    /** The name that was asked for, or null. */
    public byte[] serverName() {
        if (serverName == null && dialled && ssl != 0) {
            serverName = OpenSsl.text(OpenSsl.call("SSL_get_servername", ssl, 0));
        }
        return serverName == null ? null : text(serverName);
    }

    public byte[] version() {
        return version < 0x300 || version > 0x304 ? null : VERSIONS[version & 0xff];
    }

    public byte[] cipher() {
        return cipher == 0 ? null : text(OpenSsl.text(OpenSsl.call("SSL_CIPHER_get_name", cipher)));
    }

    /** Bits of the key in use, or of what the cipher could have. */
    public int keyBits(boolean ofAlgorithm) {
        if (cipher == 0) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(4, 4);
            int used = (int) OpenSsl.call("SSL_CIPHER_get_bits", cipher, all.address());
            return ofAlgorithm ? all.get(java.lang.foreign.ValueLayout.JAVA_INT, 0) : used;
        }
    }

    /** The protocol that was agreed on, or null. */
    public byte[] alpn() {
        return alpn;
    }

    public byte[] curve() {
        if (ssl == 0) {
            return null;
        }
        int group = (int) OpenSsl.call("SSL_ctrl", ssl, 134, 0, 0);
        String name = OpenSsl.text(OpenSsl.call("SSL_group_to_name", ssl, group));
        return name == null ? null : text(name);
    }

    public byte[] sessionId() {
        if (ssl == 0) {
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(4, 4);
            long session = OpenSsl.call("SSL_get_session", ssl);
            long at = session == 0 ? 0 : OpenSsl.call("SSL_SESSION_get_id", session, length.address());
            int count = at == 0 ? 0 : length.get(java.lang.foreign.ValueLayout.JAVA_INT, 0);
            return count == 0 ? null : OpenSsl.bytes(at, count);
        }
    }

    /** The names of ciphers, two bytes each, as the library knows them. */
    public byte[] cipherNames(byte[] list) {
        if (ssl == 0) {
            return null;
        }
        StringBuilder names = new StringBuilder();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(2);
            for (int i = 0; i + 1 < list.length; i += 2) {
                number.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 0, list[i]);
                number.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 1, list[i + 1]);
                long found = OpenSsl.call("SSL_CIPHER_find", ssl, number.address());
                names.append(i == 0 ? "" : ",").append(found != 0 ? OpenSsl.text(OpenSsl.call("SSL_CIPHER_get_name", found))
                        : "UNKNOWN(" + java.util.HexFormat.of().formatHex(list, i, i + 2) + ")");
            }
        }
        return text(names.toString());
    }

    public byte[] sessionKey() {
        long session = ssl == 0 ? 0 : OpenSsl.call("SSL_get_session", ssl);
        return session == 0 ? null : copied("SSL_SESSION_get_master_key", session, 256);
    }

    public byte[] clientRandom() {
        return ssl == 0 ? null : copied("SSL_get_client_random", ssl, RANDOM);
    }

    public byte[] serverRandom() {
        return ssl == 0 ? null : copied("SSL_get_server_random", ssl, RANDOM);
    }

    /** The first Finished message, which nobody in between can know (RFC 5929). */
    public byte[] uniqueId() {
        if (ssl == 0) {
            return null;
        }
        return copied(resumed == dialled ? "SSL_get_peer_finished" : "SSL_get_finished", ssl, FINISHED);
    }

    private static byte[] copied(String function, long from, int most) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(most);
            int length = (int) OpenSsl.call(function, from, out.address(), most);
            return OpenSsl.bytes(out.address(), Math.clamp(length, 0, most));
        }
    }

    /** What the peer has shown on this connection or when its session began, or null. */
    public CertificateView peerCertificate() {
        if (!peerAsked && ssl != 0) {
            peerAsked = true;
            long certificate = OpenSsl.call("SSL_get0_peer_certificate", ssl);
            peer = certificate == 0 ? null : CertificateView.of(certificate, OpenSsl.call("SSL_get_peer_cert_chain", ssl),
                    !dialled);
        }
        return peer;
    }

    /** Whether the peer has shown it on this very connection. */
    public boolean hasPeerCertificate() {
        return peerCertificate() != null && !resumed;
    }

    public boolean usesPeerCertificate() {
        return peerCertificate() != null;
    }

    /** Ours, or null. */
    public CertificateView ownCertificate() {
        return context == null ? null : context.certificate();
    }

    /** The kind and size of our key, as in {@code RSA2048}. */
    public String keyName() {
        return context.keyName();
    }

    /** The name of the file of ours, or null. */
    public byte[] certificateName() {
        return context == null || context.name() == null ? null : text(context.name());
    }

    /** The client's hello, where such things are to be kept, or null. */
    private Hello captured() {
        return captures ? hello : null;
    }

    public byte[] helloCiphers() {
        return captured() == null ? null : captured().ciphers();
    }

    public byte[] helloExtensions() {
        return captured() == null ? null : captured().extensionTypes();
    }

    public byte[] helloGroups() {
        return captured() == null ? null : or(captured().groups());
    }

    public byte[] helloFormats() {
        return captured() == null ? null : or(captured().formats());
    }

    public byte[] helloSignatures() {
        return captured() == null ? null : or(captured().signatureAlgorithms());
    }

    public byte[] helloVersions() {
        return captured() == null ? null : or(captured().supportedVersions());
    }

    public int helloVersion() {
        return captured() == null ? -1 : captured().version();
    }

    private static byte[] or(byte[] value) {
        return value == null ? NOTHING : value;
    }
}
