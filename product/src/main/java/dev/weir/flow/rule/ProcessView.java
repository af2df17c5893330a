package dev.weir.flow.rule;

import dev.weir.base.time.Clock;
import dev.weir.flow.expr.ProcessFacts;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.model.proxy.Totals;
import dev.weir.net.loop.Worker;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** The process as expressions see it, one per worker. Worker-owned. */
public final class ProcessView implements ProcessFacts {

    private final Worker worker;
    private final Totals totals;
    private final ProxyViews views;
    private final byte[] hostname;
    private final long pid;
    private final long startedMs;
    private final SplittableRandom random = new SplittableRandom();

    public ProcessView(Worker worker, Totals totals, ProxyViews views, String hostname, long pid, long startedMs) {
        this.worker = worker;
        this.totals = totals;
        this.views = views;
        this.hostname = hostname.getBytes(StandardCharsets.UTF_8);
        this.pid = pid;
        this.startedMs = startedMs;
    }

    @Override
    public long wallMicros() {
        return worker.wallMicros();
    }

    @Override
    public long uptimeSeconds() {
        return (Clock.SYSTEM.millis() - startedMs) / 1000;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public byte[] hostname() {
        return hostname;
    }

    @Override
    public int thread() {
        return worker.index();
    }

    @Override
    public boolean isStopping() {
        return totals.isStopping();
    }

    @Override
    public long activeConnections() {
        return totals.connections().value();
    }

    @Override
    public long random() {
        return random.nextLong();
    }

    /** Nobody measures it yet. */
    @Override
    public long cpuUsage(boolean all) {
        return 0;
    }

    @Override
    public ProxyFacts frontend(byte[] name, int at, int length) {
        return views.frontend(text(name, at, length));
    }

    @Override
    public ProxyFacts backend(byte[] name, int at, int length) {
        return views.backend(text(name, at, length));
    }

    @Override
    public ServerFacts server(ProxyFacts backend, byte[] name, int at, int length) {
        return views.server(new String(backend.name(), StandardCharsets.UTF_8), text(name, at, length));
    }

    private static String text(byte[] bytes, int at, int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }
}
