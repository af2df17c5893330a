package dev.weir.boot;

import dev.weir.admin.stats.RowKind;
import dev.weir.admin.stats.StatsFile;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Has the first generation begin with the counters of {@code stats-file}. By the main thread, before threads run. */
final class StatsFileReader {

    private StatsFileReader() {}

    static void apply(Generation generation, int worker, Console console) {
        String name = generation.configuration().global().get(GlobalSpec.STATS_FILE);
        if (name == null) {
            return;
        }
        Map<String, StatsFile.Found> fronts = new HashMap<>();
        Map<String, StatsFile.Found> backs = new HashMap<>();
        for (FrontendProgram program : generation.frontends()) {
            fronts.put(program.frontend().spec().settings().get(ProxySpec.GUID), new StatsFile.Found(RowKind.FRONTEND,
                    isHttp(program.frontend().spec()), program.frontend().counts()));
        }
        for (BackendProgram program : generation.backends()) {
            ProxySpec spec = program.backend().spec();
            backs.put(spec.settings().get(ProxySpec.GUID),
                    new StatsFile.Found(RowKind.BACKEND, isHttp(spec), program.backend().counts()));
            for (Server server : program.backend().servers()) {
                backs.put(server.spec().settings().get(ServerSpec.GUID),
                        new StatsFile.Found(RowKind.SERVER, isHttp(spec), server.counts()));
            }
        }
        try {
            StatsFile.load(Files.readString(Path.of(name), StandardCharsets.ISO_8859_1),
                    (front, guid) -> (front ? fronts : backs).get(guid), worker);
        } catch (IOException | InvalidPathException e) {
            console.print(Diagnostic.Level.WARNING, "config: Can't load stats-file '" + name + "': it cannot be read.");
        }
    }

    private static boolean isHttp(ProxySpec spec) {
        return spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
    }
}
