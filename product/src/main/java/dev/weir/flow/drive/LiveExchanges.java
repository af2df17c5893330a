package dev.weir.flow.drive;

import dev.weir.base.log.TraceSources;
import java.util.function.Consumer;

/** The exchanges under way on one worker, for commands that look at them. Linked through themselves. Worker-owned. */
public final class LiveExchanges {

    private static final int WORKER_BITS = 12;

    private final int worker;
    private LiveExchange first;
    private LiveExchange last;
    private long begun;

    public LiveExchanges(int worker) {
        this.worker = worker;
    }

    void add(LiveExchange exchange) {
        exchange.number(++begun << WORKER_BITS | worker);
        if (TraceSources.STREAM.sees(TraceSources.STREAM_NEW)) {
            StreamTrace.began(exchange.exchange());
        }
        exchange.before = last;
        if (last == null) {
            first = exchange;
        } else {
            last.after = exchange;
        }
        last = exchange;
    }

    /** An exchange that is in no list is left alone. */
    void remove(LiveExchange exchange) {
        if (exchange.before == null && first != exchange) {
            return;
        }
        if (exchange.before == null) {
            first = exchange.after;
        } else {
            exchange.before.after = exchange.after;
        }
        if (exchange.after == null) {
            last = exchange.before;
        } else {
            exchange.after.before = exchange.before;
        }
        exchange.before = null;
        exchange.after = null;
    }

    /** Each in the order in which they began; it may end meanwhile. */
    public void each(Consumer<LiveExchange> visitor) {
        LiveExchange next;
        for (LiveExchange at = first; at != null; at = next) {
            next = at.after;
            visitor.accept(at);
        }
    }
}
