package dev.weir.net.mux;

/** What is counted of a connection of HTTP/2: frames that came, faults of the peer, and what we said to them. */
public enum H2Event {
    HEADERS_RECEIVED, DATA_RECEIVED, SETTINGS_RECEIVED, RESET_RECEIVED, GOAWAY_RECEIVED, CONNECTION_FAULT, STREAM_FAULT,
    RESET_SENT, GOAWAY_SENT
}
