package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.wire.http.HeaderName;

/**
 * How a proxy, on either side, wants HTTP done. Immutable.
 *
 * @param buffersRequest {@code option http-buffer-request}
 * @param client how the client's engine is to be, of a frontend; {@code server} likewise of a backend
 * @param idlesAtStop whether clients between two requests are kept when the process stops
 * @param restriction what becomes of headers with unusual names
 * @param usesProxyHeader whether credentials of requests to a proxy stand in {@code Proxy-Authorization}
 * @param takesHttp2 whether a client may begin with the preface of HTTP/2 where HTTP/1 is expected
 */
public record HttpTerms(Keep keep, boolean buffersRequest, Restriction restriction, AddressHeader forwardedFor,
        AddressHeader originalTo, Peer client, Peer server, boolean ignoresProbes, boolean takesHttp2,
        boolean idlesAtStop, boolean usesProxyHeader) {

    public static final HttpTerms PLAIN = new HttpTerms(Keep.ALIVE, false, Restriction.PRESERVE, null, null,
            Peer.PLAIN, Peer.PLAIN, false, true, false, false);

    /**
     * How to deal with peers of one side.
     *
     * @param lenient whether violations are borne with
     * @param minds whether it minds the case of header names
     * @param dropsTrailers whether what stands behind a body that comes from the other side is left out
     */
    public record Peer(boolean lenient, boolean minds, boolean dropsTrailers) {

        static final Peer PLAIN = new Peer(false, false, false);
    }

    /** Which connections outlive an exchange; of two proxies the stricter one decides. */
    public enum Keep {
        ALIVE, SERVER_CLOSE, CLOSE;

        Keep and(Keep other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** {@code option http-restrict-req-hdr-names}. */
    public enum Restriction { PRESERVE, DELETE, REJECT }

    /**
     * A header that tells one of the client's addresses.
     *
     * @param onlyIfNone whether one that is there already is enough
     * @param except what address is not told, or null; with its mask
     */
    public record AddressHeader(HeaderName name, boolean onlyIfNone, Address except, int bits) {

        boolean excepts(Address address) {
            if (except == null || address.family() != except.family()) {
                return false;
            }
            if (except.family() == Family.IPV4) {
                return same(address.low() << 32, except.low() << 32, bits);
            }
            return same(address.high(), except.high(), Math.min(64, bits))
                    && same(address.low(), except.low(), Math.max(0, bits - 64));
        }

        private static boolean same(long one, long other, int bits) {
            return bits == 0 || one >>> 64 - bits == other >>> 64 - bits;
        }
    }
}
