package dev.weir.net.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;

/**
 * What the library asks us during a handshake. It asks on the thread that drives the handshake, so the link in question is
 * the thread's current one. Nothing may be thrown into the library: the process would die of it. Stateless.
 */
final class Upcalls {

    static final ThreadLocal<TlsLink> CURRENT = new ThreadLocal<>();

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    static final long ALPN = OpenSsl.callback(LOOKUP, "alpn");
    static final long VERIFY = OpenSsl.callback(LOOKUP, "verify");
    static final long TICKET = OpenSsl.callback(LOOKUP, "ticket");
    static final long STATUS = OpenSsl.callback(LOOKUP, "status");
    static final long KEYLOG = OpenSsl.callback(LOOKUP, "keylog");

    private static final int OK = 0;
    private static final int NO_ACK = 3;
    private static final int FATAL = 2;

    private Upcalls() {}

    /** The first of our protocols that the client offers too; none is no reason to refuse it. */
    static long alpn(long ssl, long out, long outLength, long offered, long offeredLength, long none) {
        try {
            byte[] ours = CURRENT.get().context().alpn();
            byte[] theirs = OpenSsl.bytes(offered, (int) offeredLength);
            for (int i = 0; i < ours.length; i += 1 + ours[i]) {
                for (int j = 0; j < theirs.length; j += 1 + (theirs[j] & 0xff)) {
                    if (Alpn.isSame(ours, i, theirs, j)) {
                        MemorySegment.ofAddress(out).reinterpret(8).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, offered + j + 1);
                        MemorySegment.ofAddress(outLength).reinterpret(1).set(ValueLayout.JAVA_BYTE, 0, theirs[j]);
                        return OK;
                    }
                }
            }
            return NO_ACK;
        } catch (Throwable t) {
            return FATAL;
        }
    }

    /** Judges one error in the peer's chain: 1 goes on. */
    static long verify(long good, long store, long c, long d, long e, long f) {
        try {
            if ((int) good != 0) {
                return 1;
            }
            int error = OpenSsl.number("X509_STORE_CTX_get_error", store);
            int depth = OpenSsl.number("X509_STORE_CTX_get_error_depth", store);
            boolean ignored = CURRENT.get().judge(error, depth);
            if (ignored) {
                OpenSsl.clearErrors();
            }
            return ignored ? 1 : 0;
        } catch (Throwable t) {
            return 0;
        }
    }

    static long ticket(long ssl, long name, long iv, long cipher, long mac, long sealing) {
        try {
            return CURRENT.get().context().ticketKeys().use(name, iv, cipher, mac, (int) sealing != 0);
        } catch (Throwable t) {
            return -1;
        }
    }

    /** Staples the answer of the certificate's authority. */
    static long status(long ssl, long none, long c, long d, long e, long f) {
        try {
            byte[] answer = CURRENT.get().context().stapled();
            if (answer == null) {
                return NO_ACK;
            }
            long copy = OpenSsl.call("CRYPTO_malloc", answer.length, 0, 0);
            MemorySegment.copy(answer, 0, MemorySegment.ofAddress(copy).reinterpret(answer.length), ValueLayout.JAVA_BYTE, 0,
                    answer.length);
            OpenSsl.call("SSL_ctrl", ssl, SslControl.SET_STATUS_RESPONSE, answer.length, copy);
            return OK;
        } catch (Throwable t) {
            return NO_ACK;
        }
    }

    static long keylog(long ssl, long line, long c, long d, long e, long f) {
        try {
            CURRENT.get().secret(OpenSsl.text(line).getBytes(StandardCharsets.US_ASCII));
        } catch (Throwable t) {
            // a secret that is not remembered is not worth a connection
        }
        return 0;
    }
}
