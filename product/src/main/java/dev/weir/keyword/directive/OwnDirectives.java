package dev.weir.keyword.directive;

import dev.weir.base.collect.Settings;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.SnapshotSpec;
import dev.weir.config.compile.WatchSpec;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;

/** Words of {@code global} that HAProxy does not have; the dot keeps them apart from its own. */
final class OwnDirectives {

    private static final int SHORTEST_MS = 100;

    private OwnDirectives() {}

    /** {@code weir.snapshot <file> [every <time>] [max-age <time>]}. */
    static void snapshot(Statement line, Settings global) {
        int everyMs = SnapshotSpec.EVERY_MS;
        int maxAgeMs = SnapshotSpec.MAX_AGE_MS;
        for (int i = 2; i < line.count(); i += 2) {
            boolean every = line.word(i).equals("every");
            long ms = time(line, i + 1);
            if (!every && !line.word(i).equals("max-age")) {
                line.alert(i, "'weir.snapshot' expects 'every' or 'max-age' (got '" + line.word(i) + "').");
                return;
            } else if (ms < (every ? SHORTEST_MS : 1)) {
                line.alert(i, "'weir.snapshot' expects a time behind '" + line.word(i) + "', of 100 ms at least.");
                return;
            }
            everyMs = every ? (int) ms : everyMs;
            maxAgeMs = every ? maxAgeMs : (int) ms;
        }
        global.set(GlobalSpec.SNAPSHOT, new SnapshotSpec(line.word(1), everyMs, maxAgeMs), line.place());
    }

    /** {@code weir.state-files <time>}. */
    static void stateFiles(Statement line, Settings global) {
        long ms = time(line, 1);
        if (ms < SHORTEST_MS) {
            line.alert(1, "'weir.state-files' expects a time of 100 ms at least (got '" + line.word(1) + "').");
            return;
        }
        global.set(GlobalSpec.STATE_FILES_MS, (int) ms, line.place());
    }

    /** {@code weir.watch <time> [<file>]*}. */
    static void watch(Statement line, Settings global) {
        long ms = time(line, 1);
        if (ms < SHORTEST_MS) {
            line.alert(1, "'weir.watch' expects a time of 100 ms at least (got '" + line.word(1) + "').");
            return;
        }
        global.set(GlobalSpec.WATCH, new WatchSpec((int) ms, line.from(2)), line.place());
    }

    private static long time(Statement line, int at) {
        return at < line.count() && !line.word(at).isEmpty() ? Numbers.millis(line.word(at)) : -1;
    }
}
