package dev.weir.flow.drive;

import dev.weir.base.log.TraceSource;
import dev.weir.flow.exchange.Exchange;

/** Tells of streams while somebody traces them. Stateless. */
final class StreamTrace {

    private StreamTrace() {}

    static void began(Exchange exchange) {
        TraceSource.STREAM.tell(TraceSource.STREAM_NEW, exchange.worker().index(), "fe=" + exchange.frontend().name()
                + " src=" + exchange.clientAddress());
    }

    static void ended(Exchange exchange) {
        TraceSource.STREAM.tell(TraceSource.STREAM_END, exchange.worker().index(), "fe=" + exchange.frontend().name()
                + " be=" + (exchange.backend() == null ? "<NONE>" : exchange.backend().name()) + " srv="
                + (exchange.server() == null ? "<NONE>" : exchange.server().name())
                + (exchange.http() == null ? "" : " status=" + exchange.http().status()) + " in=" + exchange.bytesIn()
                + " out=" + exchange.bytesOut() + " ms=" + exchange.totalMs());
    }
}
