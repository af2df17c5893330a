package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;

/** The one exit of every exchange: logs, counts, releases. Stateless. */
final class Finish {

    private Finish() {}

    static void end(Exchange exchange, FrontendProgram front, boolean connected) {
        if (wantsLine(exchange, front)) {
            front.log().write(exchange);
        }
        Server server = exchange.server();
        if (connected) {
            server.sessions().decrement();
            exchange.backend().release(server);
        }
        if (exchange.backend() != null) {
            exchange.leaveBackend();
        }
        exchange.worker().load().decrementAndGet();
        exchange.entrance().leave();
    }

    private static boolean wantsLine(Exchange exchange, FrontendProgram front) {
        boolean written = front.logAtConnect() && exchange.connectMs() >= 0;
        return !written && (front.logNull() || exchange.bytesIn() > 0);
    }
}
