package dev.weir.wire.peer;

/** The numbers of classes and types of messages (peers.txt, "Messages", with the corrections of facts.md). */
public final class PeerMessage {

    /** Classes. */
    public static final int CONTROL = 0;
    public static final int ERROR = 1;
    public static final int UPDATES = 10;
    public static final int RESERVED = 255;

    /** Types of control messages. */
    public static final int RESYNC_REQUEST = 0;
    public static final int RESYNC_FINISHED = 1;
    public static final int RESYNC_PARTIAL = 2;
    public static final int RESYNC_CONFIRMED = 3;
    public static final int HEARTBEAT = 4;

    /** Types of errors. */
    public static final int PROTOCOL_ERROR = 0;
    public static final int SIZE_LIMIT = 1;

    /** Types of messages about tables; all have a length. */
    public static final int UPDATE = 128;
    public static final int INCREMENTAL = 129;
    public static final int DEFINITION = 130;
    public static final int SWITCH = 131;
    public static final int ACKNOWLEDGEMENT = 132;
    public static final int TIMED_UPDATE = 133;
    public static final int TIMED_INCREMENTAL = 134;

    /** From this type on, whatever the class, a length follows. */
    static final int FIRST_WITH_LENGTH = 128;

    private PeerMessage() {}

    static boolean isTimed(int type) {
        return type == TIMED_UPDATE || type == TIMED_INCREMENTAL;
    }

    static boolean isIncremental(int type) {
        return type == INCREMENTAL || type == TIMED_INCREMENTAL;
    }
}
