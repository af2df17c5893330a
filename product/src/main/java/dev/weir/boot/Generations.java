package dev.weir.boot;

import dev.weir.config.compile.Generation;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.Parting;
import dev.weir.flow.drive.Serving;
import dev.weir.flow.drive.Tenure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The generations that still serve somebody, by their tenures: what they produced is held by their connections alone.
 * Owned by the Conductor once that runs.
 */
final class Generations {

    private final List<Tenure> tenures = new ArrayList<>();
    private List<Serving> serving = List.of();

    /** This one serves from now on; frontends that it does not know have no future. */
    void begin(Generation now) {
        Set<Serving> next = new HashSet<>();
        for (FrontendProgram program : now.frontends()) {
            program.serving().becomes(program);
            next.add(program.serving());
        }
        serving.stream().filter(each -> !next.contains(each)).forEach(each -> each.ends(Parting.AT_ONCE));
        serving = List.copyOf(next);
        tenures.add(now.tenure());
    }

    /** Nothing serves any more: connections end with what they have under way. */
    void end(Parting how) {
        serving.forEach(each -> each.ends(how));
    }

    /** The current one last. */
    List<Tenure> all() {
        tenures.removeIf(each -> each != tenures.getLast() && each.connections() == 0);
        return List.copyOf(tenures);
    }
}
