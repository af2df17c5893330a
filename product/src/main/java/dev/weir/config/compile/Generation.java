package dev.weir.config.compile;

import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.Tenure;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import java.util.ArrayList;
import java.util.List;

/** Everything that one configuration produced: programs beside the living objects that they drive. Immutable. */
public record Generation(Configuration configuration, List<FrontendProgram> frontends, List<BackendProgram> backends,
        Tenure tenure) {

    /** All proxies in the order of the files, those behind them that commands have added. */
    public List<ProxySpec> proxies() {
        List<ProxySpec> all = new ArrayList<>(configuration.proxies());
        for (BackendProgram program : backends) {
            if (program.backend().spec().settings().get(ProxySpec.MADE_OF) != null) {
                all.add(program.backend().spec());
            }
        }
        return all;
    }

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
