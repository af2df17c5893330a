package dev.weir.net.loop;

import dev.weir.base.time.Clock;
import dev.weir.base.time.Timer;
import dev.weir.base.time.TimerWheel;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * One event-loop thread and all it owns: connections, exchanges, timers, counter cells.
 *
 * <p>A turn of the loop is: do what was left for the end of the last turn, fire due timers, wait for the engine, handle
 * what it brought, run the tasks that other threads sent. The time is read at most once in each half of a turn.
 * Everything but {@link #execute}, {@link #index}, {@link #load} and {@link #register} is for the worker's own thread.
 */
public final class Worker {

    /** Something to be done once, when the current turn ends: send a batch of lines, flush. */
    public interface TurnEnd {
        void turnEnded();
    }

    static {
        NettyTalk.install();
    }

    private static final long NANOS_PER_MS = 1_000_000;
    private static final long WALL_CHECK_NANOS = 1_000_000_000;

    private final int index;
    private final Clock clock;
    private final Engine engine;
    private final TimerWheel wheel;
    private final ArrayDeque<TurnEnd> ending = new ArrayDeque<>();
    private final SingleThreadIoEventLoop loop;

    private static volatile BiConsumer<String, Throwable> bugs = (where, cause) -> { };

    private final AtomicInteger load = new AtomicInteger();

    /** Written by the worker alone; who reads them from elsewhere may see them a moment late. */
    private long turns;
    private long events;

    private final Stints stints;
    private long wokenNanos;
    private boolean timeIsFresh;
    private long nowNanos;
    private long wallBaseMicros;
    private long wallBaseNanos;

    /**
     * @param index the worker's number from 0, which addresses its cells
     */
    public Worker(int index, String threadName, Engine engine, Clock clock) {
        this.index = index;
        this.clock = clock;
        this.engine = engine;
        stints = new Stints(clock);
        nowNanos = clock.monotonicNanos();
        wheel = new TimerWheel(nowNanos / NANOS_PER_MS);
        syncWall();
        ThreadFactory threads = task -> {
            // Netty keeps its buffer caches by thread, and finds them fast in threads of this kind
            Thread thread = new FastThreadLocalThread(task, threadName);
            thread.setDaemon(true);
            return thread;
        };
        loop = new SingleThreadIoEventLoop(null, new ThreadPerTaskExecutor(threads),
                executor -> new TurnHandler(engine.handlerFactory().newHandler(executor), this));
    }

    /** Who is told of exceptions that nothing expected: they are bugs, one exchange dies of each. */
    public static void reportBugsTo(BiConsumer<String, Throwable> listener) {
        bugs = listener;
        NettyTalk.to(listener);
    }

    /** Reports an exception that reached the edge of this worker. */
    public void bug(Throwable cause) {
        bugs.accept("worker " + index, cause);
    }

    public int index() {
        return index;
    }

    public Engine engine() {
        return engine;
    }

    /** Starts the thread now rather than with its first task, so that it inherits from the caller's. */
    public void start() {
        loop.execute(() -> { });
    }

    /** Ends the thread once it has done what it was given. */
    public void shutdown() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Gives a channel to this worker's loop. From any thread. */
    public void register(Channel channel) {
        engine.prepare(channel);
        loop.register(channel);
    }

    /** Runs the task on this worker's thread, after what it is doing. From any thread. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** How many connections it has been given and not finished; acceptors choose the least loaded worker. */
    public AtomicInteger load() {
        return load;
    }

    /** What it has spent on whom. */
    public Stints stints() {
        return stints;
    }

    /** Milliseconds on the clock that timers use. */
    public long nowMs() {
        return nowNanos() / NANOS_PER_MS;
    }

    /** Microseconds on the same clock, for what is measured more finely. */
    public long nowMicros() {
        return nowNanos() / 1000;
    }

    /** Microseconds since 1970. */
    public long wallMicros() {
        long now = nowNanos();
        if (now - wallBaseNanos > WALL_CHECK_NANOS) {
            syncWall();
        }
        return wallBaseMicros + (now - wallBaseNanos) / 1000;
    }

    private long nowNanos() {
        if (!timeIsFresh) {
            nowNanos = clock.monotonicNanos();
            timeIsFresh = true;
        }
        return nowNanos;
    }

    private void syncWall() {
        wallBaseMicros = clock.wallMicros();
        wallBaseNanos = nowNanos;
    }

    /** How many timers wait, for whoever looks for leaks: seen from another thread it may be a moment old. */
    public int timers() {
        return wheel.size();
    }

    public void arm(Timer timer, long delayMs) {
        wheel.arm(timer, nowMs() + delayMs);
    }

    /** Arms the timer for an absolute time of {@link #nowMs}. */
    public void armAt(Timer timer, long deadlineMs) {
        wheel.arm(timer, deadlineMs);
    }

    public void disarm(Timer timer) {
        wheel.disarm(timer);
    }

    /** Disarms the timer and forgets it, so that its owner can be collected. */
    public void remove(Timer timer) {
        wheel.remove(timer);
    }

    /** Has the piece called once before the loop waits again. The caller sees to it that it is not queued twice. */
    public void atTurnEnd(TurnEnd piece) {
        ending.add(piece);
    }

    /** Ends the turn and returns when, in nanoseconds of the system's clock, the next timer is due. */
    long finishTurn() {
        timeIsFresh = false;
        stints.turnEnds(wokenNanos == 0 ? 0 : nowNanos() - wokenNanos);
        wokenNanos = 0;
        fireTimers();
        for (TurnEnd piece = ending.poll(); piece != null; piece = ending.poll()) {
            try {
                piece.turnEnded();
            } catch (Throwable bug) {
                bug(bug);
            }
        }
        timeIsFresh = false;
        stints.rests();
        long next = wheel.nextTick();
        return next == Timer.NEVER ? Long.MAX_VALUE : next * NANOS_PER_MS;
    }

    /** What goes wrong in one of them is that one's affair: the thread and the other timers go on. */
    private void fireTimers() {
        try {
            wheel.advance(nowMs());
        } catch (Throwable bug) {
            bug(bug);
        }
    }

    /** The engine's events are handled; what other threads sent comes next. */
    void handled(int count) {
        turns++;
        events += count;
    }

    /** How often its loop has gone round. From any thread. */
    public long turns() {
        return turns;
    }

    /** How many events of sockets it has looked at. From any thread. */
    public long events() {
        return events;
    }

    void beginTasks() {
        if (timeIsFresh) {
            wokenNanos = nowNanos;
        }
        timeIsFresh = false;
        stints.begin();
    }
}
