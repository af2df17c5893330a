package dev.weir.boot;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.GlobalSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes what HAProxy has scripts write before a restart ({@code weir.state-files}): the state of servers where
 * {@code server-state-file} says, counters where {@code stats-file} does, each beside its place and renamed. Used by the thread
 * of errands, and by the one that ends the process.
 */
final class StateFiles {

    private final Running running;
    private final Console console;
    private boolean troubled;

    StateFiles(Running running, Console console) {
        this.running = running;
        this.console = console;
    }

    /** What is wrong is said once until it is right again. */
    void write(Settings global) {
        String servers = global.get(GlobalSpec.SERVER_STATE_FILE);
        String base = global.get(GlobalSpec.SERVER_STATE_BASE);
        boolean relative = servers != null && !servers.startsWith("/") && base != null;
        boolean good = write(relative ? base + "/" + servers : servers, List.of("show", "servers", "state"));
        troubled = !(write(global.get(GlobalSpec.STATS_FILE), List.of("dump", "stats-file")) && good);
    }

    private boolean write(String file, List<String> command) {
        if (file == null) {
            return true;
        }
        Path beside = Path.of(file + "." + running.runtime().identity().pid() + ".tmp");
        try {
            Files.writeString(beside, Snapshot.said(running, command), StandardCharsets.ISO_8859_1);
            Files.move(beside, Path.of(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            if (!troubled) {
                console.print(Diagnostic.Level.WARNING, "Cannot write '" + file + "': " + e.getMessage());
            }
            return false;
        }
    }
}
