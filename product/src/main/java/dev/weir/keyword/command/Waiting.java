package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Terminal;
import dev.weir.base.time.Timer;
import java.util.function.Supplier;

/** {@code wait}: an answer that comes when something holds, or when it has taken too long. Owned by the Conductor. */
final class Waiting extends Timer implements Answer {

    private static final int LOOK_EVERY_MS = 20;

    /**
     * How things are.
     *
     * @param settled whether waiting on would change nothing
     * @param reason why it does not hold yet, or null when it does
     */
    record State(boolean settled, String reason) {}

    private final Site site;
    private final Terminal terminal;
    private final long deadlineMs;
    private final Supplier<State> condition;
    private final boolean conditional;
    private String said;

    Waiting(Site site, Terminal terminal, long delayMs, Supplier<State> condition) {
        this.site = site;
        this.terminal = terminal;
        this.condition = condition;
        this.deadlineMs = site.nowMs() + delayMs;
        this.conditional = condition.get().settled() || condition.get().reason() != null;
        look();
    }

    private void look() {
        State now = condition.get();
        boolean late = site.nowMs() >= deadlineMs;
        if (now.settled()) {
            said = now.reason() == null ? "Done." : "Failed. " + now.reason();
        } else if (late) {
            said = conditional ? "Wait delay expired. " + now.reason() : "Done.";
        } else {
            long next = conditional ? Math.min(site.nowMs() + LOOK_EVERY_MS, deadlineMs) : deadlineMs;
            site.runtime().conductor().armAt(this, next);
        }
    }

    @Override
    protected void fire(long nowMs) {
        look();
        if (said != null) {
            terminal.resume();
        }
    }

    @Override
    public Progress write(StringBuilder out, int atLeast) {
        if (said == null) {
            return Progress.WAITING;
        }
        out.append(said).append('\n');
        return Progress.DONE;
    }

    @Override
    public void interrupted() {
        if (said == null) {
            site.runtime().conductor().remove(this);
            String reason = condition.get().reason();
            said = "Interrupted." + (reason == null ? "" : " " + reason);
        }
    }

    @Override
    public void abandoned() {
        site.runtime().conductor().remove(this);
    }
}
