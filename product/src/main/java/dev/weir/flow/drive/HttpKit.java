package dev.weir.flow.drive;

import dev.weir.net.mux.H1Setup;
import dev.weir.net.mux.IdlePool;

/**
 * What the HTTP connections of one worker share. Worker-owned.
 *
 * @param live all exchanges under way, those of TCP mode included
 */
public record HttpKit(H1Setup clients, H1Setup servers, IdlePool idle, LiveExchanges live) {}
