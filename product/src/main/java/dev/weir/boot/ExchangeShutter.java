package dev.weir.boot;

import dev.weir.config.compile.Runtime;
import dev.weir.flow.drive.LiveExchanges;
import dev.weir.model.server.Server;
import dev.weir.upkeep.check.ServerChanges;

/** Ends what is under way with a server, each worker its own exchanges in its next turn. Immutable. */
final class ExchangeShutter implements ServerChanges.Shutter {

    private final Runtime runtime;

    ExchangeShutter(Runtime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void shutdown(Server server, char letter) {
        for (int i = 0; i < runtime.workers().size(); i++) {
            LiveExchanges live = runtime.kits()[i].live();
            runtime.workers().get(i).execute(() -> live.each(exchange -> {
                if (exchange.exchange().server() == server) {
                    exchange.kill(letter);
                }
            }));
        }
    }
}
