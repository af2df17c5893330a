package dev.weir.flow.drive;

import dev.weir.base.log.TraceLock;
import dev.weir.base.log.TraceSource;
import dev.weir.base.log.TraceSources;
import dev.weir.base.log.TraceSubject;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.proxy.Frontend;
import dev.weir.net.mux.Connection;
import dev.weir.wire.http.Head;
import java.nio.charset.StandardCharsets;

/** Tells of sessions, streams and messages while somebody traces them. Stateless. */
final class StreamTrace {

    private StreamTrace() {}

    private static TraceSubject subject(Exchange exchange) {
        return sort -> switch (sort) {
            case BACKEND -> exchange.backend();
            case FRONTEND -> exchange.frontend();
            case LISTENER -> exchange.entrance();
            case SERVER -> exchange.server();
            case SESSION, CONNECTION -> exchange.clientAddress();
            case STREAM -> exchange;
            default -> null;
        };
    }

    private static TraceSubject subject(Frontend frontend, Connection connection) {
        return sort -> sort == TraceLock.FRONTEND ? frontend
                : sort == TraceLock.SESSION || sort == TraceLock.CONNECTION ? connection.source() : null;
    }

    private static void tell(TraceSource source, int event, Exchange exchange, String text) {
        source.tell(event, exchange.worker().index(), subject(exchange), text);
    }

    /** An event of a client's connection. */
    static void connection(TraceSource source, int event, Frontend frontend, Connection connection, String more) {
        source.tell(event, connection.worker().index(), subject(frontend, connection), "fe=" + frontend.name() + " src="
                + connection.source() + more);
    }

    static void began(Exchange exchange) {
        tell(TraceSources.STREAM, TraceSources.STREAM_NEW, exchange, "fe=" + exchange.frontend().name() + " src="
                + exchange.clientAddress());
    }

    /** A head that a client, or a server, has sent. */
    static void head(Exchange exchange, Head head, boolean answer, boolean http2) {
        String line = answer ? "HTTP/1.1 " + head.status() : new String(exchange.http().line(), 0,
                exchange.http().lineLength(), StandardCharsets.ISO_8859_1);
        String text = (answer ? "sent " : "rcvd ") + (http2 ? "H2 " : "H1 ") + (answer ? "response : " : "request  : ") + line;
        TraceSource mux = http2 ? TraceSources.H2 : TraceSources.H1;
        int event = answer ? TraceSources.H1_ANSWER : http2 ? TraceSources.H2_STREAM_NEW : TraceSources.H1_REQUEST;
        if (mux.sees(event) && !(http2 && answer)) {
            tell(mux, event, exchange, text);
        }
        int own = answer ? TraceSources.STREAM_ANSWER : TraceSources.STREAM_REQUEST;
        if (TraceSources.STREAM.sees(own)) {
            tell(TraceSources.STREAM, own, exchange, text);
        }
    }

    static void ended(Exchange exchange) {
        String text = "fe=" + exchange.frontend().name()
                + " be=" + (exchange.backend() == null ? "<NONE>" : exchange.backend().name()) + " srv="
                + (exchange.server() == null ? "<NONE>" : exchange.server().name())
                + (exchange.http() == null ? "" : " status=" + exchange.http().status()) + " in=" + exchange.bytesIn()
                + " out=" + exchange.bytesOut() + " ms=" + exchange.totalMs();
        if (exchange.cause() != '-' && TraceSources.STREAM.sees(TraceSources.STREAM_ERROR)) {
            tell(TraceSources.STREAM, TraceSources.STREAM_ERROR, exchange, text + " cause=" + exchange.cause());
        }
        if (TraceSources.STREAM.sees(TraceSources.STREAM_END)) {
            tell(TraceSources.STREAM, TraceSources.STREAM_END, exchange, text);
        }
    }

    /** Whether somebody wants to know of heads. */
    static boolean seesHeads(boolean answer) {
        return answer ? TraceSources.H1.sees(TraceSources.H1_ANSWER) || TraceSources.STREAM.sees(TraceSources.STREAM_ANSWER)
                : TraceSources.H1.sees(TraceSources.H1_REQUEST) || TraceSources.H2.sees(TraceSources.H2_STREAM_NEW)
                        || TraceSources.STREAM.sees(TraceSources.STREAM_REQUEST);
    }
}
