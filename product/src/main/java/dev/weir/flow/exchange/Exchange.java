package dev.weir.flow.exchange;

import dev.weir.base.address.Address;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.BadMessage;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.net.loop.Stints;
import dev.weir.net.loop.Worker;
import dev.weir.wire.h1.H1BadHead;

/**
 * One request and its answer, or one TCP session: who takes part, when what happened, how it ended. It records; what is
 * to be done next is the driver's business. Once it is logged it may record another one. Worker-owned.
 */
public final class Exchange {

    /** A moment that has not come. */
    public static final long NOT_YET = -1;
    /** Log levels beside 0..7: the usual one, and no line at all. */
    public static final int NORMAL = -1;
    public static final int SILENT = -2;

    private static final byte[][] NO_CAPTURES = new byte[0][];

    private final Worker worker;
    private final Entrance entrance;
    private final Frontend frontend;
    private Address clientAddress;
    private Address frontendAddress;
    private long acceptedWallMicros;
    private long acceptedMicros;
    private long begunMicros;
    private long number;

    private ExpressionContext context;
    private Adjustments adjustments;
    private Backend backend;
    private Server server;
    private Address serverAddress;
    private Address outgoingAddress;

    private long queuedMicros;
    private long connectingMicros;
    private long connectedMicros;
    private long endedMicros;

    private long bytesIn;
    private long bytesOut;
    private int connectError;
    private int retries;
    private boolean redispatched;
    private int serverQueuePosition;
    private int backendQueuePosition;
    private byte[] answerer;
    private byte[] uniqueId;
    private byte[][] tcpCaptures;
    private HttpFacts http;
    private final Stints.Account work = new Stints.Account();
    private int logLevel;
    private char cause;
    private char moment;

    public Exchange(Worker worker, Entrance entrance) {
        this.worker = worker;
        this.entrance = entrance;
        this.frontend = entrance.frontend();
    }

    /** Nothing is known yet but who came, when and to where. */
    public Exchange begin(Address from, Address to, long wallMicros, long micros) {
        clientAddress = from;
        frontendAddress = to;
        acceptedWallMicros = wallMicros;
        acceptedMicros = micros;
        begunMicros = worker.nowMicros();
        number = entrance.totals().nextNumber();
        work.clear();
        context = null;
        adjustments = null;
        backend = null;
        server = null;
        serverAddress = Address.NONE;
        outgoingAddress = Address.NONE;
        queuedMicros = NOT_YET;
        connectingMicros = NOT_YET;
        connectedMicros = NOT_YET;
        endedMicros = NOT_YET;
        bytesIn = 0;
        bytesOut = 0;
        connectError = 0;
        retries = 0;
        redispatched = false;
        serverQueuePosition = 0;
        backendQueuePosition = 0;
        answerer = null;
        uniqueId = null;
        tcpCaptures = null;
        http = null;
        logLevel = NORMAL;
        cause = '-';
        moment = '-';
        return this;
    }

    /** The first reason given is the one that stays. */
    public void terminate(char firstLetter, char secondLetter) {
        if (cause == '-') {
            cause = firstLetter;
            moment = secondLetter;
        }
    }

    /** The worker does something for it from here on. */
    public void enter() {
        worker.stints().enter(work);
    }

    /** In how many turns something was done for it. */
    public int calls() {
        return work.calls();
    }

    /** Nanoseconds that were spent on it, 0 where that is not measured. */
    public long workNanos() {
        return worker.stints().nanos(work);
    }

    /** Nanoseconds that it stood behind others, 0 where that is not measured. */
    public long latencyNanos() {
        return work.latencyNanos();
    }

    public char cause() {
        return cause;
    }

    public char moment() {
        return moment;
    }

    /** @param service what answers in place of a server, as logs name it */
    public void answeredBy(byte[] service) {
        terminate('L', 'R');
        servedBy(service);
        countFront(Count.ANSWERED);
    }

    /** The request is for a service of ours, which may yet refuse it. */
    public void servedBy(byte[] service) {
        answerer = service;
    }

    /** What answered in place of a server, or null. */
    public byte[] answerer() {
        return answerer;
    }

    public void passedIn(int count) {
        bytesIn += count;
        add(Count.BYTES_IN, count);
    }

    public void passedOut(int count) {
        bytesOut += count;
        add(Count.BYTES_OUT, count);
    }

    /** The kernel has moved bytes past us. */
    public void spliced(boolean fromClient, int received, int sent) {
        int index = worker.index();
        Count into = Count.SPLICED_IN;
        Count out = Count.SPLICED_OUT;
        frontend.counts().cell(index).add((fromClient ? into : out).ordinal(), fromClient ? received : sent);
        backend.counts().cell(index).add((fromClient ? out : into).ordinal(), fromClient ? sent : received);
    }

    /** Counts for everyone who takes part. */
    private void add(Count what, int count) {
        int index = worker.index();
        int counter = what.ordinal();
        frontend.counts().cell(index).add(counter, count);
        entrance.counts().cell(index).add(counter, count);
        if (backend != null) {
            backend.counts().cell(index).add(counter, count);
        }
        if (server != null) {
            server.counts().cell(index).add(counter, count);
        }
    }

    /** Counts for the backend and, once it is chosen, the server. */
    public void count(Count what) {
        int index = worker.index();
        if (backend != null) {
            backend.counts().cell(index).increment(what.ordinal());
        }
        if (server != null) {
            server.counts().cell(index).increment(what.ordinal());
        }
    }

    /** Counts for the frontend and the listener. */
    public void countFront(Count what) {
        int index = worker.index();
        frontend.counts().cell(index).increment(what.ordinal());
        entrance.counts().cell(index).increment(what.ordinal());
    }

    /** What came is no request; null where there is nothing to see. */
    public void badRequest(H1BadHead what) {
        if (what != null) {
            frontend.badRequest(bad(false, what));
        }
    }

    /** What a server said is no answer. */
    public void badResponse(H1BadHead what) {
        if (what != null && backend != null) {
            backend.badResponse(bad(true, what));
        }
    }

    private BadMessage bad(boolean ofResponse, H1BadHead what) {
        return new BadMessage(ofResponse, worker.wallMicros(), entrance.totals().badMessages().getAndIncrement(),
                what.bytes(), what.fault(), what.state(), what.chunkLeft(), what.bodyLength(), clientAddress, frontend,
                ofResponse ? backend : null, !ofResponse || server == null ? null : server.name(),
                !ofResponse || server == null ? 0 : server.id());
    }

    /** Counts for the backend. */
    public void countBack(Count what) {
        backend.counts().cell(worker.index()).increment(what.ordinal());
    }

    /** Counts so many for the frontend and the backend. */
    public void countBoth(Count what, long amount) {
        int index = worker.index();
        frontend.counts().cell(index).add(what.ordinal(), amount);
        if (backend != null) {
            backend.counts().cell(index).add(what.ordinal(), amount);
        }
    }

    /** Counts an answer of that status; the server is not to blame for those of ours. */
    public void countAnswer(int status, boolean fromServer) {
        Count what = Count.ofStatus(status);
        int index = worker.index();
        countFront(what);
        if (backend != null) {
            backend.counts().cell(index).increment(what.ordinal());
        }
        if (fromServer) {
            server.counts().cell(index).increment(what.ordinal());
        }
    }

    /** The backend is known; what came before counts for it too. */
    public void enterBackend(Backend chosen) {
        backend = chosen;
        int index = worker.index();
        chosen.counts().cell(index).increment(Count.SESSIONS.ordinal());
        chosen.counts().cell(index).add(Count.BYTES_IN.ordinal(), bytesIn);
        chosen.sessionPace().add(index, worker.nowMs());
        chosen.sessions().increment();
    }

    public void leaveBackend() {
        backend.sessions().decrement();
    }

    public void server(Server chosen) {
        server = chosen;
    }

    public void queued(int serverPosition, int backendPosition) {
        serverQueuePosition = serverPosition;
        backendQueuePosition = backendPosition;
    }

    /** From here on time counts as waiting, until a server is being connected; what rules take belongs to it. */
    public void beginQueue() {
        if (queuedMicros == NOT_YET) {
            queuedMicros = worker.nowMicros();
        }
    }

    public void beginConnect(Address target) {
        serverAddress = target;
        if (connectingMicros == NOT_YET) {
            connectingMicros = worker.nowMicros();
        }
    }

    /** Another server is looked for: the tries so far count as waiting. */
    public void queueAgain() {
        connectingMicros = NOT_YET;
    }

    public void connected(Address from) {
        connectedMicros = worker.nowMicros();
        outgoingAddress = from;
    }

    /** Nothing was queued for and nothing connected to: the answer is at hand. */
    public void servedHere() {
        if (connectedMicros == NOT_YET) {
            connectingMicros = worker.nowMicros();
            connectedMicros = connectingMicros;
        }
    }

    public void ended() {
        endedMicros = worker.nowMicros();
        worker.stints().leave(work);
    }

    /** Why the last attempt at a server failed, as {@code fc_err_str} numbers it in configuration.txt; 0 if that has no number. */
    public int connectError() {
        return connectError;
    }

    public void connectError(int number) {
        connectError = number;
    }

    public void countRetry() {
        retries++;
    }

    public void redispatch() {
        redispatched = true;
    }

    /** What {@code set-log-level} asked for. */
    public int logLevel() {
        return logLevel;
    }

    public void logLevel(int level) {
        logLevel = level;
    }

    /** What HTTP knows of it, null in TCP mode. */
    public HttpFacts http() {
        return http;
    }

    public void http(HttpFacts facts) {
        http = facts;
    }

    /** The id that the frontend's format made for it, or null before that was asked for. */
    public byte[] uniqueId() {
        return uniqueId;
    }

    public void uniqueId(byte[] made) {
        uniqueId = made;
    }

    /** Its number in this process. */
    public long number() {
        return number;
    }

    public Worker worker() {
        return worker;
    }

    public Entrance entrance() {
        return entrance;
    }

    public Frontend frontend() {
        return frontend;
    }

    /** The backend, or null before one is chosen. */
    public Backend backend() {
        return backend;
    }

    /** The server, or null when none was chosen. */
    public Server server() {
        return server;
    }

    /** What a capture slot holds, null when it is empty or not there. */
    public byte[] capture(boolean response, int slot) {
        byte[][] slots = http != null ? response ? http.responseCaptures() : http.requestCaptures() : tcpCaptures;
        return slots != null && slot >= 0 && slot < slots.length ? slots[slot] : null;
    }

    /** All slots of a direction; none where no request was understood. */
    public byte[][] captures(boolean response) {
        if (http == null) {
            return response || tcpCaptures == null ? NO_CAPTURES : tcpCaptures;
        }
        if (!http.isThere()) {
            return NO_CAPTURES;
        }
        return response ? http.responseCaptures() : http.requestCaptures();
    }

    /** Fills one of that many slots. */
    public void capture(boolean response, int slot, int slots, byte[] value) {
        if (http != null) {
            (response ? http.responseCaptures() : http.requestCaptures())[slot] = value;
        } else {
            tcpCaptures = tcpCaptures == null ? new byte[slots][] : tcpCaptures;
            tcpCaptures[slot] = value;
        }
    }

    /** How expressions read it, null where none are evaluated. */
    public ExpressionContext context() {
        return context;
    }

    public void context(ExpressionContext reading) {
        context = reading;
    }

    /** What rules have changed for this exchange. */
    public Adjustments adjustments() {
        if (adjustments == null) {
            adjustments = new Adjustments();
        }
        return adjustments;
    }

    /** The same for reading. */
    public Adjustments adjusted() {
        return adjustments == null ? Adjustments.NONE : adjustments;
    }

    public void clientAddress(Address said) {
        clientAddress = said;
    }

    public void frontendAddress(Address said) {
        frontendAddress = said;
    }

    public Address clientAddress() {
        return clientAddress;
    }

    public Address frontendAddress() {
        return frontendAddress;
    }

    public Address serverAddress() {
        return serverAddress;
    }

    public Address outgoingAddress() {
        return outgoingAddress;
    }

    public long acceptedWallMicros() {
        return acceptedWallMicros;
    }

    public long acceptedMicros() {
        return acceptedMicros;
    }

    /** Th: what came before the session, such as a PROXY header. */
    public long handshakeMs() {
        return (begunMicros - acceptedMicros) / 1000;
    }

    /** Td: the time with a server. */
    public long dataMs() {
        long end = endedMicros == NOT_YET ? worker.nowMicros() : endedMicros;
        return (end - connectedMicros) / 1000;
    }

    /** Tw: time spent waiting for a slot, -1 when the exchange ended before. */
    public long queueMs() {
        return connectingMicros == NOT_YET ? -1 : (connectingMicros - queuedMicros) / 1000;
    }

    /** The request was kept waiting on purpose: the time counts as waiting, and it has none of its own. */
    public void heldBack() {
        queuedMicros = http.headMicros();
        connectingMicros = worker.nowMicros();
        http.incomplete();
    }

    /** Tc: time to connect, -1 when that did not succeed. */
    public long connectMs() {
        return connectedMicros == NOT_YET ? -1 : (connectedMicros - connectingMicros) / 1000;
    }

    /** Tw, finer. */
    public long queueMicros() {
        return connectingMicros == NOT_YET ? -1 : connectingMicros - queuedMicros;
    }

    /** Tc, finer. */
    public long connectMicros() {
        return connectedMicros == NOT_YET ? -1 : connectedMicros - connectingMicros;
    }

    /** Tt: all of it, up to the end or to now. */
    public long totalMs() {
        long end = endedMicros == NOT_YET ? worker.nowMicros() : endedMicros;
        return (end - acceptedMicros) / 1000;
    }

    public long connectingMicros() {
        return connectingMicros;
    }

    public long connectedMicros() {
        return connectedMicros;
    }

    /** When it ended, or now. */
    public long endMicros() {
        return endedMicros == NOT_YET ? worker.nowMicros() : endedMicros;
    }

    public long bytesIn() {
        return bytesIn;
    }

    public long bytesOut() {
        return bytesOut;
    }

    public int retries() {
        return retries;
    }

    public boolean wasRedispatched() {
        return redispatched;
    }

    public int serverQueuePosition() {
        return serverQueuePosition;
    }

    public int backendQueuePosition() {
        return backendQueuePosition;
    }
}
