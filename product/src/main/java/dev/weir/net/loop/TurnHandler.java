package dev.weir.net.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;

/**
 * Puts a worker's own work around the engine's: what was left for the end of the turn is done first, then the timers
 * that are due, then the engine waits no longer than until the next timer. So a worker needs no scheduled task of the
 * event loop, and nothing wakes it when nothing is due. Worker-owned.
 */
final class TurnHandler implements IoHandler, IoHandlerContext {

    private static final long NONE = Long.MAX_VALUE;

    private final IoHandler engine;
    private final Worker worker;
    private IoHandlerContext outer;
    private long deadlineNanos;

    TurnHandler(IoHandler engine, Worker worker) {
        this.engine = engine;
        this.worker = worker;
    }

    @Override
    public void initialize() {
        engine.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        outer = context;
        deadlineNanos = worker.finishTurn();
        int handled = engine.run(this);
        worker.handled(handled);
        worker.beginTasks();
        return handled;
    }

    @Override
    public boolean canBlock() {
        return outer.canBlock();
    }

    /** The event loop answers with a purge interval when it has nothing scheduled: that is no deadline. */
    @Override
    public long delayNanos(long currentTimeNanos) {
        long own = deadlineNanos == NONE ? NONE : Math.max(0, deadlineNanos - currentTimeNanos);
        return outer.deadlineNanos() == -1 ? own : Math.min(own, outer.delayNanos(currentTimeNanos));
    }

    /** The engines compare it with its last value and with -1 for none; how long to wait they ask delayNanos. */
    @Override
    public long deadlineNanos() {
        long scheduled = outer.deadlineNanos();
        if (deadlineNanos == NONE) {
            return scheduled;
        }
        return scheduled == -1 ? deadlineNanos : Math.min(deadlineNanos, scheduled);
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
        outer.reportActiveIoTime(activeNanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
        return outer.shouldReportActiveIoTime();
    }

    @Override
    public void prepareToDestroy() {
        engine.prepareToDestroy();
    }

    @Override
    public void destroy() {
        engine.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return engine.register(handle);
    }

    @Override
    public void wakeup() {
        engine.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return engine.isCompatible(type);
    }
}
