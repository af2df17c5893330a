package dev.weir.net.mux;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.Dialer;
import dev.weir.net.sock.SockOpt;
import dev.weir.net.sock.StreamSocket;
import dev.weir.net.tls.TlsFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * A socket, what encrypts it, and the engine that speaks on it, on either side. It is the one handler at the tail of
 * the channel's pipeline; the protocol changes by a field, not by handlers.
 *
 * <p>Reading is on until {@link #pauseReading}. Writing never blocks: what the kernel does not take is kept, and
 * {@link #isWritable} says whether there is too much of it. Worker-owned.
 */
public final class Connection extends ChannelInboundHandlerAdapter {

    private static final Integer NO_LINGER = 0;
    private static final long LINGER_MS = 60_000;
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private Worker worker;
    private final Channel channel;
    private Mux mux;
    /** What encrypts it, or null. */
    private Encryption encryption;
    private ByteBuf tail;
    /** Where the connection says it comes from and goes to: the socket's addresses until a PROXY header or rule. */
    private Address source;
    private Address destination;
    private boolean open;
    private boolean outputEnded;
    private boolean ending;
    private Lingering lingering;
    private int idlePingMs;

    /** How often the peer is to be asked whether it is there while nothing is under way, 0 for never. */
    public int idlePingMs() {
        return idlePingMs;
    }

    public void idlePingMs(int every) {
        idlePingMs = every;
    }

    /** Its descriptor, or -1 where Java keeps it to itself. */
    public int descriptor() {
        return channel instanceof UnixChannel unix ? unix.fd().intValue() : -1;
    }

    Connection(Worker worker, Channel channel, Mux first) {
        this.worker = worker;
        this.channel = channel;
        this.mux = first;
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setWriteBufferWaterMark(UNSENT);
        channel.pipeline().addLast(this);
    }

    /** Dials: the engine is told when the connection is open, the outcome when it cannot be. */
    public static Connection dial(Worker worker, Dialer dialer, Address target, Address from, Mux first,
            Dialer.DialOutcome outcome) {
        Channel channel = dialer.open(worker, target);
        Connection connection = channel == null ? null : new Connection(worker, channel, first);
        if (connection != null) {
            connection.begin();
        }
        dialer.connect(channel, worker.engine(), target, from, outcome);
        return connection;
    }

    /** Gives the socket to its worker; from then on the engine hears of it. */
    void begin() {
        worker.register(channel);
    }

    public Worker worker() {
        return worker;
    }

    /** Told, on the new worker, whether a connection has come over. */
    interface Moved {
        void moved(boolean alive);
    }

    /**
     * Gives an idle connection to another worker. What is outstanding on it ends first; if the peer uses that moment to
     * say or end something, the connection is no longer idle and is closed instead.
     */
    void moveTo(Worker next, Moved told) {
        moveTo(next, mux, new Quiet(false), told);
    }

    /** The same, and what the peer says meanwhile is kept for the engine. */
    void moveTo(Worker next, Mux engine, Moved told) {
        moveTo(next, engine, new Quiet(true), told);
    }

    private void moveTo(Worker next, Mux engine, Quiet quiet, Moved told) {
        become(quiet);
        // with io_uring a read is outstanding, which must not be left behind on the old ring
        channel.config().setAutoRead(false);
        channel.deregister().addListener(done -> {
            boolean good = done.isSuccess() && quiet.undisturbed && open;
            if (!good) {
                become(Mux.NOBODY);
                channel.close();
            }
            next.execute(() -> {
                if (good) {
                    worker = next;
                    next.register(channel);
                    channel.config().setAutoRead(true);
                    mux = engine;
                }
                told.moved(good);
                quiet.handOn(good ? this : null);
            });
        });
    }

    /** The engine of a connection between two workers. */
    private static final class Quiet implements Mux {

        private final boolean keeps;
        private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>(0);
        private boolean undisturbed = true;

        Quiet(boolean keeps) {
            this.keeps = keeps;
        }

        void handOn(Connection moved) {
            for (ByteBuf bytes = kept.poll(); bytes != null; bytes = kept.poll()) {
                if (moved != null && moved.isOpen()) {
                    moved.handOn(bytes);
                } else {
                    bytes.release();
                }
            }
        }

        @Override
        public void opened(Connection connection) {
            // it is open all the time
        }

        @Override
        public void received(ByteBuf bytes) {
            if (keeps) {
                kept.add(bytes);
                return;
            }
            bytes.release();
            undisturbed = false;
        }

        @Override
        public void inputEnded() {
            undisturbed = false;
        }

        @Override
        public void broken(Reason reason) {
            undisturbed = false;
        }
    }

    public boolean isOpen() {
        return open;
    }

    /** Puts an engine in charge again that had the connection before and lent it. */
    void giveBackTo(Mux former) {
        mux = former;
    }

    /** Encrypts all that comes and goes from now on. */
    void encrypt(Encryption by) {
        encryption = by;
    }

    Channel channel() {
        return channel;
    }

    /** What is known of its encryption, or null when there is none. */
    public TlsFacts tls() {
        return encryption == null ? null : encryption.facts();
    }

    /** The engine in charge. */
    public Mux engine() {
        return mux;
    }

    /** Puts another engine in charge. The caller hands on what has been read. */
    public void become(Mux next) {
        mux = next;
        next.opened(this);
    }

    /** Gives bytes that were read before to the engine in charge, as if they came now. */
    public void handOn(ByteBuf bytes) {
        if (bytes.isReadable()) {
            mux.received(bytes);
            mux.receivedAll();
        } else {
            bytes.release();
        }
    }

    /** The peer's address, or what stands for it. */
    public Address source() {
        if (source == null) {
            source = StreamSocket.fromNetty(channel.remoteAddress());
        }
        return source;
    }

    /** Our address, or what stands for it. */
    public Address destination() {
        if (destination == null) {
            destination = StreamSocket.fromNetty(channel.localAddress());
        }
        return destination;
    }

    public void source(Address address) {
        source = address;
    }

    public void destination(Address address) {
        destination = address;
    }

    /** Has the kernel watch over an idle peer. */
    public void keepAlive(Dialer.KeepAlive settings) {
        if (channel instanceof UnixChannel unix && !(channel instanceof DomainSocketChannel)) {
            settings.apply(StreamSocket.of(unix.fd().intValue()));
        }
    }

    /** Numbers of the kernel about it, null where it has none: see {@link StreamSocket#tcpInfo}. */
    public long[] tcpInfo() {
        boolean tcp = open && channel instanceof UnixChannel && !(channel instanceof DomainSocketChannel);
        return tcp ? StreamSocket.tcpInfo(StreamSocket.of(((UnixChannel) channel).fd().intValue())) : null;
    }

    /** The first packet of the client, where the listener keeps those, or null. */
    public byte[] savedSyn() {
        boolean tcp = open && channel instanceof UnixChannel && !(channel instanceof DomainSocketChannel);
        return tcp ? StreamSocket.savedSyn(StreamSocket.of(((UnixChannel) channel).fd().intValue())) : null;
    }

    /** Sets an option of the socket; false where it has none such or the kernel refuses. */
    public boolean option(SockOpt option, int value) {
        return open && channel instanceof UnixChannel unix
                && option.set(StreamSocket.of(unix.fd().intValue()), value) == null;
    }

    /** Sets the type of service of what is sent. */
    public boolean typeOfService(int value) {
        return option(destination().family() == dev.weir.base.address.Family.IPV6 ? SockOpt.IPV6_TCLASS : SockOpt.IP_TOS,
                value);
    }

    /** Lets the connection disappear: the peer is told nothing, as far as we may do that. */
    public void vanish() {
        if (open && channel instanceof UnixChannel unix) {
            StreamSocket socket = StreamSocket.of(unix.fd().intValue());
            if (SockOpt.TCP_REPAIR.set(socket, 1) != null) {
                // not allowed: a reset that dies on its way
                SockOpt.IP_TTL.set(socket, 1);
                closeWithReset();
                return;
            }
        }
        channel.close();
    }

    /** A closed one is left alone: its descriptor's number may be another connection's by now. */
    public void pauseReading() {
        if (channel.isOpen()) {
            channel.config().setAutoRead(false);
        }
    }

    public void resumeReading() {
        if (channel.isOpen()) {
            channel.config().setAutoRead(true);
        }
    }

    /** Takes the bytes and keeps them for the next flush. */
    public void write(ByteBuf bytes) {
        writeTail();
        send(bytes);
    }

    /** Takes bytes that may still grow, as {@link #tail} gives them, until others are written or all is flushed. */
    public void writeGrowing(ByteBuf bytes) {
        writeTail();
        tail = bytes;
    }

    /** The end of what was written, if so many bytes can be added to it, or null. */
    public ByteBuf tail(int bytes) {
        return tail != null && tail.writableBytes() >= bytes ? tail : null;
    }

    private void writeTail() {
        if (tail != null) {
            ByteBuf out = tail;
            tail = null;
            send(out);
        }
    }

    private void send(ByteBuf bytes) {
        if (open && !outputEnded && !ending) {
            if (encryption == null) {
                channel.write(bytes, channel.voidPromise());
            } else {
                encryption.write(bytes);
            }
        } else {
            bytes.release();
        }
    }

    public void flush() {
        writeTail();
        if (encryption != null) {
            encryption.seal();
        }
        channel.flush();
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Ends our direction once all that was written has left. */
    public void endOutput() {
        if (open && !outputEnded && !ending) {
            writeTail();
            ending = true;
            sayEnd();
            whenFlushed(this::shutdownOutput);
        }
    }

    private void shutdownOutput() {
        if (open && !outputEnded) {
            outputEnded = true;
            ((DuplexChannel) channel).shutdownOutput();
            mux.outputEnded();
        }
    }

    /**
     * Closes once all that was written has left.
     *
     * @param patienceMs how long the peer may take to read it, 0 for a minute
     */
    public void closeAfterFlush(int patienceMs) {
        if (open) {
            writeTail();
            ending = true;
            sayEnd();
            if (!isFlushed()) {
                lingering = new Lingering();
                worker.arm(lingering, patienceMs > 0 ? patienceMs : LINGER_MS);
            }
            whenFlushed(channel::close);
        }
    }

    /** Where it is encrypted, the end is told inside too, so that nobody else can have made it. */
    private void sayEnd() {
        if (encryption != null) {
            encryption.end();
        }
    }

    /** Ends the wait for a peer that does not read. */
    private final class Lingering extends Timer {
        @Override
        protected void fire(long nowMs) {
            channel.close();
        }
    }

    private boolean isFlushed() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent == null || unsent.isEmpty() && unsent.totalPendingWriteBytes() == 0;
    }

    /** Whether the kernel may move bytes to it past us, once all that was written has left. */
    boolean takesBytes() {
        return givesBytes() && !outputEnded && !ending;
    }

    /** Whether the kernel may move bytes from it past us, while nobody reads. */
    boolean givesBytes() {
        return open && encryption == null && channel instanceof UnixChannel;
    }

    /** Whether somebody may be reading from it now. */
    boolean isReading() {
        return worker.engine().isReading(channel);
    }

    /** Whether all that was written is with the kernel. */
    boolean isIdleOut() {
        return tail == null && isFlushed();
    }

    /** Sends what was written, and tells in a later moment when the kernel has it all, or never will. */
    void flushThen(Runnable told) {
        writeTail();
        // within the channel's own account of what has left nobody may add to it
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> worker.execute(told));
    }

    /** Closes now; what was not sent is lost. */
    public void close() {
        channel.close();
    }

    /** Closes with a reset instead of an orderly end. */
    public void closeWithReset() {
        if (open && channel instanceof UnixChannel unix) {
            SockOpt.SO_LINGER.set(StreamSocket.of(unix.fd().intValue()), new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
        } else if (open) {
            channel.config().setOption(ChannelOption.SO_LINGER, NO_LINGER);
        }
        channel.close();
    }

    private void whenFlushed(Runnable then) {
        if (isFlushed()) {
            then.run();
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> then.run());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        worker.stints().begin();
        open = true;
        mux.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        worker.stints().begin();
        if (encryption == null) {
            mux.received((ByteBuf) message);
        } else {
            encryption.received((ByteBuf) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        mux.receivedAll();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            worker.stints().begin();
            mux.writable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && open) {
            worker.stints().begin();
            if (encryption == null) {
                mux.inputEnded();
            } else {
                encryption.inputEnded();
            }
        }
    }

    /** A read or write failed: the peer reset the connection, or the way to it is gone. All else is a bug of ours. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            worker.bug(cause);
        }
        breakOff();
        channel.close();
    }

    /** The peer says what nobody can read. */
    void lost() {
        breakOff();
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        worker.stints().begin();
        breakOff();
    }

    private void breakOff() {
        if (lingering != null) {
            worker.remove(lingering);
        }
        if (tail != null) {
            tail.release();
            tail = null;
        }
        if (open) {
            open = false;
            mux.broken(Reason.RESET);
        }
        if (encryption != null) {
            encryption.close();
        }
    }
}
