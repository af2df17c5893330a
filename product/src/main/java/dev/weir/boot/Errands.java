package dev.weir.boot;

import dev.weir.base.collect.Settings;
import dev.weir.base.time.Clock;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.SnapshotSpec;
import dev.weir.config.compile.WatchSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Work with files that takes its time, beside all that serves: the snapshot is written, files are looked at. A thread of its own. */
final class Errands {

    private static final long LOOK_MS = 100;

    private final Running running;
    private final Snapshot snapshot;
    private final StateFiles stateFiles;
    private final FileWatch watch = new FileWatch();
    private final List<String> files;
    private final Runnable reload;
    private boolean started;

    /** @param files of the command line */
    Errands(Running running, Snapshot snapshot, List<String> files, Runnable reload) {
        this.running = running;
        this.snapshot = snapshot;
        this.stateFiles = new StateFiles(running, running.console());
        this.files = files;
        this.reload = reload;
    }

    /** Begins when there is something to do; by the main thread. */
    void start() {
        Settings global = running.generation().configuration().global();
        if (started || global.get(GlobalSpec.SNAPSHOT) == null && global.get(GlobalSpec.WATCH) == null
                && global.get(GlobalSpec.STATE_FILES_MS) == 0) {
            return;
        }
        started = true;
        Thread.ofPlatform().daemon().name("weir-errands").start(this::run);
    }

    private void run() {
        long writtenMs = nowMs();
        long lookedMs = nowMs();
        long filedMs = nowMs();
        while (true) {
            LockSupport.parkNanos(LOOK_MS * 1_000_000);
            Settings global = running.generation().configuration().global();
            SnapshotSpec spec = global.get(GlobalSpec.SNAPSHOT);
            if (spec != null && nowMs() - writtenMs >= spec.everyMs() && !running.runtime().totals().isStopping()) {
                writtenMs = nowMs();
                snapshot.write(spec);
            }
            int filesMs = global.get(GlobalSpec.STATE_FILES_MS);
            if (filesMs > 0 && nowMs() - filedMs >= filesMs && !running.runtime().totals().isStopping()) {
                filedMs = nowMs();
                stateFiles.write(global);
            }
            WatchSpec watched = global.get(GlobalSpec.WATCH);
            if (watched != null && nowMs() - lookedMs >= watched.everyMs()) {
                lookedMs = nowMs();
                List<String> all = new ArrayList<>(files);
                all.addAll(watched.files());
                if (watch.hasChanged(all)) {
                    reload.run();
                }
            }
        }
    }

    private static long nowMs() {
        return Clock.SYSTEM.monotonicNanos() / 1_000_000;
    }

    /** The last of this process, unless another one that knows as much has taken its place. */
    void stopping() {
        Settings global = running.generation().configuration().global();
        SnapshotSpec spec = global.get(GlobalSpec.SNAPSHOT);
        if (spec != null && !running.isFollowed()) {
            snapshot.write(spec);
        }
        if (global.get(GlobalSpec.STATE_FILES_MS) > 0 && !running.isFollowed()) {
            stateFiles.write(global);
        }
    }
}
