package dev.weir.upkeep.peers;

/** What happened with a peer, for those who look. Conductor-owned. */
public final class PeerCounts {

    int connections;
    int collisions;
    int protocolErrors;
    int sentHeartbeats;
    int gotHeartbeats;
    int silences;
    /** Updates and table definitions that came. */
    int updates;
    int confirms;
    int lastStatus;
    long lastGreetingMs = -1;

    public int connections() {
        return connections;
    }

    public int collisions() {
        return collisions;
    }

    public int protocolErrors() {
        return protocolErrors;
    }

    public int sentHeartbeats() {
        return sentHeartbeats;
    }

    public int gotHeartbeats() {
        return gotHeartbeats;
    }

    public int silences() {
        return silences;
    }

    public int confirms() {
        return confirms;
    }

    /** The last answer to a greeting, 0 for none. */
    public int lastStatus() {
        return lastStatus;
    }

    /** When there was a greeting last, or -1. */
    public long lastGreetingMs() {
        return lastGreetingMs;
    }
}
