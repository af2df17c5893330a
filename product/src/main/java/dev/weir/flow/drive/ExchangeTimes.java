package dev.weir.flow.drive;

import dev.weir.base.count.Latencies;
import dev.weir.base.log.TraceSources;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.model.server.Count;
import dev.weir.model.server.Stage;
import dev.weir.model.server.Timings;

/** Counts how long the stages of an exchange took, for its frontend and, when it got that far, its backend and server. */
final class ExchangeTimes {

    private static final int MICROS = 1000;

    private ExchangeTimes() {}

    static void count(Exchange exchange, boolean connected) {
        HttpFacts http = exchange.http();
        if (TraceSources.STREAM.sees(TraceSources.STREAM_END) || TraceSources.STREAM.sees(TraceSources.STREAM_ERROR)) {
            StreamTrace.ended(exchange);
        }
        if (connected) {
            average(exchange, exchange.server().timings(), http);
            average(exchange, exchange.backend().timings(), http);
        }
        if (http == null) {
            spread(exchange, Stage.QUEUE, exchange.queueMicros(), connected);
            spread(exchange, Stage.CONNECT, exchange.connectMicros(), connected);
            spread(exchange, Stage.ACTIVE, exchange.endMicros() - exchange.acceptedMicros(), connected);
        } else if (http.headMicros() != Exchange.NOT_YET) {
            exchange.frontend().counts().cell(exchange.worker().index()).increment(Count.ENDED_REQUESTS.ordinal());
            spread(exchange, Stage.REQUEST, HttpTimes.requestMicros(exchange), connected);
            spread(exchange, Stage.QUEUE, exchange.queueMicros(), connected);
            spread(exchange, Stage.CONNECT, exchange.connectMicros(), connected);
            spread(exchange, Stage.RESPONSE, HttpTimes.responseMicros(exchange), connected);
            spread(exchange, Stage.ACTIVE, HttpTimes.activeMicros(exchange), connected);
        }
    }

    private static void average(Exchange exchange, Timings timings, HttpFacts http) {
        int worker = exchange.worker().index();
        timings.add(worker, Timings.Stage.QUEUE, exchange.queueMs());
        timings.add(worker, Timings.Stage.CONNECT, exchange.connectMs());
        if (http == null) {
            timings.add(worker, Timings.Stage.TOTAL, exchange.totalMs());
        } else {
            timings.add(worker, Timings.Stage.RESPONSE, HttpTimes.responseMicros(exchange) / MICROS);
            timings.add(worker, Timings.Stage.TOTAL, HttpTimes.total(exchange));
        }
    }

    /** What was not reached has no time. */
    private static void spread(Exchange exchange, Stage stage, long micros, boolean connected) {
        if (micros < 0) {
            return;
        }
        int worker = exchange.worker().index();
        int at = stage.ordinal();
        int range = Latencies.range(micros);
        exchange.frontend().latencies().add(worker, at, range, micros);
        if (connected) {
            exchange.server().timings().latencies().add(worker, at, range, micros);
            exchange.backend().timings().latencies().add(worker, at, range, micros);
        }
    }
}
