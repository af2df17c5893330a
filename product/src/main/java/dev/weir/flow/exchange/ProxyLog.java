package dev.weir.flow.exchange;

import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogFrame;
import dev.weir.base.log.LogHeader;
import dev.weir.base.log.LogLine;
import dev.weir.base.log.LogSample;
import dev.weir.base.log.LogSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.LogOutlet;
import dev.weir.net.sock.LogWriter;
import java.time.ZoneId;
import java.util.List;

/**
 * The log targets of a proxy, one set of frames and outlets per worker. Sends a message to each target that wants it.
 * The arrays are immutable; what they hold is worker-owned, by the index of the worker.
 */
public final class ProxyLog {

    /**
     * What all lines of the process share.
     *
     * @param host what log-send-hostname puts into headers, null when it is not used
     * @param hostName the machine's name
     */
    public record Identity(String host, String hostName, String tag, long pid, ZoneId zone) {

        public Identity withTag(String other) {
            return new Identity(host, hostName, other, pid, zone);
        }
    }

    private final LogFrame[][] frames;
    private final LogOutlet[][] outlets;
    private final LogLine[] lines;

    /** @param samples one per spec, shared with whoever else has the same spec */
    public ProxyLog(List<LogSpec> specs, List<LogSample> samples, Identity identity, List<Worker> workers,
            LogWriter descriptors) {
        frames = new LogFrame[workers.size()][specs.size()];
        outlets = new LogOutlet[workers.size()][specs.size()];
        lines = new LogLine[workers.size()];
        for (int w = 0; w < workers.size(); w++) {
            LogClock clock = new LogClock(identity.zone());
            lines[w] = new LogLine();
            for (int s = 0; s < specs.size(); s++) {
                LogSpec spec = specs.get(s);
                LogHeader header = new LogHeader(spec.framing(), spec.facility(), identity.host(), identity.tag(),
                        identity.pid(), clock);
                frames[w][s] = new LogFrame(spec, header, samples.get(s));
                outlets[w][s] = LogOutlet.of(spec, workers.get(w), descriptors);
            }
        }
    }

    public boolean isEmpty() {
        return frames[0].length == 0;
    }

    /** How many targets it has. */
    public int targets() {
        return frames[0].length;
    }

    public LogSpec target(int index) {
        return frames[0][index].spec();
    }

    /** Sends the message to all targets. On that worker's thread. */
    public void send(Worker worker, int level, LogLine message) {
        for (int i = 0; i < frames[0].length; i++) {
            send(worker, i, level, message, null);
        }
    }

    /**
     * Sends the message to one target. On that worker's thread.
     *
     * @param structuredData for RFC 5424, or null
     */
    public void send(Worker worker, int target, int level, LogLine message, LogLine structuredData) {
        LogLine line = lines[worker.index()];
        if (frames[worker.index()][target].frame(line, level, message, structuredData, worker.wallMicros())) {
            outlets[worker.index()][target].send(line);
        }
    }
}
