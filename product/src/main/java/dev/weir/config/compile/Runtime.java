package dev.weir.config.compile;

import dev.weir.flow.drive.HttpKit;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.model.proxy.Totals;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.LogWriter;
import java.util.List;

/**
 * What programs are compiled for: the threads, the process's own counters, and where descriptors' log lines go.
 * Immutable.
 *
 * @param workers those that serve traffic
 * @param kits what HTTP connections share, by the index of the worker
 * @param conductor the thread that writes server and proxy state; its index follows the workers'
 */
public record Runtime(List<Worker> workers, Worker conductor, Totals totals, LogWriter logWriter,
        ProxyLog.Identity identity, HttpKit[] kits) {

    /** How many cells a counter needs. */
    public int cells() {
        return workers.size() + 1;
    }

    /** Every thread that may write log lines, by its index. */
    public List<Worker> everyone() {
        java.util.ArrayList<Worker> all = new java.util.ArrayList<>(workers);
        all.add(conductor);
        return all;
    }
}
