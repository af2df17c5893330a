package dev.weir.config.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.net.mux.H2Terms;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tune.h2.*}: what a side has of its own wins over what both have. */
class Http2AssemblyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tune.h2.nothing 1 | 16384 100 16384 4096 0 0 true 1433600 | 16384 100 16384 4096 0 0 false 1433600",
        "tune.h2.initial-window-size 5; tune.h2.fe.initial-window-size 7 | 7 100 16384 4096 0 0 true 1433600 "
            + "| 5 100 16384 4096 0 0 false 1433600",
        "tune.h2.fe.max-concurrent-streams 9 rq-load auto; tune.h2.max-concurrent-streams 8 "
            + "| 16384 9 16384 4096 0 0 true 1433600 | 16384 8 16384 4096 0 0 false 1433600",
        "tune.h2.max-frame-size 20000; tune.h2.header-table-size 8192 | 16384 100 16384 8192 0 0 true 1433600 "
            + "| 16384 100 16384 8192 0 0 false 1433600",
        "tune.h2.fe.max-total-streams 50; tune.h2.fe.glitches-threshold 6; tune.h2.be.glitches-threshold 7 "
            + "| 16384 100 16384 4096 50 6 true 1433600 | 16384 100 16384 4096 0 7 false 1433600",
        "tune.h2.fe.rxbuf 80k; tune.h2.be.rxbuf 800 | 16384 100 16384 4096 0 0 true 71680 "
            + "| 16384 100 16384 4096 0 0 false 700",
        "h2-workaround-bogus-websocket-clients | 16384 100 16384 4096 0 0 false 1433600 "
            + "| 16384 100 16384 4096 0 0 false 1433600",
        "h2-workaround-bogus-websocket-clients; no h2-workaround-bogus-websocket-clients "
            + "| 16384 100 16384 4096 0 0 true 1433600 | 16384 100 16384 4096 0 0 false 1433600"})
    void settles(String lines, String clients, String servers) {
        Settings global = new Settings();
        for (String line : lines.split("; ")) {
            Draft.append(global, Draft.KEPT, new Phrase(List.of(line.trim().split(" ")), Place.BUILT_IN), Place.BUILT_IN);
        }
        assertEquals(clients, text(Http2Assembly.clientSide(global)));
        assertEquals(servers, text(Http2Assembly.serverSide(global)));
    }

    private static String text(H2Terms terms) {
        return String.join(" ", Arrays.asList("" + terms.window(), "" + terms.maxStreams(), "" + terms.maxFrame(),
                "" + terms.tableSize(), "" + terms.totalStreams(), "" + terms.glitches(), "" + terms.websockets(),
                "" + terms.shared()));
    }
}
