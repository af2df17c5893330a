package dev.weir.boot;

import dev.weir.admin.stats.RowKind;
import dev.weir.admin.stats.StatsFile;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.mux.Listener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Has the first generation begin with the counters of {@code stats-file}. Read by the main thread, applied by the Conductor before any command. */
final class StatsFileReader {

    private StatsFileReader() {}

    /** The text of the file, or null; what is wrong with it is said. */
    static String read(Generation generation, Console console) {
        String name = generation.configuration().global().get(GlobalSpec.STATS_FILE);
        try {
            return name == null ? null : Files.readString(Path.of(name), StandardCharsets.ISO_8859_1);
        } catch (IOException | InvalidPathException e) {
            console.print(Diagnostic.Level.WARNING, "config: Can't load stats-file '" + name + "': it cannot be read.");
            return null;
        }
    }

    /** Adds what it says, once listeners are there. @param worker whose thread this is */
    static void apply(String text, Generation generation, int worker) {
        Map<String, StatsFile.Found> fronts = new HashMap<>();
        Map<String, StatsFile.Found> backs = new HashMap<>();
        for (FrontendProgram program : generation.frontends()) {
            ProxySpec proxy = program.frontend().spec();
            StatsFile.Found frontend = new StatsFile.Found(RowKind.FRONTEND, isHttp(proxy), program.frontend().counts());
            put(fronts, proxy.settings().get(ProxySpec.GUID), StatsFile.nameOf(proxy, "FRONTEND"), frontend);
            for (Listener listener : program.frontend().listeners()) {
                if (listener.admission() instanceof Entrance entrance) {
                    fronts.put(entrance.guid(), new StatsFile.Found(RowKind.LISTENER, isHttp(program.frontend().spec()),
                            entrance.counts()));
                }
            }
        }
        for (BackendProgram program : generation.backends()) {
            ProxySpec spec = program.backend().spec();
            put(backs, spec.settings().get(ProxySpec.GUID), StatsFile.nameOf(spec, "BACKEND"),
                    new StatsFile.Found(RowKind.BACKEND, isHttp(spec), program.backend().counts()));
            for (Server server : program.backend().servers()) {
                put(backs, server.spec().settings().get(ServerSpec.GUID), StatsFile.nameOf(spec, server.name()),
                        new StatsFile.Found(RowKind.SERVER, isHttp(spec), server.counts()));
            }
        }
        StatsFile.load(text, (front, guid) -> (front ? fronts : backs).get(guid), worker);
    }

    private static void put(Map<String, StatsFile.Found> all, String guid, String name, StatsFile.Found found) {
        all.put(guid == null ? name : guid, found);
    }

    private static boolean isHttp(ProxySpec spec) {
        return spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
    }
}
