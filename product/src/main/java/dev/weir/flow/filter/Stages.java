package dev.weir.flow.filter;

import dev.weir.net.mux.Sink;
import java.util.List;

/** The stages that one message passes, in their order. Worker-owned. */
public final class Stages {

    private final List<Stage> stages;
    private Credited upstream;

    /** Whoever gave the message: it hears how many bytes have gone on. */
    @FunctionalInterface
    public interface Credited {
        void credit(int bytes);
    }

    Stages(List<Stage> stages) {
        this.stages = stages;
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).place(this, i == 0 ? null : stages.get(i - 1));
        }
    }

    /** Opens the way to a target; what is given to the result goes through all stages. */
    public Sink open(Sink target, Credited source) {
        upstream = source;
        Sink next = target;
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i).lead(next);
            next = stages.get(i);
        }
        return next;
    }

    /** The target has taken bytes. */
    public void credit(int bytes) {
        stages.getLast().credit(bytes);
    }

    void passedOn(int bytes) {
        upstream.credit(bytes);
    }

    public void restart() {
        for (Stage stage : stages) {
            stage.restart();
        }
    }

    public void close() {
        for (Stage stage : stages) {
            stage.close();
        }
    }
}
