package dev.weir.boot;

import dev.weir.base.log.LogLevel;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Runtime;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.Parting;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Count;
import dev.weir.net.mux.Listener;

/** How the process leaves, at once or softly, and how it steps back for a while. Used by the main thread. */
final class Stopping {

    private static final long POLL_MS = 10;

    private final Running running;
    private final Runtime runtime;
    private boolean stopping;
    private volatile Runnable last = () -> { };

    Stopping(Running running) {
        this.running = running;
        this.runtime = running.runtime();
    }

    /** Whether it has begun: from then on nothing is taken over any more. */
    boolean isStopping() {
        return stopping;
    }

    /** Whoever asks us to stop takes our place. */
    void followed() {
        running.followed();
    }

    /** No new connections; the process ends with the last one that it has. */
    void softly() {
        if (stopping) {
            return;
        }
        stopping = true;
        Running.link();
        runtime.totals().stopping();
        int graceMs = running.generation().configuration().global().get(GlobalSpec.GRACE_MS);
        runtime.conductor().execute(() -> {
            if (graceMs > 0) {
                running.after(graceMs, this::close);
            } else {
                close();
            }
        });
    }

    /** On the Conductor's thread. */
    private void close() {
        Parting how = parting();
        running.closeListeners(how);
        running.generations().end(how);
        announce(running.generation());
        leaveWhenIdle();
        int hardStopMs = running.generation().configuration().global().get(GlobalSpec.HARD_STOP_AFTER_MS);
        if (hardStopMs > 0) {
            running.after(hardStopMs, this::leave);
        }
    }

    private Parting parting() {
        int spreadMs = running.generation().configuration().global().get(GlobalSpec.CLOSE_SPREAD_TIME_MS);
        if (spreadMs != 0) {
            return spreadMs < 0 ? Parting.NEVER : Parting.spread(runtime.conductor().nowMs(), spreadMs);
        }
        return running.isFollowed() ? Parting.WITH_THE_NEXT_ANSWER : Parting.AT_ONCE;
    }

    private void leaveWhenIdle() {
        boolean closed = running.listeners().stream().allMatch(each -> each.state() == Listener.State.CLOSED);
        if (closed && runtime.totals().connections().value() == 0 && running.peers().isDone()) {
            leave();
        } else {
            running.after(POLL_MS, this::leaveWhenIdle);
        }
    }

    /** On the Conductor's thread, which what is done last may have to ask. */
    private void leave() {
        Thread.ofPlatform().name("weir-leave").start(() -> leave(0));
    }

    /** What is done before the process ends. */
    void last(Runnable what) {
        last = what;
    }

    void leave(int code) {
        last.run();
        running.drainLogs();
        running.exposed().forEach(each -> each.socket().end());
        java.lang.Runtime.getRuntime().halt(code);
    }

    /** What HAProxy's master says. */
    void announceMaster(int code) {
        running.console().print(Diagnostic.Level.WARNING, "Exiting Master process...");
        running.console().print(Diagnostic.Level.WARNING, "All workers exited. Exiting... (" + code + ")");
    }

    private void announce(Generation now) {
        for (FrontendProgram program : now.frontends()) {
            Frontend frontend = program.frontend();
            say(frontend.spec(), frontend.counts().sum(Count.CONNECTIONS), behind(now, frontend.spec()));
        }
        for (BackendProgram program : now.backends()) {
            if (!program.backend().spec().kind().isFront()) {
                say(program.backend().spec(), 0, behind(now, program.backend().spec()));
            }
        }
    }

    private void say(ProxySpec proxy, long front, long back) {
        running.announcements().say(proxy, LogLevel.WARNING, "Proxy " + proxy.name()
                + " stopped (cumulated conns: FE: " + front + ", BE: " + back + ").");
    }

    private static long behind(Generation now, ProxySpec spec) {
        for (BackendProgram program : now.backends()) {
            if (program.backend().spec() == spec) {
                return program.backend().counts().sum(Count.SESSIONS);
            }
        }
        return 0;
    }

    /** Stops accepting for a while, so that another process may bind. */
    void pause() {
        running.listeners().forEach(Listener::pause);
        running.logForwarding().pause();
        tellFrontends("Paused");
    }

    void resume() {
        running.listeners().forEach(Listener::resume);
        running.logForwarding().resume();
        tellFrontends("Resumed");
    }

    private void tellFrontends(String what) {
        runtime.conductor().execute(() -> {
            for (Frontend frontend : running.frontends()) {
                String kind = frontend.spec().kind() == ProxySpec.Kind.FRONTEND ? " frontend " : " proxy ";
                running.announcements().say(frontend.spec(), LogLevel.WARNING, what + kind + frontend.name() + ".");
            }
        });
    }
}
