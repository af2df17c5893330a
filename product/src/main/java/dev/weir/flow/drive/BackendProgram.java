package dev.weir.flow.drive;

import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.Service;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import java.util.List;

/**
 * What one generation wants done in a backend: compiled rules and settled numbers beside the living Backend.
 * Immutable.
 *
 * @param key what exchanges are balanced by, null when the algorithm looks at none
 * @param http null in TCP mode
 * @param rdp {@code persist rdp-cookie}, or null
 */
public record BackendProgram(Backend backend, BalanceKey key, Times times, Terms terms, ServerPreface preface, Http http,
        ProxyRules rules, StickRules stickRules, RdpPersistence rdp, ProxyFacts view) {

    /** Times in ms, 0 for none. */
    public record Times(int connect, int queue, int server, int tunnel, int serverFin, int tarpit, int inspect) {}

    /**
     * How connections are made and kept.
     *
     * @param retries how often a failed connection is tried again
     * @param redispatch 0: always the same server; n: another one at every n-th retry; -n: at the n-th last
     */
    public record Terms(int retries, int redispatch, boolean nolinger, boolean independentStreams,
            Splices splices) {}

    /**
     * What only HTTP needs.
     *
     * @param cookie what finds the server that a client was with before, or null
     */
    public record Http(List<Service> services, HttpTerms terms, ServerTerms servers, PersistenceCookie cookie) {}

    /** Remembers the server that answers under the keys of the exchange. */
    void remember(ExchangeContext context, Server server) {
        if (!stickRules.isEmpty()) {
            stickRules.learn(context, context.sample(), context.stickyKeys());
            stickRules.store(server, context.stickyKeys(), context.nowMs());
        }
    }

    /** Whether a server that is down is taken for a client that was with it before. */
    boolean forcesPersistence(ExchangeContext context) {
        return ProxyRules.any(rules.forcesPersistence(), context);
    }

    boolean ignoresPersistence(ExchangeContext context) {
        return ProxyRules.any(rules.ignoresPersistence(), context);
    }

    boolean speaksHttp() {
        return http != null;
    }

    int connectTimeoutMs() {
        return times.connect();
    }

    int serverTimeoutMs() {
        return times.server();
    }

    int tunnelTimeoutMs() {
        return times.tunnel();
    }

    int serverFinTimeoutMs() {
        return times.serverFin();
    }

    int tarpitTimeoutMs() {
        return times.tarpit();
    }

    int retries() {
        return terms.retries();
    }

    boolean nolinger() {
        return terms.nolinger();
    }

    Splices splices() {
        return terms.splices();
    }

    boolean independentStreams() {
        return terms.independentStreams();
    }

    /**
     * Whether the coming retry, the n-th of at most so many, goes to another server.
     *
     * @param anyServes whether the server was nobody's wish and there are others: none of them needs to be waited for
     */
    boolean redispatchesAt(int retry, int most, boolean anyServes) {
        int redispatch = terms.redispatch();
        int every = redispatch < 0 ? Math.max(1, most + 1 + redispatch) : redispatch;
        return every > 0 && (anyServes || retry % every == 0);
    }

    /** Between two tries with the same server a moment passes: it may be restarting. */
    long turnaroundMs() {
        return connectTimeoutMs() > 0 ? Math.min(connectTimeoutMs(), 1000) : 1000;
    }

    /** How long a slot is waited for; like HAProxy, the connect timeout stands in when nothing else is said. */
    int queueWaitMs() {
        return times.queue() > 0 ? times.queue() : times.connect();
    }
}
