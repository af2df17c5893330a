package dev.weir.boot;

import dev.weir.config.compile.Runtime;
import dev.weir.flow.drive.HttpKit;
import dev.weir.flow.drive.LiveExchange;
import dev.weir.model.server.Server;
import dev.weir.net.loop.Worker;
import dev.weir.upkeep.check.ServerChanges;
import java.util.function.Consumer;

/** Ends what is under way with a server, each worker its own exchanges in its next turn. Immutable. */
final class ExchangeShutter implements ServerChanges.Shutter {

    private final Runtime runtime;

    ExchangeShutter(Runtime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void shutdown(Server server, char letter) {
        each(runtime, exchange -> {
            if (exchange.exchange().server() == server) {
                exchange.kill(letter);
            }
        });
    }

    /** Visits all exchanges, each on its worker. */
    static void each(Runtime runtime, Consumer<LiveExchange> visitor) {
        for (Worker worker : runtime.everyone()) {
            HttpKit kit = runtime.kits()[worker.index()];
            if (kit != null) {
                worker.execute(() -> kit.live().each(visitor));
            }
        }
    }
}
