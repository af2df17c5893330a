package dev.weir.config.compile;

import dev.weir.base.time.Clock;
import dev.weir.flow.drive.Errand;
import dev.weir.flow.drive.HttpKit;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.model.proxy.Totals;
import dev.weir.model.value.ProcessVariables;
import dev.weir.model.value.VariableBudget;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.LogWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What programs are compiled for and what outlives them: the threads, the process's own counters, where descriptors' log
 * lines go. Every thread has a number for life, by which its cells are found; the Conductor's follows those of the first
 * workers, and workers that come later follow it. One that is needed no more keeps its thread and its number, and
 * finishes what it has. Changed by the Conductor, read by anyone.
 */
public final class Runtime {

    private final Worker conductor;
    private final Totals totals;
    private final LogWriter logWriter;
    private final LogOutlets outlets = new LogOutlets();
    private volatile List<Worker> workers;
    private volatile Worker[] everyone;
    private volatile HttpKit[] kits;
    private volatile ProxyLog.Identity identity;
    private volatile VariableBudget budget;
    private volatile Consumer<String> echo;
    private volatile ProcessVariables variables;

    /** @param kits what HTTP connections share, by the number of the worker */
    public Runtime(List<Worker> workers, Worker conductor, Totals totals, LogWriter logWriter,
            ProxyLog.Identity identity, HttpKit[] kits) {
        this.workers = List.copyOf(workers);
        this.conductor = conductor;
        this.totals = totals;
        this.logWriter = logWriter;
        this.identity = identity;
        this.kits = kits;
        everyone = Arrays.copyOf(workers.toArray(new Worker[0]), workers.size() + 1);
        everyone[conductor.index()] = conductor;
    }

    /** From now on traffic is shown, line by line. */
    public void echo(Consumer<String> lines) {
        echo = lines;
    }

    /** Who is shown traffic, or null. */
    Consumer<String> echo() {
        return echo;
    }

    /** Those that are given new connections, each with what its own share. */
    List<Errand.Place> places() {
        HttpKit[] known = kits;
        return workers.stream().map(each -> new Errand.Place(each, known[each.index()])).toList();
    }

    /** Those that are given new connections. */
    public List<Worker> workers() {
        return workers;
    }

    /** From now on only these are given new connections. */
    public void workers(List<Worker> active) {
        workers = List.copyOf(active);
    }

    /** The thread that writes server and proxy state. */
    public Worker conductor() {
        return conductor;
    }

    /** On the clock of timers. From any thread. */
    public long nowMs() {
        return Clock.SYSTEM.monotonicNanos() / 1_000_000;
    }

    public Totals totals() {
        return totals;
    }

    public LogWriter logWriter() {
        return logWriter;
    }

    LogOutlets outlets() {
        return outlets;
    }

    /** How many log lines have been lost so far. */
    public long droppedLogs() {
        return outlets.dropped();
    }

    public ProxyLog.Identity identity() {
        return identity;
    }

    public void identity(ProxyLog.Identity next) {
        identity = next;
    }

    /** What HTTP connections share, by the number of the worker; none for the Conductor's. */
    public HttpKit[] kits() {
        return kits;
    }

    public void kits(HttpKit[] next) {
        kits = next;
    }

    /** How many cells a counter needs: one for each number that was given. */
    public int cells() {
        return everyone.length;
    }

    /** Every thread that was ever made, by its number. */
    public List<Worker> everyone() {
        return List.of(everyone);
    }

    /** A worker of the next number is there, not given anything yet. */
    public void add(Worker worker, HttpKit kit) {
        Worker[] more = Arrays.copyOf(everyone, everyone.length + 1);
        more[worker.index()] = worker;
        HttpKit[] moreKits = Arrays.copyOf(kits, more.length);
        moreKits[worker.index()] = kit;
        totals.growTo(more.length);
        kits = moreKits;
        everyone = more;
    }

    /** What variables may take in all; the first configuration's limit holds as long as the process lives. */
    VariableBudget budget(long limit) {
        if (budget == null) {
            budget = new VariableBudget(null, limit);
        }
        return budget;
    }

    /** The variables of the process, which live as long as it. */
    ProcessVariables variables(long limit) {
        if (variables == null) {
            variables = new ProcessVariables(new VariableBudget(budget, limit));
        }
        return variables;
    }
}
