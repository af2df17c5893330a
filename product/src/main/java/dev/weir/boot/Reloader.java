package dev.weir.boot;

import dev.weir.base.log.LogLevel;
import dev.weir.base.text.Diagnostic;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.keyword.command.Site;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the files of the command line again and has the process take over what they say, or leaves everything as it is
 * and says why: on standard error, in the log, in {@code show startup-logs} and to who asked. One at a time, by the main
 * thread.
 */
final class Reloader {

    private final Running running;
    private final Arguments arguments;
    private final Console console;
    private final Stopping stopping;
    private final Notify notify;
    private Errands errands;
    private int failed;

    Reloader(Running running, Arguments arguments, Console console, Stopping stopping, Notify notify) {
        this.running = running;
        this.arguments = arguments;
        this.console = console;
        this.stopping = stopping;
        this.notify = notify;
    }

    /** What another configuration may ask for. */
    void errands(Errands what) {
        errands = what;
    }

    /** @param told on the Conductor's thread */
    void reload(Consumer<Site.Reloads.Outcome> told) {
        boolean good = false;
        if (stopping.isStopping()) {
            console.beginAgain();
            console.print(Level.ALERT, "The process is stopping: the configuration is not read again.");
            console.served();
        } else {
            notify.reloading();
            console.beginAgain();
            good = attempt();
            console.print(good ? Level.NOTICE : Level.WARNING, good ? "Loading success."
                    : "Loading failure: the configuration that was in use stays in use.");
            console.served();
            notify.reloaded(good);
        }
        if (good && errands != null) {
            errands.start();
        }
        failed = good ? 0 : failed + 1;
        running.failures(failed);
        tell(new Site.Reloads.Outcome(good, console.startupMessages()), told);
    }

    private boolean attempt() {
        try {
            Reading reading = Reading.of(arguments, running.nextWorld(), console, null);
            return reading != null && reading.isUsable(console) && running.become(reading, arguments);
        } catch (RuntimeException | StackOverflowError e) {
            console.bug("reload", e);
            return false;
        }
    }

    private void tell(Site.Reloads.Outcome outcome, Consumer<Site.Reloads.Outcome> told) {
        // the next reload says what it has to say while the Conductor still writes this
        List<Diagnostic> said = List.copyOf(console.said());
        running.runtime().conductor().execute(() -> {
            for (Diagnostic each : said) {
                running.announcements().log(level(each.level()), each.text());
            }
            told.accept(outcome);
        });
    }

    private static LogLevel level(Level level) {
        return switch (level) {
            case ALERT -> LogLevel.ALERT;
            case WARNING -> LogLevel.WARNING;
            default -> LogLevel.NOTICE;
        };
    }
}
