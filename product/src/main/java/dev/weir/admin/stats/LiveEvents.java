package dev.weir.admin.stats;

import dev.weir.base.count.Latencies;
import dev.weir.base.time.Timer;
import dev.weir.flow.reply.Reply;
import dev.weir.model.server.Stage;
import dev.weir.net.loop.Worker;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the dashboard is told, as server-sent events: once what columns there are, then again and again the rows that have
 * changed since they were last told, some at a time, and at the end of each pass the process's own numbers. Percentiles are
 * of the last seconds: older counts fade. A pass begins a second after the last one, later when there are many rows. One
 * for each reader. Worker-owned.
 */
final class LiveEvents extends Timer implements Reply.Streamed {

    private static final int PIECE = 12 * 1024;
    private static final int EVERY_MS = 1000;
    private static final int ROWS_PER_SECOND = 1000;
    private static final int SECONDS = 60;
    private static final double FADING = 0.85;
    private static final int[] PERMILLES = {500, 900, 990};
    private static final Metric[] COLUMNS = {Metric.TYPE, Metric.PXNAME, Metric.SVNAME, Metric.STATUS, Metric.SCUR,
        Metric.SMAX, Metric.SLIM, Metric.QCUR, Metric.STOT, Metric.REQ_TOT, Metric.BIN, Metric.BOUT, Metric.DREQ,
        Metric.EREQ, Metric.ECON, Metric.ERESP, Metric.WRETR, Metric.WREDIS, Metric.HRSP_2XX, Metric.HRSP_3XX,
        Metric.HRSP_4XX, Metric.HRSP_5XX, Metric.CHECK_STATUS, Metric.CHECK_CODE, Metric.CHECK_DURATION,
        Metric.LAST_CHK, Metric.CHECK_DESC, Metric.AGENT_STATUS, Metric.CHKFAIL, Metric.CHKDOWN, Metric.LASTCHG,
        Metric.DOWNTIME, Metric.WEIGHT, Metric.ACT, Metric.BCK, Metric.ADDR, Metric.MODE, Metric.ALGO, Metric.COOKIE,
        Metric.IID, Metric.SID};

    /** What a row was when it was told last. */
    private static final class Told {
        private String text = "";
        private long[] counts;
        private final double[] recent = new double[Latencies.RANGES];
    }

    private final Worker worker;
    private final Supplier<StatsService.Content> content;
    private final String scope;
    private final boolean admin;
    private final Map<String, Told> told = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final StringBuilder out = new StringBuilder(PIECE + 4096);
    private Runnable again = () -> { };
    private StatsSource rows;
    private boolean begun;
    private int count;

    /** @param admin whether the reader may change things */
    LiveEvents(Worker worker, Supplier<StatsService.Content> content, String scope, boolean admin) {
        this.worker = worker;
        this.content = content;
        this.scope = scope;
        this.admin = admin;
    }

    @Override
    public void begun(Runnable more) {
        again = more;
        rows = content.get().rows(scope, false, false);
    }

    @Override
    public boolean append(ByteBuf to) {
        out.setLength(0);
        if (!begun) {
            begun = true;
            hello();
        }
        StatsService.Content now = content.get();
        while (rows != null && out.length() < PIECE) {
            StatsRow row = rows.next();
            if (row == null) {
                finish(now);
            } else {
                row(row);
            }
        }
        to.writeCharSequence(out, StandardCharsets.UTF_8);
        return !now.isStopping();
    }

    private void hello() {
        out.append("retry: 2000\nevent: hello\ndata: {\"admin\":").append(admin).append(",\"columns\":[");
        for (Metric column : COLUMNS) {
            TypedValues.quote(out, column.title());
            out.append(',');
        }
        out.append("\"p50\",\"p90\",\"p99\"]}\n\n");
    }

    private void row(StatsRow row) {
        count++;
        String key = row.kind().ordinal() + "/" + row.text(Metric.PXNAME) + "/" + row.text(Metric.SVNAME);
        seen.add(key);
        Told before = told.computeIfAbsent(key, none -> new Told());
        int start = out.length();
        out.append("event: row\ndata: [");
        for (Metric column : COLUMNS) {
            if (!column.isFor(row.kind()) || !row.has(column)) {
                out.append("null");
            } else if (column.isText()) {
                TypedValues.quote(out, row.text(column));
            } else {
                out.append(column == Metric.LASTCHG || column == Metric.DOWNTIME ? coarse(row.number(column))
                        : row.number(column));
            }
            out.append(',');
        }
        percentiles(row.latencies(), before);
        out.append("]\n\n");
        String now = out.substring(start);
        if (now.equals(before.text)) {
            out.setLength(start);
        }
        before.text = now;
    }

    /** Seconds that go by for every row are no news. */
    private static long coarse(long seconds) {
        return seconds < SECONDS ? seconds : seconds / SECONDS * SECONDS;
    }

    /** Of the active time; nothing without traffic. */
    private void percentiles(Latencies latencies, Told before) {
        long[] recent = new long[Latencies.RANGES];
        if (latencies != null) {
            long[] counts = latencies.counts(Stage.ACTIVE.ordinal());
            for (int i = 0; i < counts.length; i++) {
                long fresh = before.counts == null ? 0 : Math.max(0, counts[i] - before.counts[i]);
                before.recent[i] = before.recent[i] * FADING + fresh;
                recent[i] = Math.round(before.recent[i] * 100);
            }
            before.counts = counts;
        }
        for (int i = 0; i < PERMILLES.length; i++) {
            long micros = Latencies.percentile(recent, PERMILLES[i]);
            out.append(i == 0 ? "" : ",").append(micros < 0 ? "null" : Long.toString(micros));
        }
    }

    /** The pass is over: what has gone, the process, and when the next one begins. */
    private void finish(StatsService.Content now) {
        told.keySet().removeIf(key -> {
            boolean gone = !seen.contains(key);
            if (gone) {
                out.append("event: gone\ndata: ");
                TypedValues.quote(out, key);
                out.append("\n\n");
            }
            return gone;
        });
        seen.clear();
        ProcessFacts facts = now.facts();
        out.append("event: tick\ndata: {\"now\":").append(now.nowMs()).append(",\"pid\":").append(facts.pid())
                .append(",\"threads\":").append(facts.workers()).append(",\"uptime\":").append(facts.uptimeSeconds())
                .append(",\"connections\":").append(facts.connections()).append(",\"maxconn\":")
                .append(facts.maxConnections()).append(",\"rate\":").append(facts.connectionRate())
                .append(",\"bits\":").append(facts.bitsPerSecond()).append(",\"idle\":").append(facts.idlePercent())
                .append(",\"node\":");
        textOrNull(facts.node());
        out.append(",\"description\":");
        textOrNull(facts.description());
        out.append(",\"version\":");
        textOrNull(facts.version());
        out.append("}\n\n");
        rows = null;
        worker.arm(this, Math.max(EVERY_MS, count * 1000L / ROWS_PER_SECOND));
        count = 0;
    }

    private void textOrNull(String text) {
        if (text == null) {
            out.append("null");
        } else {
            TypedValues.quote(out, text);
        }
    }

    @Override
    protected void fire(long nowMs) {
        rows = content.get().rows(scope, false, false);
        again.run();
    }

    @Override
    public void dropped() {
        worker.remove(this);
    }
}
