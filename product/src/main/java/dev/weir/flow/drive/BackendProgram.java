package dev.weir.flow.drive;

import dev.weir.model.proxy.Backend;

/**
 * What one generation wants done in a backend: compiled rules and settled numbers beside the living Backend.
 * Immutable.
 *
 * @param key what exchanges are balanced by, null when the algorithm looks at none
 * @param connectTimeoutMs and the other times: 0 for none
 * @param retries how often a failed connection is tried again
 * @param redispatch 0: always the same server; n: another one at every n-th retry; -n: from the n-th last retry on
 */
public record BackendProgram(Backend backend, BalanceKey key, int connectTimeoutMs, int queueTimeoutMs, int serverTimeoutMs,
        int tunnelTimeoutMs, int serverFinTimeoutMs, int retries, int redispatch, boolean nolinger,
        ServerPreface preface,
        boolean independentStreams) {

    /** Whether the coming retry, the n-th, may go to another server. */
    boolean mayRedispatch(int retry) {
        if (redispatch == 0) {
            return false;
        }
        return redispatch < 0 ? retry > retries + redispatch : retry % redispatch == 0;
    }

    /** Between two tries with the same server a moment passes: it may be restarting. */
    long turnaroundMs() {
        return connectTimeoutMs > 0 ? Math.min(connectTimeoutMs, 1000) : 1000;
    }

    /** How long a slot is waited for; like HAProxy, the connect timeout stands in when nothing else is said. */
    int queueWaitMs() {
        return queueTimeoutMs > 0 ? queueTimeoutMs : connectTimeoutMs;
    }
}
