package dev.weir.flow.drive;

import dev.weir.net.mux.H1Setup;
import dev.weir.net.mux.IdlePool;

/** What the HTTP connections of one worker share. Worker-owned. */
public record HttpKit(H1Setup clients, H1Setup servers, IdlePool idle) {}
