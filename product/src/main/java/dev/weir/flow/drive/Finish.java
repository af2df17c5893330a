package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;

/** The one exit of every exchange: releases, logs, counts. Stateless. */
final class Finish {

    private Finish() {}

    static void end(Exchange exchange, FrontendProgram front, boolean connected) {
        Server server = exchange.server();
        if (connected) {
            server.sessions().decrement();
            exchange.backend().release(server);
        }
        if (exchange.backend() != null) {
            exchange.leaveBackend();
        }
        front.log().ended(exchange);
        exchange.worker().load().decrementAndGet();
        exchange.entrance().leave();
    }
}
