package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;

/** The one exit of every exchange: releases, logs, counts. Stateless. */
final class Finish {

    private Finish() {}

    /** A session in TCP mode, and its connection with it. */
    static void end(Exchange exchange, FrontendProgram front, boolean connected) {
        exchange(exchange, connected);
        front.log().ended(exchange);
        front.tenure().leave();
        exchange.worker().load().decrementAndGet();
        exchange.entrance().leave();
    }

    /** Gives back the slot of a server that is to be tried once more, or left for another. */
    static void leaveServer(Exchange exchange) {
        exchange.server().sessions().decrement();
        exchange.backend().release(exchange.server());
    }

    /** Gives back what an exchange has of its backend. */
    static void exchange(Exchange exchange, boolean connected) {
        Server server = exchange.server();
        ExchangeTimes.count(exchange, connected);
        if (connected) {
            if (exchange.backend().measuresLatency()) {
                server.latency().saw(answerMicros(exchange), exchange.worker().nowMs());
            }
            server.sessions().decrement();
            exchange.backend().release(server);
        }
        if (exchange.backend() != null) {
            exchange.leaveBackend();
        }
    }

    /** From the choice of the server to its answer, or to the end where none has come; in TCP mode to the connection. */
    private static long answerMicros(Exchange exchange) {
        long from = exchange.connectingMicros();
        if (exchange.http() == null) {
            return exchange.connectedMicros() - from;
        }
        long answer = exchange.http().responseMicros();
        return (answer == Exchange.NOT_YET ? exchange.endMicros() : answer) - from;
    }
}
