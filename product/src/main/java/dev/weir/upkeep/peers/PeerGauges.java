package dev.weir.upkeep.peers;

/** How many sessions with peers there are, and how many of them have greeted each other. Written by the Conductor. */
public final class PeerGauges {

    private volatile int active;
    private volatile int connected;

    void active(int more) {
        active = active + more;
    }

    void connected(int more) {
        connected = connected + more;
    }

    public int active() {
        return active;
    }

    public int connected() {
        return connected;
    }
}
