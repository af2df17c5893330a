package dev.weir.upkeep.check;

import java.util.List;

/**
 * What one kind of check does. Immutable.
 *
 * @param kind what it is
 * @param steps in order, the first of them a connection but for variables and comments before it
 * @param disableOn404 whether an answer with that status asks for no more traffic
 */
public record CheckProgram(Kind kind, List<CheckStep> steps, boolean disableOn404) {

    /** The kinds, as far as messages and steps differ. */
    public enum Kind {
        /** The operator's own script of {@code tcp-check} lines. */
        SCRIPT,
        HTTP,
        /** A prepared script. */
        PROTOCOL,
        EXTERNAL,
        AGENT
    }

    /** Being connected is all that is asked. */
    public static final CheckProgram PLAIN = new CheckProgram(Kind.PROTOCOL, List.of(ConnectStep.PLAIN), false);

    /** A process of the operator's decides. */
    public static final CheckProgram EXTERNAL = new CheckProgram(Kind.EXTERNAL, List.of(), false);

    static CheckProgram prepared(CheckStep... steps) {
        return new CheckProgram(Kind.PROTOCOL, List.of(steps), false);
    }
}
