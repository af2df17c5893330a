package dev.weir.flow.rule;

/** An action whose work is done together with that of its kind right behind it. Settled once its set is compiled. */
public interface Chained extends Action {

    /** The next rule is of the kind too and has no condition: it ends what this one begins. */
    void followed();
}
