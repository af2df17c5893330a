package dev.weir.flow.drive;

import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Encryption;
import dev.weir.net.mux.H2Mux;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import dev.weir.net.tls.Alpn;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsFault;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A listener that has no socket: it dials a server and keeps a number of connections over which that one asks us, {@code bind
 * rhttp@backend/server}. A connection that ends is made anew, at most one a second. Shared: volatiles; each slot is
 * worker-owned.
 */
public final class ReverseListener {

    private static final long PAUSE_MS = 1000;

    private final Server server;
    private final List<Slot> slots = new ArrayList<>();
    private volatile Entry entry;
    private volatile BackendProgram home;
    private volatile boolean stopped;

    /**
     * @param entry what becomes of the connections
     * @param home the program of the server's backend
     */
    public ReverseListener(Entry entry, BackendProgram home, Server server, int connections) {
        this.server = server;
        handTo(entry, home);
        for (int i = 0; i < connections; i++) {
            slots.add(new Slot(entry.workers().get(i % entry.workers().size())));
        }
    }

    public Server server() {
        return server;
    }

    public int connections() {
        return slots.size();
    }

    public void start() {
        slots.forEach(slot -> slot.worker.execute(slot::dial));
    }

    /** Connections belong to another generation from now on. */
    public void handTo(Entry next, BackendProgram nextHome) {
        entry = next;
        home = nextHome;
    }

    /** Dials no more; connections end with the requests that they carry. */
    public void stop() {
        stopped = true;
        slots.forEach(slot -> slot.worker.execute(slot::end));
    }

    /** One connection and its successors. */
    private final class Slot extends Timer implements Mux, Dialer.DialOutcome, Encryption.Handshake {

        private final Worker worker;
        private Connection connection;
        private Entry under;
        private boolean dialling;
        private boolean serving;
        private long dialledMs;

        Slot(Worker worker) {
            this.worker = worker;
        }

        /** It is time to dial, or to give up. */
        @Override
        protected void fire(long nowMs) {
            if (dialling) {
                fail();
            } else {
                dial();
            }
        }

        void dial() {
            if (stopped) {
                return;
            }
            dialledMs = worker.nowMs();
            under = entry;
            if (!server.state().isReachable() || !under.entrance().enter()) {
                worker.arm(this, PAUSE_MS);
                return;
            }
            dialling = true;
            if (home.connectTimeoutMs() > 0) {
                worker.arm(this, home.connectTimeoutMs());
            }
            connection = Connection.dial(worker, server.dialer(), server.address(),
                    server.dialer().source().of(server.address()), this, this);
        }

        @Override
        public void opened(Connection established) {
            connection = established;
            Exchange exchange = new Exchange(worker, under.entrance()).begin(established.source(),
                    established.destination(), worker.wallMicros(), worker.nowMicros());
            home.preface().send(exchange, server, established);
            if (server.tls() == null) {
                established.flush();
                serve();
                return;
            }
            ExchangeContext context = new ExchangeContext(under.program(), under.program().ruleKit(worker.index()));
            context.begin(RuleHost.NOBODY, exchange, established, null);
            Encryption.dial(established, new TlsClient(server.tls(), worker.index(),
                    home.preface().serverName(context, server)), this);
        }

        @Override
        public void secured() {
            if (Alpn.isHttp2(connection.tls().alpn()) || server.speaksHttp2()) {
                serve();
            } else {
                fail();
            }
        }

        private void serve() {
            if (!dialling || stopped) {
                fail();
                return;
            }
            dialling = false;
            serving = true;
            worker.remove(this);
            worker.load().incrementAndGet();
            under.entrance().count(worker.index(), worker.nowMs());
            connection.become(new Session(under, worker, this::lost));
        }

        private void lost() {
            serving = false;
            connection = null;
            again();
        }

        private void again() {
            if (!stopped) {
                worker.arm(this, Math.max(1, dialledMs + PAUSE_MS - worker.nowMs()));
            }
        }

        private void fail() {
            if (dialling) {
                dialling = false;
                Connection failed = connection;
                connection = null;
                if (failed != null) {
                    failed.close();
                }
                under.entrance().leave();
                again();
            }
        }

        void end() {
            worker.remove(this);
            fail();
            if (serving && connection.engine() instanceof H2Mux mux) {
                mux.leaveSoftly();
            }
        }

        @Override
        public void refused(TlsFault fault) {
            fail();
        }

        @Override
        public void failed(Throwable cause) {
            fail();
        }

        @Override
        public void received(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void inputEnded() {
            fail();
        }

        @Override
        public void broken(Reason reason) {
            fail();
        }
    }
}
