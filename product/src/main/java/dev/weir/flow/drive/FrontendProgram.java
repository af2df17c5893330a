package dev.weir.flow.drive;

import dev.weir.flow.reply.Responder;
import dev.weir.model.proxy.Frontend;
import dev.weir.net.sock.Dialer;
import java.util.List;

/**
 * What one generation wants done in a frontend: compiled rules, log lines and settled numbers beside the living
 * Frontend. Immutable.
 *
 * @param defaultBackend where traffic goes that no rule sends elsewhere, or null
 * @param responders what answers requests of an HTTP frontend, in turn; null in TCP mode
 * @param kits what the HTTP connections of each worker share, by its index; null in TCP mode
 * @param independentStreams whether what is written to the client says nothing about its being alive
 * @param window how many bytes a connection may have on their way before it is read no further
 */
public record FrontendProgram(Frontend frontend, BackendProgram defaultBackend, int clientTimeoutMs,
        int clientFinTimeoutMs, boolean nolinger, Dialer.KeepAlive keepAlive, int window, ExchangeLog log,
        List<Responder> responders, HttpKit[] kits, int requestTimeoutMs, int keepAliveTimeoutMs,
        FirstHeader firstHeader, boolean independentStreams) {

    /** How long the head of a request may take, from the connection or its first byte on. */
    int waitForRequestMs() {
        return requestTimeoutMs > 0 ? requestTimeoutMs : clientTimeoutMs;
    }

    /** How long a connection may wait for its next request. */
    int waitForNextMs() {
        return keepAliveTimeoutMs > 0 ? keepAliveTimeoutMs : waitForRequestMs();
    }

    /** Whether requests are answered here; without responders bytes are relayed. */
    boolean speaksHttp() {
        return responders != null;
    }
}
