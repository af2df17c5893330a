package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogLine;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Adjustments;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.Failure;
import dev.weir.flow.rule.SwitchRule;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.Waiter;
import dev.weir.model.server.Count;
import dev.weir.model.server.Observation;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.IdlePool;
import dev.weir.net.sock.Dialer;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsFacts;
import java.util.List;

/**
 * Gets a connection to a server: choose, queue, connect, try again. It ends with exactly one call of its owner, unless it
 * is cancelled before, and can then begin once more. The slot that it holds on success belongs to the owner. Worker-owned.
 */
final class Dispatch {

    /** Whoever wants the connection. */
    interface Owner {

        /**
         * Connected.
         *
         * @param reused whether the connection has served others before and has its engine already
         */
        void connected(Connection connection, boolean reused);

        /** A connection of this worker that waits for work at that server, or null. */
        default Connection idle(Server server) {
            return null;
        }

        /** The server that is asked before one is balanced, or null. */
        default Server preferred() {
            return null;
        }

        /** Whether another worker may have one. */
        default boolean canClaim(Server server) {
            return false;
        }

        default void claim(Server server, IdlePool.Claimant claimant) {
            claimant.answered(null);
        }

        void failed(Failure failure);

        /** Where to connect for this server: its address, or what the client's makes of it. */
        Address target(Server server);

        /** The address to come from, or null. */
        Address origin(Server server);

        /** Whether something will be sent at once when the connection is there. */
        boolean speaksFirst(Server server);
    }

    private static final long AWAIT_STEP_MS = 2;
    private static final long MOST_AWAITED_MS = 5000;

    private enum Step { IDLE, QUEUED, TURNAROUND, CLAIMING, AWAITING, CONNECTING, OVER }

    private Exchange exchange;
    private BackendProgram program;
    private final ExchangeContext context;
    private final Owner owner;
    private final Waiter waiter = new Waiter() {
        @Override
        protected void granted(Server granted) {
            exchange.worker().execute(() -> slotGranted(granted));
        }
    };
    private final Timer timer = new Timer() {
        @Override
        protected void fire(long nowMs) {
            timedOut();
        }
    };

    private Step step = Step.IDLE;
    private Server server;
    private Attempt attempt;
    private boolean redispatching;
    /** Whether it was the algorithm's choice: then any other server would do. */
    private boolean balanced;
    private long awaitedUntilMs;
    private boolean waited;

    Dispatch(ExchangeContext context, Owner owner) {
        this.context = context;
        this.owner = owner;
    }

    void start(Exchange of, BackendProgram backend) {
        exchange = of;
        program = backend;
        server = null;
        waited = false;
        balanced = false;
        redispatching = false;
        exchange.beginQueue();
        Adjustments adjusted = exchange.adjusted();
        waiter.ranks(adjusted.priorityClass(), exchange.worker().nowMs() + adjusted.priorityOffset());
        Server wanted = persisted(wanted());
        wanted = wanted == null && program.key() == null ? owner.preferred() : wanted;
        if (wanted == null) {
            choose(null);
        } else {
            waiter.forget();
            server = program.backend().chooseThis(wanted, waiter);
            chosen();
        }
    }

    /** The server that a cookie or a stick table says the client was with, unless a rule has named another. */
    private Server persisted(Server named) {
        PersistenceCookie cookie = program.http() == null ? null : program.http().cookie();
        if (cookie == null && program.rdp() == null && program.stickRules().isEmpty()) {
            return named;
        }
        boolean ignored = program.ignoresPersistence(context);
        boolean forced = program.forcesPersistence(context)
                || program.backend().spec().settings().get(ProxySpec.PERSIST);
        Server wanted = named;
        if (cookie != null) {
            Server known = cookie.find(context, context.cookie(), forced, named != null || ignored);
            wanted = named == null ? known : named;
        }
        if (program.rdp() != null && wanted == null && !ignored) {
            wanted = program.rdp().find(context, forced);
        }
        if (!program.stickRules().isEmpty()) {
            Server remembered = program.stickRules().select(context, context.sample(), wanted != null, forced,
                    context.stickyKeys());
            wanted = wanted == null && !ignored ? remembered : wanted;
        }
        return wanted;
    }

    /** Another try after a server was reached and did not answer as it should. */
    void again(Server failed) {
        redispatching = false;
        exchange.countRetry();
        exchange.count(Count.RETRIES);
        choose(failed);
        if (server != failed) {
            exchange.redispatch();
        }
    }

    /** The server that a rule asks for, if it can serve, or null. */
    private Server wanted() {
        List<SwitchRule> rules = program.rules().servers();
        for (int i = 0; i < rules.size(); i++) {
            SwitchRule rule = rules.get(i);
            if (rule.applies(context)) {
                LogLine name = context.text(rule.name());
                Server named = program.backend().server(name.array(), name.length());
                return named != null && named.state().isReachable() ? named : null;
            }
        }
        return null;
    }

    /** Whether nobody but this worker has to do with it: then no late news of it can come. */
    boolean wasStraight() {
        return !waited && step == Step.OVER && attempt == null;
    }

    boolean isQueued() {
        return step == Step.QUEUED;
    }

    private void choose(Server avoid) {
        context.cookie().direct = false;
        balanced = true;
        waiter.forget();
        long hash = program.key() == null ? BalanceKey.NONE : program.key().hash(context);
        server = hash == BalanceKey.NONE ? program.backend().choose(avoid, waiter)
                : program.backend().choose((int) hash, avoid, waiter);
        chosen();
    }

    private void chosen() {
        if (server != null) {
            count(Count.CHOSEN);
            connect();
        } else if (waiter.isQueued() || waiter.wasGranted()) {
            step = Step.QUEUED;
            waited = true;
            int place = waiter.position() + 1;
            exchange.queued(waiter.waitedForServer() ? place : 0, waiter.waitedForServer() ? 0 : place);
            arm(exchange.adjusted().timeOr(Adjustments.Time.QUEUE, program.queueWaitMs()));
        } else {
            fail(Failure.NO_SERVER);
        }
    }

    /** The slot may come after the wait was given up: then it goes on to the next in the queue. */
    private void slotGranted(Server granted) {
        if (step != Step.QUEUED) {
            if (granted != null) {
                program.backend().release(granted);
            }
            return;
        }
        if (granted == null) {
            choose(null);
            return;
        }
        exchange.worker().disarm(timer);
        server = granted;
        count(Count.CHOSEN);
        connect();
    }

    private void connect() {
        exchange.server(server);
        exchange.beginConnect(owner.target(server));
        Connection idle = owner.idle(server);
        if (idle != null) {
            take(idle, true);
        } else if (owner.canClaim(server)) {
            step = Step.CLAIMING;
            waited = true;
            owner.claim(server, this::claimed);
        } else {
            dial();
        }
    }

    private void claimed(Connection connection) {
        if (step != Step.CLAIMING && step != Step.AWAITING) {
            // one that came by itself is shared, and stays
            if (connection != null && !ServerConnection.of(connection).server().isReversed()) {
                connection.close();
            }
        } else if (connection != null) {
            take(connection, true);
        } else {
            dial();
        }
    }

    /**
     * Connections of that server come by themselves: one that another worker is busy with may be idle soon, and where there
     * is none there is nothing to wait for.
     */
    private void await() {
        int most = exchange.adjusted().timeOr(Adjustments.Time.CONNECT, program.connectTimeoutMs());
        long nowMs = exchange.worker().nowMs();
        if (step != Step.AWAITING) {
            awaitedUntilMs = nowMs + (most > 0 ? most : MOST_AWAITED_MS);
        }
        step = Step.AWAITING;
        if (owner.canClaim(server) && nowMs < awaitedUntilMs) {
            arm(AWAIT_STEP_MS);
            return;
        }
        exchange.count(Failure.CONNECT_REFUSED.counter());
        releaseSlot();
        fail(Failure.CONNECT_REFUSED);
    }

    private void lookAgain() {
        Connection idle = owner.idle(server);
        if (idle != null) {
            take(idle, true);
        } else if (owner.canClaim(server)) {
            owner.claim(server, this::claimed);
        } else {
            await();
        }
    }

    private void dial() {
        if (server.isReversed()) {
            await();
            return;
        }
        Address target = owner.target(server);
        step = Step.CONNECTING;
        arm(exchange.adjusted().timeOr(Adjustments.Time.CONNECT, program.connectTimeoutMs()));
        Address proxy = server.socks4();
        attempt = new Attempt(this, proxy == null ? null : target);
        Dialer dialer = proxy != null || owner.speaksFirst(server) ? server.dialer()
                : server.dialer().withoutFastOpen();
        attempt.begin(exchange.worker(), dialer, proxy == null ? target : proxy, owner.origin(server));
    }

    void connected(Attempt which, Connection connection) {
        if (which != attempt || step != Step.CONNECTING) {
            connection.close();
            return;
        }
        if (server.tls() != null && !which.isSecured()) {
            program.preface().send(exchange, server, connection);
            which.secure(new TlsClient(server.tls(), exchange.worker().index(),
                    program.preface().serverName(context, server)));
            return;
        }
        attempt = null;
        take(connection, false);
    }

    private void take(Connection connection, boolean reused) {
        step = Step.OVER;
        exchange.worker().remove(timer);
        server.sessions().increment();
        if (reused) {
            exchange.count(Count.REUSED);
        } else {
            server.saw(Observation.Sight.CONNECTED);
        }
        count(Count.SESSIONS);
        server.sessionPace().add(exchange.worker().index(), exchange.worker().nowMs());
        owner.connected(connection, reused);
    }

    /** The number of what the system said. */
    void failedFor(int error) {
        exchange.connectError(error);
    }

    /** What is known of encryption that was not agreed on. */
    /** A handshake with the server has ended. */
    void countTls(Count what) {
        int worker = exchange.worker().index();
        program.backend().counts().cell(worker).increment(what.ordinal());
        if (server != null) {
            server.counts().cell(worker).increment(what.ordinal());
        }
    }

    void refusedTls(TlsFacts facts) {
        context.refusedTls(facts);
    }

    void connectFailed(Attempt which, Failure failure) {
        if (which == attempt && step == Step.CONNECTING) {
            attemptFailed(failure);
        }
    }

    private void timedOut() {
        switch (step) {
            case QUEUED -> {
                if (program.backend().cancel(waiter)) {
                    fail(Failure.QUEUE_TIMEOUT);
                }
            }
            case CONNECTING -> attemptFailed(Failure.CONNECT_TIMEOUT);
            case TURNAROUND -> {
                if (redispatching) {
                    redispatch();
                } else {
                    connect();
                }
            }
            case AWAITING -> lookAgain();
            case IDLE, CLAIMING, OVER -> { }
        }
    }

    private void attemptFailed(Failure failure) {
        Attempt failed = attempt;
        attempt = null;
        failed.giveUp();
        server.saw(Observation.Sight.NOT_CONNECTED);
        if (program.backend().measuresLatency()) {
            server.latency().saw(exchange.worker().nowMicros() - exchange.connectingMicros(), exchange.worker().nowMs());
        }
        exchange.worker().disarm(timer);
        if (exchange.retries() >= exchange.adjusted().retriesOr(program.retries()) || !failure.isRetriable()) {
            exchange.count(failure.counter());
            releaseSlot();
            fail(failure);
            return;
        }
        exchange.countRetry();
        boolean others = program.backend().hasOthers();
        redispatching = program.redispatchesAt(exchange.retries(), exchange.adjusted().retriesOr(program.retries()),
                balanced && others && program.key() == null);
        if (redispatching && others) {
            redispatch();
        } else {
            if (!redispatching) {
                exchange.count(Count.RETRIES);
            }
            step = Step.TURNAROUND;
            arm(program.turnaroundMs());
        }
    }

    /** To another server, as far as there is one. */
    private void redispatch() {
        exchange.count(Count.REDISPATCHES);
        Server avoided = server;
        releaseSlot();
        exchange.queueAgain();
        choose(avoided);
        if (server != avoided) {
            exchange.redispatch();
        }
    }

    private void releaseSlot() {
        Server released = server;
        server = null;
        program.backend().release(released);
    }

    /** Gives up whatever is going on, without a call of the owner. */
    void cancel() {
        Step was = step;
        step = Step.OVER;
        exchange.worker().remove(timer);
        if (was == Step.QUEUED) {
            program.backend().cancel(waiter);
        } else if (was == Step.CONNECTING || was == Step.TURNAROUND || was == Step.CLAIMING
                || was == Step.AWAITING) {
            if (attempt != null) {
                attempt.giveUp();
            }
            releaseSlot();
        }
    }

    private void fail(Failure failure) {
        step = Step.OVER;
        exchange.worker().remove(timer);
        owner.failed(failure);
    }

    private void arm(int delayMs) {
        arm((long) delayMs);
    }

    private void arm(long delayMs) {
        if (delayMs > 0) {
            exchange.worker().arm(timer, delayMs);
        }
    }

    private void count(Count what) {
        server.counts().cell(exchange.worker().index()).increment(what.ordinal());
        if (what == Count.CHOSEN) {
            program.backend().counts().cell(exchange.worker().index()).increment(what.ordinal());
        }
    }
}
