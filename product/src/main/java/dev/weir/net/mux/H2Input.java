package dev.weir.net.mux;

import dev.weir.wire.h2.H2Error;
import dev.weir.wire.h2.H2FrameReader;
import dev.weir.wire.h2.H2FrameSink;
import dev.weir.wire.h2.H2Frames;
import dev.weir.wire.h2.H2HeadReader;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What comes in on an HTTP/2 connection: gives frames to their streams and checks what depends on them, RFC 9113 section
 * 5. What is returned here ends the connection; a stream that goes wrong is reset, and counts as a glitch. Worker-owned.
 */
final class H2Input implements H2FrameSink {

    /** Streams that we have reset and that the peer may not know of yet. */
    private static final int REMEMBERED = 64;
    private static final byte[] SWITCHING = "Switching Protocols".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WEBSOCKET = "websocket".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPGRADE = "upgrade".getBytes(StandardCharsets.US_ASCII);

    private final H2Mux mux;
    private H2Setup setup;
    private final H2FrameReader frames;
    private final H2HeadReader heads;
    private final int[] reset = new int[REMEMBERED];
    private int resets;
    private H2Budget budget;
    private int lastNumber;
    private int taken;
    private int window = H2Frames.USUAL_WINDOW;
    private int uncredited;
    private H2Stream current;
    private int frameBytes;
    private int bodyBytes;
    private int acknowledgements;
    private H2Error trouble;

    H2Input(H2Mux mux, H2Setup setup) {
        this.mux = mux;
        this.setup = setup;
        H2Terms terms = setup.terms();
        frames = new H2FrameReader(this, mux.awaitsPreface(), mux.answers(), terms.maxFrame(), setup.maxHead(), setup.scratch());
        heads = new H2HeadReader(terms.tableSize(), setup.maxHead(), setup.maxHeaders(),
                mux.answers() && terms.websockets());
    }

    /** @param more by how much the connection's window was opened */
    void begin(int more) {
        window += Math.max(0, more);
        acknowledgements = 1;
        budget = new H2Budget(mux.connection().worker().nowMs());
    }

    void received(ByteBuf bytes) {
        frames.read(bytes);
        if (frames.error() != null && frames.awaitsSettings()) {
            // another protocol: who speaks it would not understand a goodbye
            mux.hangUp();
        } else if (frames.error() != null) {
            mux.glitch();
            mux.finish(frames.error());
        }
    }

    void stop() {
        frames.stop();
    }

    void movedTo(H2Setup next) {
        setup = next;
        frames.movedTo(next.scratch());
    }

    /** The last stream that was taken from the peer. */
    int lastNumber() {
        return lastNumber;
    }

    void resetByUs(int number) {
        reset[resets++ & REMEMBERED - 1] = number;
    }

    private boolean wasResetByUs(int number) {
        for (int each : reset) {
            if (each == number) {
                return true;
            }
        }
        return false;
    }

    private H2Error spend(H2Abuse what) {
        return budget.spend(what, mux.connection().worker().nowMs()) ? null : H2Error.ENHANCE_YOUR_CALM;
    }

    /** An oddity that costs its stream at most. */
    private H2Error glitch() {
        return mux.glitch() ? spend(H2Abuse.MALFORMED) : H2Error.ENHANCE_YOUR_CALM;
    }

    /** Numbers that nobody has used yet. */
    private boolean isUnused(int number) {
        return mux.answers() ? (number & 1) == 0 || number > lastNumber : (number & 1) == 0 || mux.isUnsent(number);
    }

    @Override
    public H2Error dataBegun(int number, int payload) {
        mux.count(H2Event.DATA_RECEIVED);
        frameBytes = payload;
        bodyBytes = 0;
        window -= payload;
        if (window < 0) {
            return H2Error.FLOW_CONTROL_ERROR;
        }
        uncredited += payload;
        if (uncredited >= H2Frames.USUAL_WINDOW / 2) {
            window += uncredited;
            mux.sendWindow(0, uncredited);
            uncredited = 0;
        }
        if (isUnused(number)) {
            return H2Error.PROTOCOL_ERROR;
        }
        current = mux.find(number);
        if (current == null) {
            return wasResetByUs(number) ? null : closed(number);
        }
        if (!mux.answers() && current.in().awaitsHead()) {
            return fail(H2Error.PROTOCOL_ERROR);
        }
        return current.in().reserve(payload) ? null : fail(H2Error.FLOW_CONTROL_ERROR);
    }

    private H2Error closed(int number) {
        mux.sendReset(number, H2Error.STREAM_CLOSED);
        return glitch();
    }

    /** The current stream is beyond help, the others are not. */
    private H2Error fail(H2Error code) {
        mux.count(H2Event.STREAM_FAULT);
        H2Stream failed = current;
        current = null;
        mux.sendReset(failed.id(), code);
        failed.broken(mux.answers() ? Reason.RESET : Reason.PROTOCOL);
        return glitch();
    }

    @Override
    public void data(int number, ByteBuf piece) {
        bodyBytes += piece.readableBytes();
        if (current == null) {
            piece.release();
            return;
        }
        H2Error wrong = current.in().data(piece);
        if (wrong != null) {
            trouble = fail(wrong);
        }
    }

    @Override
    public H2Error dataEnded(int number, boolean last) {
        H2Stream stream = current;
        H2Error wrong = trouble;
        trouble = null;
        if (wrong != null || stream == null || stream.isDead() || stream.id() != number) {
            current = null;
            return wrong;
        }
        if (frameBytes > bodyBytes) {
            stream.in().skipped(frameBytes - bodyBytes);
        }
        if (last) {
            wrong = stream.in().ended(null);
            wrong = wrong == null ? null : fail(wrong);
        } else if (bodyBytes == 0) {
            wrong = spend(H2Abuse.EMPTY);
        }
        current = null;
        return wrong;
    }

    @Override
    public H2Error headers(int number, byte[] block, int from, int to, boolean last) {
        mux.count(H2Event.HEADERS_RECEIVED);
        H2Stream stream = mux.find(number);
        if (stream != null) {
            current = stream;
            return mux.answers() || !stream.in().awaitsHead() ? trailers(stream, block, from, to, last)
                    : answer(stream, block, from, to, last);
        }
        if (!mux.answers()) {
            return isUnused(number) ? H2Error.PROTOCOL_ERROR : skip(number, block, from, to);
        }
        if ((number & 1) == 0) {
            return H2Error.PROTOCOL_ERROR;
        }
        return number > lastNumber ? request(number, block, from, to, last) : skip(number, block, from, to);
    }

    /** Of a stream that is gone: only the table has to be kept. */
    private H2Error skip(int number, byte[] block, int from, int to) {
        if (!wasResetByUs(number)) {
            return H2Error.STREAM_CLOSED;
        }
        Head unwanted = setup.heads().take();
        H2HeadReader.Outcome outcome = heads.trailers(unwanted, block, from, to);
        setup.heads().give(unwanted);
        return fatal(outcome);
    }

    private static H2Error fatal(H2HeadReader.Outcome outcome) {
        return switch (outcome) {
            case GOOD, MALFORMED -> null;
            case BROKEN -> H2Error.COMPRESSION_ERROR;
            case TOO_BIG -> H2Error.ENHANCE_YOUR_CALM;
        };
    }

    private H2Error request(int number, byte[] block, int from, int to, boolean last) {
        lastNumber = number;
        H2Stream stream = mux.take(number);
        current = stream;
        Head head = stream.takeHead();
        H2HeadReader.Outcome outcome = heads.request(head, block, from, to, last);
        H2Error wrong = fatal(outcome);
        if (wrong != null) {
            current = null;
            stream.broken(Reason.PROTOCOL);
            return wrong;
        }
        if (outcome == H2HeadReader.Outcome.MALFORMED) {
            drop(stream, H2Error.PROTOCOL_ERROR);
            return glitch();
        }
        if (number > mux.lastTaken()) {
            // who has been told goodbye asks somebody else; only what cannot be honest is an error
            stream.cut(H2Error.REFUSED_STREAM);
            return spend(H2Abuse.MALFORMED);
        }
        if (mux.streams() > setup.terms().streams()) {
            stream.cut(H2Error.REFUSED_STREAM);
            return glitch();
        }
        boolean tunnel = H2HeadReader.isTunnel(head);
        if (tunnel && last) {
            drop(stream, H2Error.PROTOCOL_ERROR);
            return glitch();
        }
        taken++;
        if (setup.terms().totalStreams() > 0 && taken >= setup.terms().totalStreams()) {
            mux.leaveSoftly();
        }
        stream.out().answers(head.method() == Method.HEAD);
        if (tunnel) {
            stream.asksTunnel();
        }
        mux.owner().requested(stream);
        stream.in().message(Kind.REQUEST, last);
        return null;
    }

    private void drop(H2Stream stream, H2Error code) {
        mux.count(H2Event.STREAM_FAULT);
        current = null;
        stream.cut(code);
    }

    private H2Error answer(H2Stream stream, byte[] block, int from, int to, boolean last) {
        Head head = stream.takeHead();
        H2HeadReader.Outcome outcome = heads.answer(head, block, from, to, last, stream.in().isBodiless());
        H2Error wrong = fatal(outcome);
        if (wrong != null) {
            return wrong;
        }
        if (outcome == H2HeadReader.Outcome.MALFORMED) {
            return fail(H2Error.PROTOCOL_ERROR);
        }
        if (head.status() < 200) {
            stream.in().inform();
        } else if (stream.isTunnelAsked() && head.status() < 300) {
            grant(stream, head);
            stream.in().message(Kind.TUNNEL, last);
        } else {
            stream.in().message(Kind.FINAL, last);
        }
        return null;
    }

    /** A websocket that is granted looks as HTTP/1 would have it. */
    private static void grant(H2Stream stream, Head head) {
        head.framing(dev.weir.wire.http.Framing.NONE, 0);
        if (stream.proof() != null) {
            head.setStatus(101, SWITCHING, 0, SWITCHING.length);
            head.add(HeaderName.UPGRADE, WEBSOCKET);
            head.add(HeaderName.CONNECTION, UPGRADE);
            head.add(HeaderName.SEC_WEBSOCKET_ACCEPT, stream.proof());
        }
    }

    private H2Error trailers(H2Stream stream, byte[] block, int from, int to, boolean last) {
        Head list = setup.heads().take();
        H2HeadReader.Outcome outcome = heads.trailers(list, block, from, to);
        H2Error wrong = fatal(outcome);
        if (wrong == null) {
            H2Error code = stream.in().peerEnded() ? H2Error.STREAM_CLOSED
                    : outcome != H2HeadReader.Outcome.GOOD || !last || stream.isTunnelAsked()
                    ? H2Error.PROTOCOL_ERROR : stream.in().ended(list);
            wrong = code == null ? null : fail(code);
        }
        setup.heads().give(list);
        return wrong;
    }

    @Override
    public H2Error reset(int number, H2Error code) {
        mux.count(H2Event.RESET_RECEIVED);
        if (isUnused(number)) {
            return H2Error.PROTOCOL_ERROR;
        }
        H2Stream stream = mux.find(number);
        if (stream != null) {
            stream.reset(code);
        }
        return mux.answers() ? spend(H2Abuse.RESET) : null;
    }

    @Override
    public H2Error setting(int id, long value) {
        return mux.peerSetting(id, value);
    }

    @Override
    public H2Error settings() {
        mux.count(H2Event.SETTINGS_RECEIVED);
        mux.settled();
        return spend(H2Abuse.SETTINGS);
    }

    @Override
    public H2Error settingsAcknowledged() {
        mux.acknowledged();
        return --acknowledgements < 0 ? glitch() : null;
    }

    @Override
    public H2Error ping(long opaque) {
        mux.control(H2Frames.pingAck(opaque));
        return spend(H2Abuse.PING);
    }

    @Override
    public H2Error goAway(int last, H2Error code) {
        mux.count(H2Event.GOAWAY_RECEIVED);
        mux.peerLeaves(last);
        return null;
    }

    @Override
    public H2Error windowUpdate(int number, int increment) {
        if (number == 0) {
            return increment == 0 ? H2Error.PROTOCOL_ERROR
                    : !mux.widen(increment) ? H2Error.FLOW_CONTROL_ERROR : tiny(increment);
        }
        if (isUnused(number)) {
            return H2Error.PROTOCOL_ERROR;
        }
        current = mux.find(number);
        if (current == null) {
            return null;
        }
        if (increment == 0) {
            return fail(H2Error.PROTOCOL_ERROR);
        }
        if (!current.out().widen(increment)) {
            return fail(H2Error.FLOW_CONTROL_ERROR);
        }
        mux.resume(current);
        current = null;
        return tiny(increment);
    }

    private H2Error tiny(int increment) {
        return increment < 64 ? spend(H2Abuse.TINY_WINDOW) : null;
    }

    @Override
    public H2Error ignored(int type, int number) {
        if (type == H2Frames.PING) {
            mux.ponged();
        }
        return spend(type == H2Frames.PRIORITY ? H2Abuse.PRIORITY
                : type == H2Frames.PING ? H2Abuse.PING : H2Abuse.UNKNOWN);
    }
}
