package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.HttpFacts;

/**
 * The timers of an HTTP exchange as configuration.txt 8.4 defines them, in milliseconds; -1 for what was not reached.
 * Stateless.
 */
final class HttpTimes {

    private HttpTimes() {}

    /** Th: before the first request only. */
    static long handshake(Exchange exchange) {
        HttpFacts http = exchange.http();
        return http.isFirst() ? (http.idleSinceMicros() - exchange.acceptedMicros()) / 1000 : 0;
    }

    /** Ti. */
    static long idle(Exchange exchange) {
        HttpFacts http = exchange.http();
        return between(http.idleSinceMicros(), http.firstByteMicros());
    }

    /** TR. */
    static long head(Exchange exchange) {
        HttpFacts http = exchange.http();
        return between(http.firstByteMicros(), http.headMicros());
    }

    /** Tq. */
    static long request(Exchange exchange) {
        long idle = idle(exchange);
        long head = head(exchange);
        return idle < 0 || head < 0 ? -1 : handshake(exchange) + idle + head;
    }

    /** Tr. */
    static long response(Exchange exchange) {
        return ms(responseMicros(exchange));
    }

    /** Td. */
    static long data(Exchange exchange) {
        return between(exchange.http().responseMicros(), exchange.endMicros());
    }

    /** Ta. */
    static long active(Exchange exchange) {
        return ms(activeMicros(exchange));
    }

    /** Tr, finer. */
    static long responseMicros(Exchange exchange) {
        return micros(exchange.connectedMicros(), exchange.http().responseMicros());
    }

    /** Ta, finer. */
    static long activeMicros(Exchange exchange) {
        HttpFacts http = exchange.http();
        long from = http.firstByteMicros() == Exchange.NOT_YET ? http.idleSinceMicros() : http.firstByteMicros();
        return micros(from, exchange.endMicros());
    }

    /** Tq, finer. */
    static long requestMicros(Exchange exchange) {
        HttpFacts http = exchange.http();
        return micros(http.isFirst() ? exchange.acceptedMicros() : http.idleSinceMicros(), http.headMicros());
    }

    /** Tt. */
    static long total(Exchange exchange) {
        HttpFacts http = exchange.http();
        return between(http.isFirst() ? exchange.acceptedMicros() : http.idleSinceMicros(), exchange.endMicros());
    }

    /** Microseconds from when the exchange counts as accepted to the first byte of its request. */
    static long beforeRequest(Exchange exchange) {
        HttpFacts http = exchange.http();
        long from = http.isFirst() ? exchange.acceptedMicros() : http.idleSinceMicros();
        return http.firstByteMicros() == Exchange.NOT_YET ? 0 : http.firstByteMicros() - from;
    }

    private static long between(long from, long to) {
        return ms(micros(from, to));
    }

    private static long micros(long from, long to) {
        return from == Exchange.NOT_YET || to == Exchange.NOT_YET ? -1 : to - from;
    }

    private static long ms(long micros) {
        return micros < 0 ? -1 : micros / 1000;
    }
}
