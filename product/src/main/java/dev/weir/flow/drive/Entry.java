package dev.weir.flow.drive;

import dev.weir.model.proxy.Entrance;
import dev.weir.model.server.Count;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Acceptor;
import dev.weir.net.mux.Listener;
import dev.weir.net.mux.Mux;
import dev.weir.net.tls.CertificateChoice;
import dev.weir.wire.proxyv.HeaderReader;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one generation does with the connections of a listener: puts each on the least loaded worker and starts its
 * session. Immutable.
 *
 * @param workers those that may serve this listener
 * @param protocol what clients speak, where that is known before they do
 * @param headers makes the reader of the header that must come first, or null when none is expected
 * @param tls what clients are shown, or null where they speak in clear
 */
public record Entry(FrontendProgram program, Entrance entrance, List<Worker> workers,
        Supplier<HeaderReader> headers, Protocol protocol, CertificateChoice tls) implements Acceptor {

    /** {@code proto} of a bind line. */
    public enum Protocol {
        /** HTTP/1, or HTTP/2 when the client begins with its preface or agreed on it. */
        AUTO, HTTP1, HTTP2;

        /** From the word that stands there, or null. */
        public static Protocol of(String word) {
            return "h2".equals(word) ? HTTP2 : word == null ? AUTO : HTTP1;
        }
    }

    @Override
    public Worker workerFor(Listener listener) {
        Worker worker = leastLoaded(listener.home());
        worker.load().incrementAndGet();
        return worker;
    }

    @Override
    public Mux engineFor(Worker worker) {
        return new Session(this, worker);
    }

    /** The listener's own worker wins a tie: no hop to another thread. */
    private Worker leastLoaded(Worker home) {
        Worker best = home;
        int least = workers.contains(home) ? home.load().get() : Integer.MAX_VALUE;
        for (int i = 0; i < workers.size(); i++) {
            int load = workers.get(i).load().get();
            if (load < least) {
                best = workers.get(i);
                least = load;
            }
        }
        return best;
    }

    /** Counts a connection that has come in, on its worker. */
    void count(Worker worker) {
        int index = worker.index();
        program.frontend().counts().cell(index).increment(Count.CONNECTIONS.ordinal());
        entrance.counts().cell(index).increment(Count.CONNECTIONS.ordinal());
        entrance.totals().counts().cell(index).increment(dev.weir.model.proxy.Totals.Total.CONNECTIONS.ordinal());
        program.frontend().connectionPace().add(index, worker.nowMs());
        entrance.totals().connectionPace().add(index, worker.nowMs());
    }

    /** Counts the session that a connection has become. */
    static void countSession(Entrance entrance, Worker worker) {
        int index = worker.index();
        entrance.frontend().counts().cell(index).increment(Count.SESSIONS.ordinal());
        entrance.counts().cell(index).increment(Count.SESSIONS.ordinal());
        entrance.totals().counts().cell(index).increment(dev.weir.model.proxy.Totals.Total.SESSIONS.ordinal());
        entrance.frontend().sessionPace().add(index, worker.nowMs());
        entrance.totals().sessionPace().add(index, worker.nowMs());
    }
}
