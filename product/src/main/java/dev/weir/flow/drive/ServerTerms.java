package dev.weir.flow.drive;

import dev.weir.model.server.Server;
import dev.weir.wire.http.HeaderName;

/**
 * How a backend deals with its servers over HTTP. Immutable.
 *
 * @param sendName the header that tells a server its name, or null
 * @param pretendsKeepAlive whether a server is not told that its connection will be closed
 * @param prefersLast whether a client stays with the server that answered it last
 * @param mostQueued as long as no more wait there, -1 for any number
 * @param abortsOnClose whether a client that closes its direction has given up
 * @param sharedCookies hears of cookies in answers that caches may keep, which are blocked; null where they may pass
 */
public record ServerTerms(Reuse reuse, RetryOn retryOn, HeaderName sendName, boolean pretendsKeepAlive,
        boolean prefersLast, int mostQueued, boolean abortsOnClose, Alarm sharedCookies) {

    public static final ServerTerms PLAIN = new ServerTerms(Reuse.SAFE, RetryOn.CONNECTION, null, false, false, -1, true, null);

    /** Hears that an answer of a server was blocked. */
    public interface Alarm {
        void blocked(Server server);
    }

    /** {@code http-reuse}. */
    public enum Reuse { NEVER, SAFE, AGGRESSIVE, ALWAYS }
}
