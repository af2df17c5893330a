package dev.weir.net.mux;

import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.ListeningSocket;
import dev.weir.net.sock.PassedConnections;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Accepts on a listening socket for whoever owns it at the moment. It stops accepting when its admission is full, so
 * that further clients wait in the kernel's queue, and goes on when a place is free.
 *
 * <p>It lives on one worker, its home, and hands each connection to the acceptor, which spreads them. An engine that
 * accepts ahead may bring one connection too many: it is parked, unregistered, until there is room. Worker-owned, except
 * for {@link #wake} and {@link #state}.
 */
public final class Listener extends ChannelInboundHandlerAdapter {

    /** The states that {@code show stat} and the log know. */
    public enum State { NEW, READY, FULL, PAUSED, CLOSED }

    /** How long accepting pauses after an error such as too many open files. */
    private static final long PAUSE_AFTER_ERROR_MS = 100;
    private static final long DRAIN_LOOK_MS = 10;
    /** So long a handshake that has begun may take, when a process leaves an address that another one has too. */
    private static final long FOLLOWED_SETTLE_MS = 300;
    private static final long SETTLE_MS = 20;
    /** So long two processes may have a socket in common. */
    private static final long OVERLAP_MS = 60_000;
    public static final Integer ACCEPTS_PER_TURN = 16;

    private final ListeningSocket socket;
    private final Worker home;
    private volatile Admission admission;
    private final Integer mostAtOnce;
    private final Consumer<Throwable> trouble;
    private final ArrayDeque<Channel> parked = new ArrayDeque<>();
    private final Timer retry = new Timer() {
        @Override
        protected void fire(long nowMs) {
            acceptWhileThereIsRoom();
        }
    };
    private volatile Acceptor acceptor;
    private volatile State state = State.NEW;
    private Channel channel;

    /**
     * @param mostAtOnce connections taken from the kernel in one go before other work gets its turn
     * @param trouble told of errors of accept, on the home worker
     */
    public Listener(ListeningSocket socket, Worker home, Admission admission, Acceptor acceptor,
            Integer mostAtOnce, Consumer<Throwable> trouble) {
        this.socket = socket;
        this.home = home;
        this.admission = admission;
        this.acceptor = acceptor;
        this.mostAtOnce = mostAtOnce;
        this.trouble = trouble;
    }

    public Listener(ListeningSocket socket, Worker home, Admission admission, Acceptor acceptor,
            Consumer<Throwable> trouble) {
        this(socket, home, admission, acceptor, ACCEPTS_PER_TURN, trouble);
    }

    public State state() {
        return state;
    }

    public ListeningSocket socket() {
        return socket;
    }

    public Admission admission() {
        return admission;
    }

    public Worker home() {
        return home;
    }

    /** From now on connections belong to this one, under these limits. From any thread. */
    public void handTo(Acceptor next, Admission limits) {
        home.execute(() -> {
            acceptor = next;
            admission = limits;
            acceptWhileThereIsRoom();
        });
    }

    /**
     * Accepts who is in the kernel's queue, then closes the socket: nobody who was let in there is sent away. Whoever
     * finds no room within the patience is. From any thread.
     */
    public void drain(long patienceMs) {
        home.execute(() -> drainUntil(home.nowMs() + patienceMs, 0, false));
    }

    /**
     * The same when another process may have bound the address as well: new clients are sent there meanwhile.
     *
     * @param own how many listeners of ours are at that address
     * @param followed whether there is one for certain, and one that has clients spread over its sockets again later
     */
    public void leave(long patienceMs, int own, boolean followed) {
        home.execute(() -> {
            boolean steers = state != State.CLOSED && socket.steerAway(own);
            long settleMs = !steers ? 0 : followed ? FOLLOWED_SETTLE_MS : SETTLE_MS;
            drainUntil(home.nowMs() + patienceMs, home.nowMs() + settleMs, steers && !followed);
        });
    }

    private void drainUntil(long untilMs, long settledMs, boolean spreads) {
        if (state == State.CLOSED || state == State.PAUSED || state == State.NEW) {
            closeNow();
            return;
        }
        new Timer() {
            @Override
            protected void fire(long nowMs) {
                acceptWhileThereIsRoom();
                boolean settled = nowMs >= settledMs && state == State.READY;
                if (settled || state == State.CLOSED || nowMs >= untilMs) {
                    takeTheRest(false);
                    if (spreads) {
                        socket.spread();
                    }
                    closeNow();
                } else {
                    home.arm(this, DRAIN_LOOK_MS);
                }
            }
        }.fire(home.nowMs());
    }

    /** Ends what the process before us did when it left an address that it shared with us. From any thread. */
    public void spreadLater() {
        home.execute(() -> {
            if (!socket.isTakenOver()) {
                home.arm(new Timer() {
                    @Override
                    protected void fire(long nowMs) {
                        if (state != State.CLOSED) {
                            socket.spread();
                        }
                    }
                }, OVERLAP_MS);
            }
        });
    }

    /**
     * The loop would bring them in its next turn: they must not be there when the socket is closed.
     *
     * @param keeps whether those without a place wait for one
     */
    private void takeTheRest(boolean keeps) {
        boolean unix = socket.isUnix();
        for (int taken = state == State.READY ? socket.accept() : -1; taken >= 0; taken = socket.accept()) {
            Channel accepted = home.engine().adoptStream(taken, unix);
            if (admission.enter()) {
                hand(accepted);
            } else if (keeps) {
                parked.add(accepted);
            } else {
                accepted.unsafe().closeForcibly();
            }
        }
    }

    /** Begins to accept. From any thread. */
    public void start() {
        channel = socket.channel(home.engine());
        channel.config().setOption(ChannelOption.MAX_MESSAGES_PER_READ, mostAtOnce);
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(this);
        home.register(channel);
        home.execute(this::acceptWhileThereIsRoom);
        if (socket.isTakenOver()) {
            home.execute(this::overlap);
        }
    }

    /**
     * As long as the process that made the socket may have it, the kernel may wake that one for a client and nobody when
     * it lets the client wait: so we look ourselves.
     */
    private void overlap() {
        long untilMs = home.nowMs() + OVERLAP_MS;
        new Timer() {
            @Override
            protected void fire(long nowMs) {
                if (state == State.READY) {
                    takeTheRest(true);
                    acceptWhileThereIsRoom();
                }
                if (nowMs < untilMs && state != State.CLOSED) {
                    home.arm(this, DRAIN_LOOK_MS);
                }
            }
        }.fire(home.nowMs());
    }

    /** A place has become free somewhere. From any thread; cheap when nobody waits. */
    public void wake() {
        if (state == State.FULL) {
            home.execute(this::acceptWhileThereIsRoom);
        }
    }

    /**
     * Refuses connections until {@link #resume}, where the kernel can. The loop lets go of the socket meanwhile: it
     * would hear of nothing but its hanging up.
     */
    public void pause() {
        home.execute(() -> {
            if (state != State.CLOSED && state != State.PAUSED) {
                state = State.PAUSED;
                channel.config().setAutoRead(false);
                channel.deregister().addListener(done -> {
                    if (state == State.PAUSED) {
                        socket.suspend();
                    }
                });
            }
        });
    }

    public void resume() {
        home.execute(() -> {
            if (state == State.PAUSED) {
                if (!socket.resume()) {
                    trouble.accept(new IOException("the address of a paused listener has been taken"));
                    return;
                }
                state = State.FULL;
                home.register(channel);
                acceptWhileThereIsRoom();
            }
        });
    }

    /** Stops accepting and closes the socket. From any thread. */
    public void close() {
        home.execute(this::closeNow);
    }

    private void closeNow() {
        state = State.CLOSED;
        home.remove(retry);
        channel.close();
        parked.forEach(Channel::close);
        parked.clear();
    }

    private void acceptWhileThereIsRoom() {
        if (state == State.PAUSED || state == State.CLOSED) {
            return;
        }
        boolean paced = isPaced();
        while (!paced && !parked.isEmpty() && admission.enter()) {
            hand(parked.poll());
            paced = isPaced();
        }
        if (paced) {
            return;
        }
        if (parked.isEmpty() && admission.hasRoom()) {
            state = State.READY;
            channel.config().setAutoRead(true);
        } else {
            becomeFull();
        }
    }

    /** Whether enough have come lately; the timer then looks again. */
    private boolean isPaced() {
        int waitMs = admission.waitMs(home.nowMs());
        if (waitMs > 0) {
            channel.config().setAutoRead(false);
            home.arm(retry, waitMs);
        }
        return waitMs > 0;
    }

    private void hand(Channel accepted) {
        admission.count(home.index(), home.nowMs());
        Worker worker = acceptor.workerFor(this);
        new Connection(worker, accepted, acceptor.engineFor(worker)).begin();
    }

    private void becomeFull() {
        channel.config().setAutoRead(false);
        state = State.FULL;
        // a place may have become free between the question and the new state: its wake() saw the old one
        if (parked.isEmpty() && admission.hasRoom()) {
            home.execute(this::acceptWhileThereIsRoom);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel accepted = message instanceof FileDescriptor passed
                ? PassedConnections.connection(home.engine(), passed) : (Channel) message;
        if (state == State.CLOSED) {
            // taken from the queue before it was closed: nobody else can serve it
            if (admission.enter()) {
                hand(accepted);
            } else {
                accepted.unsafe().closeForcibly();
            }
        } else if (isPaced()) {
            parked.add(accepted);
        } else if (!admission.enter()) {
            parked.add(accepted);
            becomeFull();
        } else {
            hand(accepted);
            if (!isPaced() && !admission.hasRoom()) {
                becomeFull();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (socket.hasEnded()) {
            return;
        }
        trouble.accept(cause);
        if (state == State.READY) {
            channel.config().setAutoRead(false);
            home.arm(retry, PAUSE_AFTER_ERROR_MS);
        }
    }
}
