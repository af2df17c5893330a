package dev.weir.admin.cli;

/** An answer that others are still working on: it is given once, on the Conductor's thread, and written then. */
public final class Later implements Answer {

    private final Terminal terminal;
    private Answer given;
    private boolean abandoned;

    public Later(Terminal terminal) {
        this.terminal = terminal;
    }

    public void give(Answer answer) {
        given = answer;
        if (!abandoned) {
            terminal.resume();
        }
    }

    public boolean isAbandoned() {
        return abandoned;
    }

    @Override
    public Progress write(StringBuilder out, int atLeast) {
        return given == null ? Progress.WAITING : given.write(out, atLeast);
    }

    @Override
    public Severity severity() {
        return given == null ? null : given.severity();
    }

    @Override
    public void abandoned() {
        abandoned = true;
    }
}
