package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.model.proxy.Frontend;
import dev.weir.net.sock.Dialer;

/**
 * What one generation wants done in a frontend: compiled rules, log lines and settled numbers beside the living
 * Frontend. Immutable.
 *
 * @param defaultBackend where traffic goes that no rule sends elsewhere, or null
 * @param window how many bytes a connection may have on their way before it is read no further
 * @param log writes the log line of an exchange; a no-op when nothing is to be logged
 */
public record FrontendProgram(Frontend frontend, BackendProgram defaultBackend, int clientTimeoutMs,
        int clientFinTimeoutMs, boolean nolinger, boolean logAtConnect, boolean logNull, Dialer.KeepAlive keepAlive,
        int window, ExchangeLog log) {

    /** Writes one line for an exchange to wherever its frontend logs. */
    public interface ExchangeLog {
        void write(Exchange exchange);
    }
}
