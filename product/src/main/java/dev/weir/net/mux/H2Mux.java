package dev.weir.net.mux;

import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.wire.h2.H2Error;
import dev.weir.wire.h2.H2Frames;
import dev.weir.wire.h2.H2HeadWriter;
import dev.weir.wire.h2.WebsocketKey;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;

/**
 * The engine of an HTTP/2 connection: many exchanges at once, each a {@link H2Stream}. Made to answer it takes the
 * requests of its peer, made to ask it sends them; {@link H2Input} reads for both. Timeouts are the owner's. Worker-owned.
 *
 * <p>What the streams write in a turn leaves in one flush at its end. A stream whose peer does not read waits with its own
 * bytes; the connection's window is opened as soon as something has come, since what streams may hold is bounded already.
 */
public final class H2Mux implements Mux {

    /** What may be written to a socket that takes nothing, beside bodies: acknowledgements above all. */
    private static final int MOST_CONTROL = 256 * 1024;
    private static final int LAST_NUMBER = 0x7ffffffd;

    private H2Setup setup;
    private final H2Owner owner;
    private final boolean answers;
    private final boolean secure;
    /** Whether who was dialled asks: the preface comes from who dialled all the same. */
    private final boolean reversed;
    private final H2Input in;
    private final H2Streams streams = new H2Streams();
    private final ArrayDeque<H2Stream> waiting = new ArrayDeque<>();
    private ArrayList<H2Stream> touched = new ArrayList<>();
    private ArrayList<H2Stream> settling = new ArrayList<>();
    private final ArrayDeque<H2Stream> free = new ArrayDeque<>();
    private final ArrayDeque<H2Stream> postponed = new ArrayDeque<>(0);
    private Connection connection;
    /** Streams that were begun and are not over, those that have no number yet included. */
    private int active;
    private long window = H2Frames.USUAL_WINDOW;
    private long peerWindow = H2Frames.USUAL_WINDOW;
    private int peerFrame = H2Frames.LEAST_FRAME;
    private long peerStreams = Integer.MAX_VALUE;
    private boolean peerTakesConnect;
    private int nextNumber = 1;
    /** The last stream that we said we would take; above it nothing is. */
    private int lastTaken = Integer.MAX_VALUE;
    private boolean acknowledged;
    private boolean pinged;
    private boolean settled;
    private boolean leaving;
    /** How long a peer that knows that we leave may be idle; 0 when it is not waited for. */
    private int lingerMs;
    private boolean gone;
    private int controlBytes;
    private int glitches;
    private boolean turnEndAsked;
    private final Worker.TurnEnd atTurnEnd = this::turnEnded;

    /** Asks the peer whether it is there while nothing is under way; who has not answered by the next time is left. */
    private final Timer watch = new Timer() {
        @Override
        protected void fire(long nowMs) {
            if (gone || connection == null || !connection.isOpen()) {
                return;
            }
            if (active == 0 && !leaving && !ping()) {
                finish(H2Error.NO_ERROR);
            } else {
                connection.worker().arm(this, connection.idlePingMs());
            }
        }
    };

    private H2Mux(H2Setup setup, H2Owner owner, boolean answers, boolean secure, boolean reversed) {
        this.setup = setup;
        this.owner = owner;
        this.answers = answers;
        this.secure = secure;
        this.reversed = reversed;
        in = new H2Input(this, setup);
    }

    /** An engine that answers; the preface of the client is still to come. */
    public static H2Mux answering(H2Setup setup, H2Owner owner) {
        return new H2Mux(setup, owner, true, false, false);
    }

    /** An engine that answers on a connection that we have dialled: reverse HTTP. */
    public static H2Mux answeringDialled(H2Setup setup, H2Owner owner) {
        return new H2Mux(setup, owner, true, false, true);
    }

    /** An engine that asks on a connection that was accepted: reverse HTTP. Its preface is still to come. */
    public static H2Mux askingAccepted(H2Setup setup, H2Owner owner, boolean secure) {
        return new H2Mux(setup, owner, false, secure, true);
    }

    /** An engine that asks; see {@link #send}. */
    public static H2Mux asking(H2Setup setup, H2Owner owner, boolean secure) {
        return new H2Mux(setup, owner, false, secure, false);
    }

    public H2Owner owner() {
        return owner;
    }

    public Connection connection() {
        return connection;
    }

    boolean answers() {
        return answers;
    }

    /** Whether the peer begins with the preface. */
    boolean awaitsPreface() {
        return answers != reversed;
    }

    /** Whether the connection was accepted, so that it cannot be made anew when it is gone. */
    boolean isAttached() {
        return reversed && !answers;
    }

    boolean isSecure() {
        return secure;
    }

    /** Whether nothing is under way, not even something to be sent: it may change its worker now. */
    boolean isQuiet() {
        return active == 0 && !turnEndAsked && touched.isEmpty() && waiting.isEmpty() && postponed.isEmpty()
                && !leaving && !gone && connection.isWritable();
    }

    /** It is about to leave its worker. */
    void parts() {
        connection.worker().remove(watch);
    }

    /** It belongs to the worker of that set-up now. */
    public void movedTo(H2Setup next) {
        setup = next;
        in.movedTo(next);
        if (connection.idlePingMs() > 0) {
            connection.worker().arm(watch, connection.idlePingMs());
        }
    }

    H2Terms terms() {
        return setup.terms();
    }

    H2HeadWriter writer() {
        return setup.writer();
    }

    Head takeHead() {
        return setup.heads().take();
    }

    void giveHead(Head head) {
        setup.heads().give(head);
    }

    /** Streams under way. */
    public int streams() {
        return active;
    }

    public int glitches() {
        return glitches;
    }

    /** How many streams there may be at once. */
    public int streamLimit() {
        return (int) Math.min(setup.terms().streams(), answers ? Integer.MAX_VALUE : peerStreams);
    }

    /** What a stream's window may grow to: the more streams there are the less. */
    int mostWindow() {
        return Math.min(setup.terms().mostWindow(), setup.terms().shared() / Math.max(1, active));
    }

    /** Whether one more request can be sent. */
    public boolean hasRoom() {
        return !leaving && !gone && active < streamLimit() && nextNumber < LAST_NUMBER;
    }

    /** Whether the server takes websockets, as far as it has said so. */
    boolean takesWebsockets() {
        return peerTakesConnect;
    }

    /** A websocket may be asked for only once the server has said that it takes them: RFC 8441 section 3. */
    void postpone(H2Stream stream) {
        postponed.add(stream);
        askTurnEnd();
    }

    private void goOnPostponed() {
        for (H2Stream stream = settled ? postponed.poll() : null; stream != null; stream = postponed.poll()) {
            stream.out().askAtLast();
        }
    }

    public boolean isLeaving() {
        return leaving || gone;
    }

    /** Begins an exchange on an engine that asks. The request's head is to follow on the stream's sink. */
    public Stream send(Sink receiver, Source sender) {
        H2Stream stream = take(0);
        stream.wire(receiver, sender);
        return stream;
    }

    H2Stream take(int number) {
        H2Stream stream = free.pollLast();
        stream = stream == null ? new H2Stream(this) : stream;
        stream.begin(number);
        active++;
        if (number != 0) {
            streams.add(stream);
        }
        return stream;
    }

    H2Stream find(int number) {
        return streams.find(number);
    }

    /** Its head leaves: numbers grow in that order. */
    void numbered(H2Stream stream) {
        stream.number(nextNumber);
        nextNumber += 2;
        streams.add(stream);
    }

    /** What the answer to a request must be read with. */
    void asked(H2Stream stream, Head request, boolean websocket) {
        int key = websocket ? request.find(HeaderName.SEC_WEBSOCKET_KEY) : -1;
        if (key >= 0) {
            stream.proof(WebsocketKey.accept(request.area(), request.valueAt(key), request.valueLength(key)));
        }
    }

    /** Whether we have sent nothing with that number yet. */
    boolean isUnsent(int number) {
        return number >= nextNumber;
    }

    void forget(H2Stream stream) {
        if (stream.id() != 0) {
            streams.remove(stream);
        }
        active--;
    }

    void over(H2Stream stream) {
        if (owner.over(stream)) {
            free.addLast(stream);
        }
        if (active == 0 && !gone) {
            if (leaving && lingerMs > 0) {
                linger();
            } else if (leaving) {
                finish(H2Error.NO_ERROR);
            } else {
                owner.idle();
            }
        }
    }

    @Override
    public void opened(Connection established) {
        connection = established;
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer();
        if (!awaitsPreface()) {
            out.writeBytes(H2Frames.PREFACE);
        }
        settings(out);
        int more = Math.max(setup.terms().mostWindow(), setup.terms().window() * Math.min(streamLimit(), 100))
                - H2Frames.USUAL_WINDOW;
        if (more > 0) {
            H2Frames.header(4, H2Frames.WINDOW_UPDATE, 0, 0, out).writeInt(more);
        }
        in.begin(more);
        if (connection.idlePingMs() > 0) {
            connection.worker().arm(watch, connection.idlePingMs());
        }
        connection.write(out);
        askTurnEnd();
    }

    private void settings(ByteBuf out) {
        int start = out.writerIndex();
        H2Frames.header(0, H2Frames.SETTINGS, 0, 0, out);
        if (setup.terms().tableSize() != 4096) {
            out.writeShort(H2Frames.HEADER_TABLE_SIZE).writeInt(setup.terms().tableSize());
        }
        if (!answers) {
            out.writeShort(H2Frames.ENABLE_PUSH).writeInt(0);
        } else if (setup.terms().maxStreams() > 0) {
            out.writeShort(H2Frames.MAX_CONCURRENT_STREAMS).writeInt(setup.terms().maxStreams());
        }
        if (setup.terms().window() != H2Frames.USUAL_WINDOW) {
            out.writeShort(H2Frames.INITIAL_WINDOW_SIZE).writeInt(setup.terms().window());
        }
        if (setup.terms().maxFrame() != H2Frames.LEAST_FRAME) {
            out.writeShort(H2Frames.MAX_FRAME_SIZE).writeInt(setup.terms().maxFrame());
        }
        if (answers && setup.terms().websockets()) {
            out.writeShort(H2Frames.ENABLE_CONNECT_PROTOCOL).writeInt(1);
        }
        out.setMedium(start, out.writerIndex() - start - H2Frames.HEADER);
    }

    @Override
    public void received(ByteBuf bytes) {
        in.received(bytes);
    }

    @Override
    public void receivedAll() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).in().flush();
        }
    }

    /** The peer sends no more frames, so that nothing can go on. */
    @Override
    public void inputEnded() {
        Connection ended = connection;
        broken(answers ? Reason.RESET : Reason.EMPTY);
        ended.become(Mux.NOBODY);
        ended.closeAfterFlush(0);
    }

    @Override
    public void broken(Reason reason) {
        if (gone) {
            return;
        }
        gone = true;
        if (connection != null) {
            connection.worker().remove(watch);
        }
        in.stop();
        H2Stream[] all = streams.all();
        for (H2Stream stream : all) {
            stream.broken(reason);
        }
        for (H2Stream stream = postponed.poll(); stream != null; stream = postponed.poll()) {
            stream.broken(reason);
        }
        owner.gone();
    }

    @Override
    public void writable() {
        controlBytes = 0;
        for (int i = waiting.size(); i > 0 && room() > 0; i--) {
            H2Stream stream = waiting.poll();
            stream.waiting = false;
            stream.out().pump(1);
            touch(stream);
        }
        askTurnEnd();
    }

    /** Something has happened with that stream: it is looked at when the turn ends. */
    void touch(H2Stream stream) {
        if (!stream.touched) {
            stream.touched = true;
            touched.add(stream);
        }
        askTurnEnd();
    }

    private void askTurnEnd() {
        if (!turnEndAsked) {
            turnEndAsked = true;
            connection.worker().atTurnEnd(atTurnEnd);
        }
    }

    void turnEnded() {
        turnEndAsked = false;
        goOnPostponed();
        receivedAll();
        connection.flush();
        if (!connection.isWritable() && connection.isOpen()) {
            return;
        }
        controlBytes = 0;
        ArrayList<H2Stream> now = touched;
        touched = settling;
        settling = now;
        for (int i = 0; i < now.size(); i++) {
            H2Stream stream = now.get(i);
            stream.touched = false;
            stream.out().settle();
        }
        now.clear();
        if (!waiting.isEmpty() && room() > 0) {
            writable();
        }
    }

    /** How long a frame of a body may be now, 0 when none may. */
    int room() {
        return connection.isWritable() ? (int) Math.min(window, peerFrame) : 0;
    }

    void waitForRoom(H2Stream stream) {
        if (!stream.waiting) {
            stream.waiting = true;
            waiting.add(stream);
        }
    }

    long peerWindow() {
        return peerWindow;
    }

    void sendBlock(int stream, ByteBuf block, boolean last) {
        int frames = block.readableBytes() / peerFrame + 1;
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(block.readableBytes() + frames * H2Frames.HEADER);
        H2Frames.block(stream, block, peerFrame, last, out);
        block.release();
        connection.write(out);
    }

    void sendData(int stream, ByteBuf slice, boolean last) {
        int length = slice == null ? 0 : slice.readableBytes();
        window -= length;
        connection.write(H2Frames.data(stream, length, last));
        if (slice != null) {
            connection.write(slice);
        }
    }

    void count(H2Event what) {
        owner.counted(what);
    }

    void sendReset(int stream, H2Error code) {
        count(H2Event.RESET_SENT);
        in.resetByUs(stream);
        control(H2Frames.reset(stream, code));
    }

    void sendWindow(int stream, int increment) {
        control(H2Frames.windowUpdate(stream, increment));
    }

    /** A peer that lets us write and does not read has no claim to be answered for ever. */
    void control(ByteBuf frame) {
        controlBytes += frame.readableBytes();
        connection.write(frame);
        askTurnEnd();
        if (controlBytes > MOST_CONTROL && !connection.isWritable()) {
            connection.close();
        }
    }

    H2Error peerSetting(int id, long value) {
        switch (id) {
            case H2Frames.INITIAL_WINDOW_SIZE -> {
                long change = value - peerWindow;
                peerWindow = value;
                for (H2Stream stream : streams.all()) {
                    if (!stream.out().widen(change)) {
                        return H2Error.FLOW_CONTROL_ERROR;
                    }
                }
            }
            case H2Frames.MAX_FRAME_SIZE -> peerFrame = (int) Math.min(value, setup.terms().maxFrame());
            case H2Frames.MAX_CONCURRENT_STREAMS -> peerStreams = Math.min(value, Integer.MAX_VALUE);
            case H2Frames.ENABLE_CONNECT_PROTOCOL -> peerTakesConnect = value == 1;
            default -> { }
        }
        return null;
    }

    /** Whether the peer has taken our settings. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    void acknowledged() {
        if (!acknowledged) {
            acknowledged = true;
            for (H2Stream stream : streams.all()) {
                stream.in().acknowledged();
            }
        }
    }

    void settled() {
        control(H2Frames.settingsAck());
        boolean first = !settled;
        settled = true;
        if (first) {
            owner.settled();
        }
        for (H2Stream stream : streams.all()) {
            resume(stream);
        }
    }

    /** False when the window would be wider than any may be. */
    boolean widen(int increment) {
        window += increment;
        if (!waiting.isEmpty()) {
            writable();
        }
        return window <= H2Frames.MOST_WINDOW;
    }

    void resume(H2Stream stream) {
        if (stream.out().hasWork()) {
            stream.out().pump(Integer.MAX_VALUE);
            touch(stream);
        }
    }

    /** Something odd that is not forbidden, or not fatal. False when there has been too much of it. */
    boolean glitch() {
        glitches++;
        owner.glitch();
        int most = setup.terms().glitches();
        if (most > 0 && glitches >= most) {
            return false;
        }
        if (most > 0 && glitches >= most - most / 4) {
            leaveSoftly();
        }
        return true;
    }

    /** Asks the peer whether it is there; false when it has not answered the last time. */
    public boolean ping() {
        if (pinged || gone || connection == null) {
            return false;
        }
        pinged = true;
        control(H2Frames.ping(0));
        return true;
    }

    void ponged() {
        if (pinged) {
            owner.alive();
        }
        pinged = false;
    }

    int lastTaken() {
        return lastTaken;
    }

    /** No new streams; the connection closes behind the last one. */
    public void leaveSoftly() {
        if (leaving || gone || connection == null || !connection.isOpen()) {
            return;
        }
        leaving = true;
        if (active == 0) {
            finish(H2Error.NO_ERROR);
            return;
        }
        if (answers) {
            sayGoodbye();
        }
    }

    private void sayGoodbye() {
        // what is on its way already is still taken
        lastTaken = (int) Math.min(LAST_NUMBER, (long) in.lastNumber() + 2L * Math.min(streamLimit(), 1 << 20));
        count(H2Event.GOAWAY_SENT);
        control(H2Frames.goAway(lastTaken, H2Error.NO_ERROR));
    }

    /**
     * As {@link #leaveSoftly} for a client, but that one may still send what it sent before it heard of it, and has the time
     * to close (RFC 9113, 6.8): no request meets a closed connection.
     */
    public void leaveGently(int patienceMs) {
        if (leaving || gone || connection == null || !connection.isOpen()) {
            return;
        }
        leaving = true;
        lingerMs = patienceMs;
        sayGoodbye();
        if (active == 0) {
            linger();
        }
    }

    private void linger() {
        connection.worker().arm(new Timer() {
            @Override
            protected void fire(long nowMs) {
                if (active == 0) {
                    finish(H2Error.NO_ERROR);
                }
            }
        }, lingerMs);
    }

    /** The peer takes no stream above that number. */
    void peerLeaves(int lastNumber) {
        leaving = true;
        if (!answers) {
            for (H2Stream stream : streams.all()) {
                if (stream.id() > lastNumber) {
                    stream.broken(Reason.REFUSED);
                }
            }
        }
        if (active == 0 && !gone) {
            finish(H2Error.NO_ERROR);
        }
    }

    /** Closes without a word. */
    void hangUp() {
        Connection last = connection;
        broken(Reason.PROTOCOL);
        if (last.isOpen()) {
            last.become(Mux.NOBODY);
            last.closeAfterFlush(0);
        }
    }

    /** Says goodbye and closes; streams that are under way are told that they are broken. */
    public void finish(H2Error code) {
        if (gone) {
            return;
        }
        Connection last = connection;
        if (code != H2Error.NO_ERROR) {
            count(H2Event.CONNECTION_FAULT);
        }
        if (last.isOpen()) {
            count(H2Event.GOAWAY_SENT);
            last.write(H2Frames.goAway(in.lastNumber(), code));
            last.flush();
        }
        broken(code == H2Error.NO_ERROR ? Reason.KILLED : Reason.PROTOCOL);
        if (last.isOpen()) {
            last.become(Mux.NOBODY);
            last.closeAfterFlush(0);
        }
    }
}
