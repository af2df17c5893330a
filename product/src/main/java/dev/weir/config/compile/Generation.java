package dev.weir.config.compile;

import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import java.util.List;

/** Everything that one configuration produced: programs beside the living objects that they drive. Immutable. */
public record Generation(Configuration configuration, List<FrontendProgram> frontends, List<BackendProgram> backends) {}
