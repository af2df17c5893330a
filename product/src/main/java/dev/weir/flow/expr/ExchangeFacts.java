package dev.weir.flow.expr;

import dev.weir.model.value.Sample;

/** What expressions can ask about a session and the exchange that is going on in it. */
public interface ExchangeFacts {

    /** For numbers that do not exist yet. */
    long NONE = Long.MIN_VALUE;

    /** The numbers; times are in milliseconds unless they say otherwise. */
    enum Number {
        ACCEPT_MICROS, REQUEST_MICROS, ID32, LISTENER_ID, LISTENER_CONNECTIONS, PRIORITY_CLASS, PRIORITY_OFFSET,
        LAST_RULE_LINE, BACKEND_QUEUE, SERVER_QUEUE, RETRIES, REDISPATCHED, IS_FIRST_REQUEST, STATUS, SERVER_STATUS,
        COMPRESSED, CACHE_HIT, CLIENT_BYTES_IN, CLIENT_BYTES_OUT, SERVER_BYTES_IN, SERVER_BYTES_OUT,
        HANDSHAKE, TOTAL, CONNECT, DATA, IDLE, REQUEST_HEAD, REQUEST_TOTAL, QUEUE, RESPONSE_HEAD, ACTIVE, USER,
        CLIENT_TIMEOUT, CONNECT_TIMEOUT, QUEUE_TIMEOUT, SERVER_TIMEOUT, TARPIT_TIMEOUT, TUNNEL_TIMEOUT, MAX_RETRIES,
        CALLS, CPU_NANOS, LATENCY_NANOS
    }

    /** The texts. */
    enum Text {
        LISTENER_NAME, LAST_RULE_FILE, LAST_ENTITY, WAITING_ENTITY, TERMINATION, UNIQUE_ID, COMPRESSION, CACHE_NAME,
        CAPTURED_METHOD, CAPTURED_TARGET, CAPTURED_VERSION, CAPTURED_RESPONSE_VERSION
    }

    /** The conditions of the converter {@code when}. */
    enum State {
        ERROR, FORWARDED, PROCESSED, TO_APPLET
    }

    long number(Number which);

    /** False when there is none. */
    boolean text(Text which, Sample out);

    boolean is(State state);

    /** What a capture slot of the request or the response holds. */
    boolean captured(boolean response, int slot, Sample out);

    /** Puts a value into a slot; false when there is no such slot. */
    boolean capture(boolean response, int slot, Sample value);
}
