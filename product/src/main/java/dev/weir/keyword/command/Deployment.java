package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Terminal;
import dev.weir.base.time.Timer;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import java.util.ArrayList;
import java.util.List;

/**
 * One replacement of servers, a transaction: first all new servers pass a check while they get no traffic; then, some at a
 * time, new ones are let in and as many old ones drained and put into maintenance; traffic is watched all along. When a new
 * server fails, or errors are too many, everything is as before again. It says how far it is, and goes on when nobody
 * listens any more. Owned by the Conductor.
 */
final class Deployment extends Timer implements Answer {

    private static final int LOOK_EVERY_MS = 50;
    private static final int WATCH_MS = 1000;

    private enum Phase { PROVING, SHIFTING, OVER }

    private final Site site;
    private final Terminal terminal;
    private final Backend backend;
    private final List<Server> old;
    private final List<Server> fresh;
    private final List<Server> served = new ArrayList<>();
    private final DeployTerms terms;
    private final Runnable whenOver;
    private final Proving proving;
    private final StringBuilder said = new StringBuilder();
    private final long[] before = new long[2];
    private final int steps;
    private Phase phase = Phase.PROVING;
    private int step;
    private long stepMs;
    private boolean cut;
    private boolean abandoned;

    Deployment(Site site, Terminal terminal, Backend backend, List<Server> old, List<Server> fresh, DeployTerms terms,
            Runnable whenOver) {
        this.site = site;
        this.terminal = terminal;
        this.backend = backend;
        this.old = old;
        this.fresh = fresh;
        this.terms = terms;
        this.whenOver = whenOver;
        this.proving = new Proving(site);
        this.steps = (100 + terms.stepPercent() - 1) / terms.stepPercent();
    }

    void begin() {
        for (Server server : old) {
            if (server.state().isUsable()) {
                served.add(server);
            }
        }
        say("Checking " + names(fresh) + ".");
        fresh.forEach(server -> proving.begin(backend, server, true));
        stepMs = site.nowMs();
        again();
    }

    private void again() {
        site.runtime().conductor().arm(this, LOOK_EVERY_MS);
    }

    @Override
    protected void fire(long nowMs) {
        switch (phase) {
            case PROVING -> prove(nowMs);
            case SHIFTING -> shift(nowMs);
            case OVER -> { }
        }
        if (!abandoned && !said.isEmpty()) {
            terminal.resume();
        }
    }

    private void prove(long nowMs) {
        Server late = firstUnfit(fresh.size());
        if (late == null) {
            say("All of them are healthy.");
            phase = Phase.SHIFTING;
            count(before);
            next(nowMs);
        } else if (nowMs - stepMs >= terms.healthyWithinMs()) {
            back("server " + late.name() + " has passed no check within " + seconds(terms.healthyWithinMs()));
        } else {
            again();
        }
    }

    /** The first of so many new servers that is not well, or null. */
    private Server firstUnfit(int count) {
        for (Server server : fresh.subList(0, count)) {
            boolean there = backend.servers().contains(server);
            boolean well = there && !server.state().inMaintenance() && switch (server.state().operation()) {
                case RUNNING, STARTING -> true;
                default -> false;
            };
            if (!well) {
                return server;
            }
        }
        return null;
    }

    /** Lets some more of the new ones in and takes as large a part of the old ones out. */
    private void next(long nowMs) {
        step++;
        stepMs = nowMs;
        cut = false;
        List<Server> in = part(fresh);
        List<Server> out = part(old);
        in.forEach(server -> site.changes().ready(backend, server));
        out.forEach(server -> site.changes().drain(backend, server));
        say("Step " + step + " of " + steps + ": " + (in.isEmpty() ? "nothing" : names(in)) + " in, "
                + (out.isEmpty() ? "nothing" : names(out)) + " out.");
        again();
    }

    private List<Server> part(List<Server> all) {
        return all.subList(upTo(all, step - 1), upTo(all, step));
    }

    private int upTo(List<Server> all, int done) {
        int percent = Math.min(100, done * terms.stepPercent());
        return (all.size() * percent + 99) / 100;
    }

    private void shift(long nowMs) {
        long[] seen = seen();
        Server failed = firstUnfit(upTo(fresh, step));
        if (failed != null) {
            back("server " + failed.name() + " is not well any more");
        } else if (terms.limit() != null && terms.limit().isExceeded(seen[1], seen[0])) {
            back(seen[1] + " errors in " + seen[0] + " requests");
        } else if (nowMs - stepMs < WATCH_MS || isBusy(part(old), nowMs)) {
            again();
        } else {
            part(old).forEach(this::rest);
            if (step < steps) {
                next(nowMs);
            } else {
                end("Done. " + names(fresh) + " serve, " + names(old) + " are in maintenance; " + seen[0] + " requests, "
                        + seen[1] + " errors.");
            }
        }
    }

    private void rest(Server server) {
        site.changes().maintain(backend, server);
        site.checks().administered(server);
        IdleConnections.close(site, server);
    }

    /** Whether something is still under way that may go on; what has had its time is cut off, once. */
    private boolean isBusy(List<Server> leaving, long nowMs) {
        boolean busy = false;
        for (Server server : leaving) {
            busy |= server.served() > 0 || server.sessions().value() > 0;
        }
        boolean late = nowMs - stepMs >= terms.drainMs();
        if (busy && late && !cut) {
            cut = true;
            leaving.forEach(site.changes()::cutOff);
            say("Cut off what " + names(leaving) + " had left after " + seconds(terms.drainMs()) + ".");
        }
        return busy && !late;
    }

    /** What the new servers have had since traffic came to them: requests, errors. */
    private long[] seen() {
        long[] now = new long[2];
        count(now);
        return new long[] {now[0] - before[0], now[1] - before[1]};
    }

    private void count(long[] into) {
        into[0] = 0;
        into[1] = 0;
        for (Server server : fresh) {
            into[0] += server.counts().sum(Count.CHOSEN) + server.counts().sum(Count.RETRIES);
            into[1] += server.counts().sum(Count.RESPONSES_5XX) + server.counts().sum(Count.FAILED_CONNECTS)
                    + server.counts().sum(Count.FAILED_RESPONSES);
        }
    }

    /** Everything is as it was: first the old ones serve again, then the new ones leave. */
    private void back(String why) {
        say("Aborted: " + why + ".");
        for (Server server : served) {
            if (server.state().inMaintenance()) {
                site.changes().ready(backend, server);
                site.checks().administered(server);
            } else if (server.state().isDraining()) {
                site.changes().ready(backend, server);
            }
        }
        for (Server server : fresh) {
            if (backend.servers().contains(server)) {
                rest(server);
            }
        }
        end("Rolled back. " + names(served) + " serve, " + names(fresh) + " are in maintenance.");
    }

    private void end(String last) {
        phase = Phase.OVER;
        say(last);
        whenOver.run();
    }

    private void say(String line) {
        said.append(line).append('\n');
    }

    private static String seconds(long ms) {
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }

    private static String names(List<Server> servers) {
        StringBuilder out = new StringBuilder();
        for (Server server : servers) {
            out.append(out.isEmpty() ? "" : ", ").append(server.name());
        }
        return out.isEmpty() ? "nothing" : out.toString();
    }

    @Override
    public Progress write(StringBuilder out, int atLeast) {
        out.append(said);
        said.setLength(0);
        return phase == Phase.OVER ? Progress.DONE : Progress.WAITING;
    }

    @Override
    public void abandoned() {
        abandoned = true;
    }
}
