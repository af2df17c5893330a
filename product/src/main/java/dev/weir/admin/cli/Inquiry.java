package dev.weir.admin.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * One command that no client of a socket gave: runs it to its end and tells what it said. For the HTTP API and the
 * dashboard. Owned by the Conductor.
 */
public final class Inquiry implements Terminal {

    private static final int PIECE = 64 * 1024;

    /**
     * How it went.
     *
     * @param severity that of a message, null for a dump
     * @param whole false when there was more than may be
     */
    public record Outcome(Severity severity, String text, boolean whole) {}

    private final Level level;
    private final int most;
    private final Consumer<Outcome> told;
    private final StringBuilder text = new StringBuilder();
    private Answer answer;
    private boolean running;
    private boolean expert;
    private boolean experimental;

    private Inquiry(Level level, int most, Consumer<Outcome> told) {
        this.level = level;
        this.most = most;
        this.told = told;
    }

    /**
     * On the Conductor's thread.
     *
     * @param most how long its answer may become
     * @param told called once, here or later, on the same thread
     */
    public static void run(CommandTable table, Level level, List<String> words, String payload, int most,
            Consumer<Outcome> told) {
        Inquiry inquiry = new Inquiry(level, most, told);
        inquiry.answer = table.run(new Call(inquiry, words, payload));
        inquiry.resume();
    }

    @Override
    public void resume() {
        if (running || answer == null) {
            return;
        }
        running = true;
        Answer.Progress progress = Answer.Progress.MORE;
        while (progress == Answer.Progress.MORE && text.length() <= most) {
            progress = answer.write(text, Math.min(most, text.length() + PIECE));
        }
        running = false;
        boolean whole = text.length() <= most;
        if (progress == Answer.Progress.DONE || !whole) {
            Answer done = answer;
            answer = null;
            if (progress != Answer.Progress.DONE) {
                done.abandoned();
            }
            told.accept(new Outcome(done.severity(), whole ? text.toString() : text.substring(0, most), whole));
        }
    }

    @Override
    public Level level() {
        return level;
    }

    @Override
    public void lower(Level next) {
        // it ends with this command
    }

    @Override
    public Mode mode() {
        return Mode.ONCE;
    }

    @Override
    public void mode(Mode next) {
        // there is nobody to prompt
    }

    @Override
    public void timed(boolean shown) {
        // there is nobody to prompt
    }

    @Override
    public boolean isTimed() {
        return false;
    }

    @Override
    public void severityOutput(Severity.Output output) {
        // it is told beside the text
    }

    @Override
    public void timeoutMs(int ms) {
        // whoever asked has his own
    }

    @Override
    public boolean isExpert() {
        return expert;
    }

    @Override
    public void expert(boolean on) {
        expert = on;
    }

    @Override
    public boolean isExperimental() {
        return experimental;
    }

    @Override
    public void experimental(boolean on) {
        experimental = on;
    }

    @Override
    public boolean isWithWorker() {
        return true;
    }

    @Override
    public void withWorker(boolean on) {
        // there is but the worker
    }

    @Override
    public void quit() {
        // it ends with this command
    }
}
