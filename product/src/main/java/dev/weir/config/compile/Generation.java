package dev.weir.config.compile;

import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.Tenure;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import java.util.List;

/** Everything that one configuration produced: programs beside the living objects that they drive. Immutable. */
public record Generation(Configuration configuration, List<FrontendProgram> frontends, List<BackendProgram> backends,
        Tenure tenure) {

    /** The living frontend of a proxy, or null. */
    public Frontend frontendOf(ProxySpec spec) {
        for (FrontendProgram program : frontends) {
            if (spec.kind().isFront() && program.frontend().name().equals(spec.name())) {
                return program.frontend();
            }
        }
        return null;
    }

    /** The living backend of a proxy, or null. */
    public Backend backendOf(ProxySpec spec) {
        for (BackendProgram program : backends) {
            if (spec.kind().isBack() && program.backend().name().equals(spec.name())) {
                return program.backend();
            }
        }
        return null;
    }
}
