package dev.weir.upkeep.ocsp;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import dev.weir.wire.h1.H1Body;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1ResponseParser;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Heads;
import dev.weir.wire.http.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One question over HTTP and its answer, in a connection of its own. Owned by the Conductor. */
final class OcspFetch extends Timer implements Mux, Dialer.DialOutcome {

    /** Told once. */
    interface Owner {

        /** @param type what the answer says of its content, empty for nothing */
        void answered(int status, String type, byte[] body);

        /** @param connected whether anybody was there */
        void failed(boolean connected);
    }

    private static final int PATIENCE_MS = 10_000;
    private static final int LARGEST = 65_536;
    private static final int MOST_HEADERS = 101;
    private static final HeaderName TYPE = HeaderName.of("content-type");

    private final Owner owner;
    private final byte[] request;
    private final Head head = new Head();
    private final H1ResponseParser parser;
    private final H1Body framed;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private ByteBuf unread;
    private Connection connection;
    private boolean connected;
    private boolean hasHead;
    private boolean over;

    OcspFetch(Owner owner, byte[] request) {
        this.owner = owner;
        this.request = request;
        H1Limits limits = new H1Limits(LARGEST, MOST_HEADERS, false);
        parser = new H1ResponseParser(limits);
        framed = new H1Body(limits, new Heads());
        parser.asked(Method.GET, false, false);
        parser.begin(head);
    }

    void begin(Worker worker, Address target) {
        worker.arm(this, PATIENCE_MS);
        connection = Connection.dial(worker, Dialer.PLAIN, target, null, this, this);
    }

    @Override
    protected void fire(long nowMs) {
        fail();
    }

    @Override
    public void opened(Connection made) {
        connection = made;
        connected = true;
        if (over) {
            made.close();
            return;
        }
        made.write(Unpooled.wrappedBuffer(request));
        made.flush();
    }

    @Override
    public void received(ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        unread = unread == null ? bytes : Unpooled.wrappedBuffer(unread, bytes);
        if (!hasHead) {
            switch (parser.parse(unread)) {
                case NEED_MORE -> parser.forget();
                case BAD -> fail();
                case DONE -> {
                    hasHead = true;
                    unread.skipBytes(parser.pending());
                    framed.begin(head.framing(), head.bodyLength());
                }
            }
        }
        if (hasHead) {
            read();
        }
    }

    private void read() {
        for (int count = framed.isDone() ? 0 : framed.next(unread); count > 0; count = framed.next(unread)) {
            byte[] piece = new byte[count];
            unread.readBytes(piece);
            body.writeBytes(piece);
        }
        if (framed.error() != null || body.size() > LARGEST) {
            fail();
        } else if (framed.isDone()) {
            answer();
        }
    }

    private void answer() {
        int at = head.find(TYPE);
        String type = at < 0 ? "" : new String(head.area(), head.valueAt(at), head.valueLength(at), StandardCharsets.US_ASCII);
        end();
        owner.answered(head.status(), type, body.toByteArray());
    }

    @Override
    public void inputEnded() {
        if (over) {
            return;
        }
        if (hasHead && framed.endsWithConnection()) {
            answer();
        } else {
            fail();
        }
    }

    @Override
    public void broken(Reason reason) {
        fail();
    }

    @Override
    public void failed(Throwable cause) {
        fail();
    }

    private void fail() {
        if (!over) {
            end();
            owner.failed(connected);
        }
    }

    private void end() {
        over = true;
        if (unread != null) {
            unread.release();
            unread = null;
        }
        if (connection != null) {
            connection.worker().remove(this);
            connection.close();
        }
    }
}
