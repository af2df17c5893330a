package dev.weir.upkeep.peers;

import dev.weir.model.stick.StickEntry;
import dev.weir.model.stick.StickTable;
import dev.weir.wire.peer.EntryUpdate;
import dev.weir.wire.peer.LearnedNames;
import dev.weir.wire.peer.PeerFramer;
import dev.weir.wire.peer.PeerInput;
import dev.weir.wire.peer.PeerMessage;
import dev.weir.wire.peer.PeerOutput;
import dev.weir.wire.peer.SentNames;
import dev.weir.wire.peer.TableDefinition;
import java.util.List;

/**
 * What is said in a session once both sides know each other: requests and their ends, lessons, changes,
 * acknowledgements. Conductor-owned.
 */
public final class PeerTalk {

    /** How far the peer is with learning from us. */
    private enum Lesson { NONE, UNDER_WAY, AWAITS_CONFIRMATION }

    private static final int ROWS = 64;
    private static final int BATCH_BYTES = 16 * 1024;

    private final PeerSection section;
    private final PeerSession session;
    private final Peer peer;
    private final PeerOutput out;
    private final boolean knowsLives;
    private final PeerOutput body = new PeerOutput();
    private final EntryUpdate update = new EntryUpdate();
    private final StickEntry entry = new StickEntry();
    private final SentNames sentNames = new SentNames();
    private final LearnedNames learnedNames = new LearnedNames();
    private final List<TableProgress> progress;
    private boolean asks;
    private boolean learns;
    private boolean owesConfirmation;
    private Lesson lesson = Lesson.NONE;
    private int lessonTable;
    private long lessonPlace;
    /** The table that updates from the peer are about; null before the first, or for one that we do not share. */
    private TableProgress hears;
    private TableProgress spokeOf;

    /** @param minor of the version that is spoken */
    PeerTalk(PeerSection section, PeerSession session, PeerOutput out, int minor) {
        this.section = section;
        this.session = session;
        this.peer = session.peer();
        this.out = out;
        knowsLives = minor >= 1;
        progress = peer.progress();
        progress.forEach(TableProgress::begin);
    }

    public SentNames sentNames() {
        return sentNames;
    }

    public LearnedNames learnedNames() {
        return learnedNames;
    }

    /** Whether the peer is telling us everything. */
    public boolean isLearning() {
        return learns;
    }

    public boolean isTeaching() {
        return lesson != Lesson.NONE;
    }

    /** The peer tells us everything. */
    void learn(boolean asked) {
        asks = asked;
        learns = true;
    }

    /** We tell the peer everything. */
    void teach() {
        lesson = Lesson.UNDER_WAY;
        lessonTable = 0;
        lessonPlace = 0;
        progress.forEach(TableProgress::skipChanges);
    }

    /** Takes a message; false when it breaks the protocol. */
    boolean take(PeerFramer message) {
        switch (message.type()) {
            case PeerMessage.CONTROL -> {
                control(message.kind());
                return true;
            }
            case PeerMessage.UPDATES -> {
                return aboutTables(message.kind(), message.body());
            }
            case PeerMessage.ERROR -> {
                session.close();
                return true;
            }
            default -> {
                return true;
            }
        }
    }

    private void control(int kind) {
        switch (kind) {
            case PeerMessage.RESYNC_REQUEST -> teach();
            case PeerMessage.RESYNC_FINISHED, PeerMessage.RESYNC_PARTIAL -> {
                if (learns) {
                    learns = false;
                    owesConfirmation = true;
                    section.learned(peer, kind == PeerMessage.RESYNC_FINISHED);
                }
            }
            case PeerMessage.RESYNC_CONFIRMED -> confirmed();
            case PeerMessage.HEARTBEAT -> peer.counts.gotHeartbeats++;
            default -> { }
        }
    }

    private void confirmed() {
        if (lesson != Lesson.AWAITS_CONFIRMATION) {
            return;
        }
        lesson = Lesson.NONE;
        for (int i = 0; i < progress.size(); i++) {
            progress.get(i).confirmTold();
            section.release(i);
        }
        if (section.isStopping()) {
            section.handedOver();
        }
    }

    private boolean aboutTables(int kind, PeerInput in) {
        return switch (kind) {
            case PeerMessage.DEFINITION -> define(in);
            case PeerMessage.SWITCH -> switchTo(in);
            case PeerMessage.UPDATE, PeerMessage.INCREMENTAL, PeerMessage.TIMED_UPDATE, PeerMessage.TIMED_INCREMENTAL ->
                    entry(kind, in);
            case PeerMessage.ACKNOWLEDGEMENT -> acknowledged(in);
            default -> true;
        };
    }

    private boolean define(PeerInput in) {
        TableDefinition definition = TableDefinition.read(in);
        if (definition == null) {
            return false;
        }
        hears = null;
        for (TableProgress each : progress) {
            if (each.shared().definition().name().equals(definition.name())
                    && each.shared().matches(definition)) {
                each.remote(definition);
                hears = each;
            }
        }
        return true;
    }

    /** No list of strangers' tables is kept: what is not ours is nobody's. */
    private boolean switchTo(PeerInput in) {
        long id = in.number();
        hears = null;
        for (TableProgress each : progress) {
            if (each.remote() != null && each.remote().id() == id) {
                hears = each;
            }
        }
        return !in.isShort();
    }

    private boolean entry(int kind, PeerInput in) {
        if (hears == null) {
            return true;
        }
        if (!update.read(in, kind, hears.gotId(), hears.remote(), learnedNames)) {
            return false;
        }
        boolean timed = kind == PeerMessage.TIMED_UPDATE || kind == PeerMessage.TIMED_INCREMENTAL;
        hears.got(update.id(), !timed);
        // clients go from the process before us to us: what they have changed here is newer than what is told of there
        boolean isOlder = peer.isLocal() && !learns;
        hears.shared().learn(update, hears.remote(), section.worker().nowMs(), isOlder);
        return true;
    }

    private boolean acknowledged(PeerInput in) {
        long id = in.number();
        int update = in.int32();
        for (int i = 0; i < progress.size() && !in.isShort(); i++) {
            if (progress.get(i).shared().definition().id() == id) {
                progress.get(i).acknowledged(update);
                section.release(i);
            }
        }
        return !in.isShort();
    }

    /** Writes the next of what there is to say, about a buffer of it; whether there may be more. */
    boolean say() {
        if (asks) {
            asks = false;
            out.putMessage(PeerMessage.CONTROL, PeerMessage.RESYNC_REQUEST);
        }
        sayAcks();
        if (owesConfirmation) {
            owesConfirmation = false;
            peer.counts.confirms++;
            out.putMessage(PeerMessage.CONTROL, PeerMessage.RESYNC_CONFIRMED);
        }
        return switch (lesson) {
            case UNDER_WAY -> sayLesson();
            case AWAITS_CONFIRMATION -> false;
            case NONE -> !learns && sayChanges();
        };
    }

    private void sayAcks() {
        for (TableProgress each : progress) {
            if (each.takeAck()) {
                body.clear();
                body.putNumber(each.remote().id()).putInt(each.gotId());
                out.putMessage(PeerMessage.ACKNOWLEDGEMENT, body);
            }
        }
    }

    private boolean isFull(int written) {
        return out.length() >= BATCH_BYTES || written >= section.terms().updatesAtOnce();
    }

    private boolean sayLesson() {
        long nowMs = section.worker().nowMs();
        int written = 0;
        while (lessonTable < progress.size()) {
            TableProgress each = progress.get(lessonTable);
            while (lessonPlace != StickTable.NONE) {
                if (isFull(written)) {
                    return true;
                }
                lessonPlace = each.shared().table().next(lessonPlace, ROWS, entry, nowMs);
                if (!entry.isEmpty()) {
                    sayEntry(each, knowsLives, nowMs);
                    written++;
                }
            }
            lessonTable++;
            lessonPlace = 0;
        }
        out.putMessage(PeerMessage.CONTROL,
                section.knowsAll() ? PeerMessage.RESYNC_FINISHED : PeerMessage.RESYNC_PARTIAL);
        lesson = Lesson.AWAITS_CONFIRMATION;
        return false;
    }

    private boolean sayChanges() {
        long nowMs = section.worker().nowMs();
        int written = 0;
        for (TableProgress each : progress) {
            for (int shard = each.nextShard(); shard >= 0; shard = each.nextShard()) {
                if (isFull(written)) {
                    return true;
                }
                each.told(shard, each.shared().table().nextChange(shard, each.told(shard), entry, nowMs));
                if (entry.isEmpty()) {
                    each.doneWith(shard);
                } else {
                    sayEntry(each, false, nowMs);
                    written++;
                }
            }
            each.allTold();
        }
        return false;
    }

    private void sayEntry(TableProgress of, boolean timed, long nowMs) {
        SharedTable shared = of.shared();
        shared.tell(entry, update, 0, timed, nowMs);
        int shards = section.spec().shards();
        if (shards > 0 && peer.shard() > 0 && shared.shardOf(update, shards) != peer.shard()) {
            return;
        }
        if (spokeOf != of) {
            spokeOf = of;
            body.clear();
            shared.definition().write(body);
            out.putMessage(PeerMessage.DEFINITION, body);
        }
        update.number(of.nextId());
        update.write(out, body, shared.definition(), sentNames);
    }
}
