package dev.weir.net.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What encrypts one connection: bytes of the peer go in and text comes out, and the other way round. Text that is written
 * is gathered until {@link #seal}, so that a head and its body share a record.
 *
 * <p>The library reads from and writes to memory; it never sees a socket. A link may be told to end while it hands out
 * text: then it is freed when that call returns. Worker-owned; it may change its worker with its connection.
 */
public final class TlsLink {

    /** The connection that is encrypted. */
    public interface Carrier {

        /** Text of the peer; the receiver owns it. */
        void opened(ByteBuf text);

        /** Bytes for the peer. */
        void sealed(ByteBuf bytes);

        /** Sends what was sealed. */
        void send();

        void established();

        void failed(TlsFault fault);

        /** The peer has ended its direction in order. */
        void ended();
    }

    private static final int RECORD = 16384;
    private static final int LEAST_READ = 1024;
    private static final int LEAST_DIRECT = 4096;
    /** Bytes after which a stream counts as bulk, whose records may be long. */
    private static final int BULK = 1 << 16;
    private static final byte[] UNKNOWN_NAME_ALERT = {21, 3, 1, 0, 2, 2, 112};
    private static final int HOSTNAME_MISMATCH = 62;
    private static final int EARLY_MORE = 1;
    private static final int EARLY_OVER = 2;

    private final Carrier carrier;
    private final CertificateChoice choice;
    private TlsContext context;
    private TlsClient client;
    private ByteBuf hello;
    private ByteBuf gathered;
    private long ssl;
    private long in;
    private long out;
    private ByteBuf early;
    private boolean earlyRead;
    private int sentInRow;
    private boolean established;
    /** The handshake is over; established is earlier where early data is taken. */
    private boolean shaken;
    /** We have told the peer that nothing more comes. */
    private boolean ended;
    private boolean over;
    private boolean doomed;
    private int busy;
    private final TlsFacts facts = new TlsFacts();

    private TlsLink(Carrier carrier, CertificateChoice choice) {
        this.carrier = carrier;
        this.choice = choice;
        counters().open();
    }

    /** Those of its side. */
    public TlsCounters counters() {
        return choice != null ? TlsCounters.FRONT : TlsCounters.BACK;
    }

    /** For a connection that was accepted: the certificate is chosen by what the client says. */
    public static TlsLink accepting(Carrier carrier, CertificateChoice choice) {
        return new TlsLink(carrier, choice);
    }

    /** For a connection that was dialled; {@link #start} says hello. */
    public static TlsLink dialling(Carrier carrier, TlsClient client) {
        TlsLink link = new TlsLink(carrier, null);
        link.client = client;
        link.context = client.context();
        return link;
    }

    /** What is known about it; stays when the connection has gone. */
    public TlsFacts facts() {
        return facts;
    }

    TlsContext context() {
        return context;
    }

    public boolean isEstablished() {
        return established;
    }

    /** Says hello to a server. */
    public void start() {
        busy++;
        open();
        OpenSsl.call("SSL_set_connect_state", ssl);
        client.prepare(ssl);
        shakeHands();
        leave();
    }

    private void open() {
        ssl = OpenSsl.call("SSL_new", context.pointer());
        long memory = OpenSsl.call("BIO_s_mem");
        in = OpenSsl.call("BIO_new", memory);
        out = OpenSsl.call("BIO_new", memory);
        OpenSsl.call("SSL_set_bio", ssl, in, out);
    }

    /** Bytes of the peer; they are released. */
    public void received(ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        busy++;
        int length = bytes.readableBytes();
        if (ssl != 0) {
            feed(bytes);
        } else {
            greet(bytes);
        }
        if (ssl != 0 && !shaken && !over) {
            shakeHands();
        }
        if (shaken && !over) {
            readAll(length);
        }
        leave();
    }

    private void leave() {
        if (--busy == 0 && doomed) {
            free();
        }
    }

    /** Waits for the whole hello, for the certificate depends on it. */
    private void greet(ByteBuf bytes) {
        hello = hello == null ? bytes : hello.alloc().compositeBuffer().addFlattenedComponents(true, hello)
                .addFlattenedComponents(true, bytes);
        Hello said = Hello.of(hello);
        if (said.state() == Hello.State.INCOMPLETE) {
            return;
        }
        facts.hello(said, choice.capture());
        context = choice.context(said);
        if (context == null) {
            ByteBuf alert = ByteBufAllocator.DEFAULT.directBuffer(UNKNOWN_NAME_ALERT.length);
            carrier.sealed(alert.writeBytes(UNKNOWN_NAME_ALERT));
            carrier.send();
            fail(TlsFault.HANDSHAKE);
            return;
        }
        open();
        OpenSsl.call("SSL_set_accept_state", ssl);
        ByteBuf first = hello;
        hello = null;
        feed(first);
    }

    private void feed(ByteBuf bytes) {
        ByteBuf direct = Memory.direct(bytes);
        int length = direct.readableBytes();
        if (length > 0) {
            OpenSsl.bioWrite(in, Memory.address(direct) + direct.readerIndex(), length);
        }
        direct.release();
    }

    private void shakeHands() {
        Upcalls.CURRENT.set(this);
        OpenSsl.clearErrors();
        int result = readEarly() ? OpenSsl.handshake(ssl) : 0;
        int error = result == 1 ? 0 : OpenSsl.error(ssl, result);
        if (error != 0 && error != OpenSsl.WANT_READ) {
            facts.error((int) OpenSsl.call("ERR_peek_error"));
        }
        Upcalls.CURRENT.remove();
        drain();
        carrier.send();
        if (doomed) {
            // sending found out that the peer has gone
            return;
        }
        if (result == 1) {
            finished();
        } else if (error != OpenSsl.WANT_READ) {
            fail(faultOf());
        } else if (early != null) {
            begunEarly();
        }
    }

    private void finished() {
        shaken = true;
        facts.established(ssl, context, client != null);
        facts.early(false);
        context.count(facts.isResumed());
        if (client != null) {
            client.established(ssl);
        }
        establish();
        handOutEarly();
    }

    private void establish() {
        if (!established) {
            established = true;
            carrier.established();
        }
    }

    /** What came with the hello is handed out before the handshake is over, where both have agreed on a protocol. */
    private void begunEarly() {
        if (!established) {
            facts.established(ssl, context, false);
            if (facts.alpn() == null) {
                return;
            }
            facts.early(true);
            establish();
        }
        handOutEarly();
    }

    /** Reads what a client sends along with its hello, where that is allowed; says whether that is over. */
    private boolean readEarly() {
        if (choice == null || !context.takesEarlyData() || earlyRead) {
            return true;
        }
        ByteBuf room = ByteBufAllocator.DEFAULT.directBuffer(RECORD + Long.BYTES);
        long at = Memory.address(room);
        int step = EARLY_MORE;
        while (step == EARLY_MORE) {
            room.setLong(RECORD, 0);
            step = (int) OpenSsl.call("SSL_read_early_data", ssl, at, RECORD, at + RECORD);
            int length = step == EARLY_MORE ? (int) room.getLongLE(RECORD) : 0;
            if (length > 0) {
                early = early == null ? ByteBufAllocator.DEFAULT.directBuffer(length) : early;
                early.writeBytes(room, 0, length);
            }
        }
        room.release();
        earlyRead = step == EARLY_OVER;
        return earlyRead;
    }

    private void handOutEarly() {
        if (early != null && !doomed) {
            ByteBuf text = early;
            early = null;
            carrier.opened(text);
        }
    }

    private TlsFault faultOf() {
        if (facts.certificateError() == HOSTNAME_MISMATCH) {
            return client != null && client.verifiesName() ? TlsFault.MISMATCH_SNI : TlsFault.MISMATCH;
        }
        if (client != null) {
            return TlsFault.HANDSHAKE;
        }
        return facts.authorityError() != 0 && !context.ignoresAuthority(facts.authorityError()) ? TlsFault.CA_FAIL
                : facts.certificateError() != 0 && !context.ignoresCertificate(facts.certificateError())
                        ? TlsFault.CRT_FAIL : TlsFault.HANDSHAKE;
    }

    /** Whether an error in the peer's chain is to be ignored. */
    boolean judge(int error, int depth) {
        facts.verifyError(error, depth);
        return depth > 0 ? context.ignoresAuthority(error) : context.ignoresCertificate(error);
    }

    void secret(byte[] line) {
        facts.secret(line);
    }

    private void readAll(int usual) {
        int size = Math.clamp(usual, LEAST_READ, RECORD);
        while (!doomed && !over) {
            ByteBuf text = ByteBufAllocator.DEFAULT.directBuffer(size);
            // asked at once: whoever gets the text may write, and the library forgets
            int result = fill(text);
            int error = result > 0 ? 0 : OpenSsl.error(ssl, result);
            int reason = error == 0 || error == OpenSsl.WANT_READ ? 0 : (int) OpenSsl.call("ERR_peek_error");
            boolean any = text.isReadable();
            if (any) {
                sentInRow = 0;
                carrier.opened(text);
            } else {
                text.release();
            }
            if (result <= 0) {
                stopReading(error, reason);
                return;
            }
        }
    }

    /** The last result of the library: positive when the buffer is full and there may be more. */
    private int fill(ByteBuf text) {
        long at = Memory.address(text);
        int result = 1;
        while (result > 0 && text.isWritable()) {
            OpenSsl.clearErrors();
            result = OpenSsl.read(ssl, at + text.writerIndex(), text.writableBytes());
            if (result > 0) {
                text.writerIndex(text.writerIndex() + result);
            }
        }
        return result;
    }

    private void stopReading(int error, int reason) {
        if (doomed || over) {
            return;
        }
        if (OpenSsl.bioPending(out) > 0) {
            drain();
            carrier.send();
        }
        if (doomed) {
            return;
        }
        if (client != null) {
            client.received(ssl);
        }
        if (error == OpenSsl.ZERO_RETURN) {
            carrier.ended();
        } else if (error != OpenSsl.WANT_READ) {
            facts.error(reason);
            fail(TlsFault.ABORT);
        }
    }

    private void fail(TlsFault fault) {
        if (doomed) {
            return;
        }
        over = true;
        facts.fault(fault);
        carrier.failed(fault);
    }

    /** Takes text for the peer; small pieces wait for {@link #seal}. */
    public void write(ByteBuf text) {
        if (over || !established) {
            text.release();
            return;
        }
        int length = text.readableBytes();
        int waiting = gathered == null ? 0 : gathered.readableBytes();
        if (length >= LEAST_DIRECT || waiting + length > RECORD) {
            sealGathered();
            sealNow(text);
        } else {
            if (gathered == null) {
                gathered = ByteBufAllocator.DEFAULT.directBuffer(Math.max(length, LEAST_READ), RECORD);
            }
            gathered.writeBytes(text);
            text.release();
        }
    }

    /** Encrypts what waits. */
    public void seal() {
        if (gathered != null) {
            sealGathered();
        }
    }

    private void sealGathered() {
        if (gathered != null) {
            ByteBuf text = gathered;
            gathered = null;
            sealNow(text);
        }
    }

    private void sealNow(ByteBuf text) {
        ByteBuf direct = Memory.direct(text);
        long at = Memory.address(direct) + direct.readerIndex();
        int left = ssl == 0 ? 0 : direct.readableBytes();
        int most = context.maxRecord();
        while (left > 0) {
            int piece = most > 0 && sentInRow < BULK ? Math.min(left, most) : left;
            OpenSsl.clearErrors();
            int taken = shaken ? OpenSsl.write(ssl, at, piece) : writeEarly(at, piece);
            if (taken <= 0) {
                break;
            }
            at += taken;
            left -= taken;
            sentInRow = Math.min(BULK, sentInRow + taken);
        }
        direct.release();
        drain();
        if (left > 0 && !over) {
            fail(TlsFault.ABORT);
        }
    }

    /** Before the handshake is over, to a client that has sent early data. */
    private int writeEarly(long at, int length) {
        ByteBuf count = ByteBufAllocator.DEFAULT.directBuffer(Long.BYTES).setLong(0, 0);
        int result = (int) OpenSsl.call("SSL_write_early_data", ssl, at, length, Memory.address(count));
        int written = (int) count.getLongLE(0);
        count.release();
        return result == 1 ? written : 0;
    }

    /** Gives what the library has for the peer to the carrier. */
    private void drain() {
        int length = OpenSsl.bioPending(out);
        if (length > 0) {
            ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(length);
            int taken = OpenSsl.bioRead(out, Memory.address(bytes), length);
            carrier.sealed(bytes.writerIndex(Math.max(taken, 0)));
        }
    }

    /** Tells the peer that nothing more comes. */
    public void end() {
        seal();
        if (shaken && !over && !ended) {
            ended = true;
            OpenSsl.clearErrors();
            OpenSsl.call("SSL_shutdown", ssl);
            drain();
        }
    }

    /** The connection has gone. */
    public void close() {
        if (!doomed) {
            counters().close();
        }
        over = true;
        doomed = true;
        if (busy == 0) {
            free();
        }
    }

    private void free() {
        if (hello != null) {
            hello.release();
            hello = null;
        }
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
        if (early != null) {
            early.release();
            early = null;
        }
        if (ssl != 0) {
            // else the library takes the session for a broken one and forgets it
            OpenSsl.call("SSL_set_shutdown", ssl, 3);
            OpenSsl.call("SSL_free", ssl);
            ssl = 0;
            facts.gone();
        }
    }
}
