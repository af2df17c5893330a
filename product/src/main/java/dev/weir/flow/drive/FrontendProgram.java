package dev.weir.flow.drive;

import dev.weir.model.proxy.Frontend;
import dev.weir.net.sock.Dialer;

/**
 * What one generation wants done in a frontend: compiled rules, log lines and settled numbers beside the living
 * Frontend. Immutable.
 *
 * @param defaultBackend where traffic goes that no rule sends elsewhere, or null
 * @param window how many bytes a connection may have on their way before it is read no further
 */
public record FrontendProgram(Frontend frontend, BackendProgram defaultBackend, int clientTimeoutMs,
        int clientFinTimeoutMs, boolean nolinger, Dialer.KeepAlive keepAlive, int window, ExchangeLog log) {}
