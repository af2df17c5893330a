package dev.weir.upkeep.peers;

import dev.weir.model.stick.StickEntry;
import dev.weir.model.stick.StickTable;
import dev.weir.wire.peer.EntryUpdate;
import dev.weir.wire.peer.LearnedNames;
import dev.weir.wire.peer.PeerFramer;
import dev.weir.wire.peer.PeerMessage;
import dev.weir.wire.peer.PeerOutput;
import dev.weir.wire.peer.SentNames;
import dev.weir.wire.peer.TableDefinition;
import io.netty.buffer.Unpooled;

/**
 * The entries of a table as bytes that outlive the process: the messages that a peer would be taught by, in pieces of which
 * each can be understood alone. Owner: whoever writes or reads one table.
 */
public final class TableArchive {

    private static final int PIECE_BYTES = 256 * 1024;
    private static final int MESSAGE_BYTES = 64 * 1024;
    private static final int ROWS = 64;

    private final SharedTable shared;
    private final PeerOutput body = new PeerOutput();
    private final EntryUpdate update = new EntryUpdate();
    private final StickEntry entry = new StickEntry();
    private long place;

    public TableArchive(StickTable table) {
        shared = new SharedTable(1, table, null, null);
    }

    /** Adds the next piece of it; whether there is more. From any thread. */
    public boolean write(PeerOutput out, long nowMs) {
        SentNames names = new SentNames();
        body.clear();
        shared.definition().write(body);
        out.putMessage(PeerMessage.DEFINITION, body);
        for (int id = 1; place != StickTable.NONE && out.length() < PIECE_BYTES; ) {
            place = shared.table().next(place, ROWS, entry, nowMs);
            if (!entry.isEmpty()) {
                shared.tell(entry, update, id++, true, nowMs);
                update.write(out, body, shared.definition(), names);
            }
        }
        return place != StickTable.NONE;
    }

    /**
     * Learns a piece; how many entries were in it, or -1 where it is not what it should be.
     *
     * @param thenMs when it was written, by the clock of this process
     */
    public int read(byte[] piece, long thenMs, long nowMs) {
        PeerFramer framer = new PeerFramer(MESSAGE_BYTES);
        LearnedNames names = new LearnedNames();
        io.netty.buffer.ByteBuf bytes = Unpooled.wrappedBuffer(piece);
        TableDefinition definition = null;
        int count = 0;
        while (true) {
            PeerFramer.Found found = framer.next();
            if (found == PeerFramer.Found.NOTHING && framer.take(bytes) == 0) {
                return bytes.isReadable() ? -1 : count;
            } else if (found == PeerFramer.Found.MESSAGE && framer.kind() == PeerMessage.DEFINITION) {
                definition = TableDefinition.read(framer.body());
                if (definition == null) {
                    return -1;
                }
            } else if (found == PeerFramer.Found.MESSAGE) {
                if (definition == null || !update.read(framer.body(), framer.kind(), 0, definition, names)) {
                    return -1;
                }
                count += learn(definition, thenMs, nowMs) ? 1 : 0;
            } else if (found != PeerFramer.Found.NOTHING) {
                return -1;
            }
        }
    }

    private boolean learn(TableDefinition definition, long thenMs, long nowMs) {
        boolean lives = definition.expireMs() == 0 || thenMs + update.leftMs() > nowMs;
        if (lives && shared.matches(definition)) {
            shared.learn(update, definition, thenMs, false);
            return true;
        }
        return false;
    }
}
