package dev.weir.upkeep.peers;

import dev.weir.model.stick.StickTable;
import dev.weir.wire.peer.TableDefinition;
import java.util.Arrays;

/**
 * How far a peer is with one table: which changes it has been told, which of them it has confirmed, and what it last told
 * us. The confirmed places outlive a session, so that the next one goes on from there. Conductor-owned.
 */
public final class TableProgress {

    private final SharedTable shared;
    /** By shard: what the peer has confirmed, what it has been told. */
    private final long[] confirmed;
    private final long[] told;
    /** The shards with something to tell, as bits. */
    private final long[] waiting;
    /** A place that will be confirmed when the number at it is acknowledged. */
    private long[] checkpoint;
    private int checkpointId;
    private int firstId;
    private int lastId;
    private int ackedId;
    private boolean toldAny;

    /** What the peer calls the table, or null until it said so. */
    private TableDefinition remote;
    private int gotId;
    private boolean owesAck;

    TableProgress(SharedTable shared) {
        this.shared = shared;
        int shards = shared.table().shardCount();
        confirmed = new long[shards];
        told = new long[shards];
        waiting = new long[(shards + 63) / 64];
    }

    SharedTable shared() {
        return shared;
    }

    /** A session begins. */
    void begin() {
        System.arraycopy(confirmed, 0, told, 0, told.length);
        Arrays.fill(waiting, -1);
        checkpoint = null;
        toldAny = false;
        firstId = lastId + 1;
        remote = null;
        gotId = 0;
        owesAck = false;
    }

    /** All that is there now is told in another way. */
    void skipChanges() {
        for (int i = 0; i < told.length; i++) {
            told[i] = shared.table().changesEnd(i);
        }
        checkpoint = null;
        toldAny = false;
    }

    /** What was told in that other way has arrived. */
    void confirmTold() {
        System.arraycopy(told, 0, confirmed, 0, told.length);
    }

    long[] waiting() {
        return waiting;
    }

    /** A shard with something to tell, or -1. */
    int nextShard() {
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] != 0) {
                int shard = (i << 6) + Long.numberOfTrailingZeros(waiting[i]);
                if (shard < told.length) {
                    return shard;
                }
                waiting[i] = 0;
            }
        }
        return -1;
    }

    void doneWith(int shard) {
        waiting[shard >>> 6] &= ~(1L << shard);
    }

    long told(int shard) {
        return told[shard];
    }

    void told(int shard, long place) {
        told[shard] = place;
    }

    /** The number of the next update. */
    int nextId() {
        toldAny = true;
        return ++lastId;
    }

    /** Everything has been told for now. */
    void allTold() {
        if (checkpoint == null && toldAny) {
            checkpoint = told.clone();
            checkpointId = lastId;
        }
    }

    /** The peer says that it has everything up to this number. One that was never given is not meant. */
    void acknowledged(int id) {
        if (id - firstId < 0 || id - lastId > 0) {
            return;
        }
        ackedId = id;
        if (checkpoint != null && id - checkpointId >= 0) {
            System.arraycopy(checkpoint, 0, confirmed, 0, confirmed.length);
            checkpoint = null;
            toldAny = id != lastId;
            if (toldAny) {
                allTold();
            }
        }
    }

    long confirmed(int shard) {
        return confirmed[shard];
    }

    TableDefinition remote() {
        return remote;
    }

    void remote(TableDefinition definition) {
        remote = definition;
    }

    public int gotId() {
        return gotId;
    }

    void got(int id, boolean acknowledges) {
        gotId = id;
        owesAck |= acknowledges;
    }

    /** Whether an acknowledgement is due, which the caller then sends. */
    boolean takeAck() {
        boolean due = owesAck;
        owesAck = false;
        return due;
    }

    public int lastId() {
        return lastId;
    }

    public StickTable table() {
        return shared.table();
    }

    public long localId() {
        return shared.definition().id();
    }

    /** What the peer calls the table, 0 until it said so. */
    public long remoteId() {
        return remote == null ? 0 : remote.id();
    }

    /** The types that the peer stores, as bits. */
    public long remoteTypes() {
        return remote == null ? 0 : remote.types();
    }

    public int ackedId() {
        return ackedId;
    }
}
