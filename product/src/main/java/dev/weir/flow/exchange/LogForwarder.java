package dev.weir.flow.exchange;

import dev.weir.base.count.CellGroup;
import dev.weir.model.proxy.Totals;
import dev.weir.base.address.Address;
import dev.weir.base.log.ForwardFrame;
import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogLine;
import dev.weir.base.log.SyslogMessage;
import dev.weir.base.log.SyslogParser;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.LogOutlet;
import java.util.List;

/**
 * A {@code log-forward} section at work: gives each message that comes in to every target that wants it. The arrays are
 * immutable; what they hold is worker-owned, by the index of the worker.
 */
public final class LogForwarder {

    private record Lane(SyslogParser parser, SyslogMessage message, LogLine line, ForwardFrame[] frames,
            LogOutlet[] outlets) {}

    private final LogForwardSpec spec;
    private final boolean parses;
    private final Lane[] lanes;
    private final CellGroup counts;

    /** @param counts the process's own */
    public LogForwarder(LogForwardSpec spec, List<ProxyLog.Target> targets, List<Worker> workers, CellGroup counts) {
        this.counts = counts;
        this.spec = spec;
        parses = !spec.settings().get(LogForwardSpec.UNPARSED);
        lanes = new Lane[workers.size()];
        for (int w = 0; w < lanes.length; w++) {
            ForwardFrame[] frames = new ForwardFrame[targets.size()];
            LogOutlet[] outlets = new LogOutlet[targets.size()];
            for (int t = 0; t < frames.length; t++) {
                ProxyLog.Target target = targets.get(t);
                frames[t] = new ForwardFrame(target.spec(), target.sample(), spec.settings().get(LogForwardSpec.HOST),
                        new LogClock(target.identity().zone()));
                outlets[t] = target.outlet().apply(workers.get(w));
            }
            lanes[w] = new Lane(new SyslogParser(), new SyslogMessage(), new LogLine(), frames, outlets);
        }
    }

    public LogForwardSpec spec() {
        return spec;
    }

    /** Takes a message, which stays the caller's. On that worker's thread. */
    public void take(Worker worker, byte[] bytes, int from, int to, Address sender) {
        counts.cell(worker.index()).increment(Totals.Total.RECEIVED_LOGS.ordinal());
        Lane lane = lanes[worker.index()];
        if (parses) {
            lane.parser.parse(bytes, from, to, lane.message);
        } else {
            SyslogParser.plain(bytes, from, to, lane.message);
        }
        for (int i = 0; i < lane.frames.length; i++) {
            if (lane.frames[i].frame(lane.line, lane.message, sender, worker.wallMicros())) {
                lane.outlets[i].send(lane.line);
            }
        }
    }
}
