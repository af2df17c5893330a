package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.RequestPart;
import dev.weir.net.tls.TlsFacts;

/** An exchange as log formats see it. One per worker and log, pointed at one exchange after the other. Worker-owned. */
final class ExchangeRecord implements LogRecord {


    private Exchange exchange;
    private boolean partial;
    private byte[] origin;
    private byte[] errorText;
    private long frontendLogNumber;

    ExchangeRecord of(Exchange next, boolean isPartial, byte[] error, byte[] from) {
        origin = from;
        exchange = next;
        partial = isPartial;
        errorText = error;
        return this;
    }

    /** The line has been written; the next one has the next number. */
    void counted() {
        frontendLogNumber++;
        exchange = null;
    }

    /** Of later requests of a connection: when it was ready for them. */
    @Override
    public long acceptMicros() {
        HttpFacts http = exchange.http();
        return http == null || http.isFirst() ? exchange.acceptedWallMicros() : http.idleSinceWallMicros();
    }

    @Override
    public Address source() {
        return exchange.clientAddress();
    }

    @Override
    public Address destination() {
        return exchange.frontendAddress();
    }

    @Override
    public Address serverSource() {
        return exchange.outgoingAddress();
    }

    @Override
    public Address serverDestination() {
        return exchange.serverAddress();
    }

    @Override
    public int listenerId() {
        return exchange.entrance().id();
    }

    @Override
    public byte[] listenerName() {
        return exchange.entrance().nameBytes();
    }

    @Override
    public byte[] frontend() {
        return exchange.frontend().nameBytes();
    }

    @Override
    public boolean isTls() {
        return exchange.entrance().isEncrypted();
    }

    private TlsFacts tls() {
        return exchange.context() == null || exchange.context().client() == null ? null
                : exchange.context().client().tls();
    }

    @Override
    public byte[] backend() {
        return exchange.backend() == null ? exchange.frontend().nameBytes() : exchange.backend().nameBytes();
    }

    @Override
    public byte[] server() {
        if (exchange.answerer() != null) {
            return exchange.answerer();
        }
        return exchange.server() == null ? null : exchange.server().nameBytes();
    }

    @Override
    public long handshakeMs() {
        return exchange.http() == null ? exchange.handshakeMs() : HttpTimes.handshake(exchange);
    }

    @Override
    public long queueMs() {
        return exchange.queueMs();
    }

    @Override
    public long connectMs() {
        return exchange.connectMs();
    }

    @Override
    public long dataMs() {
        return exchange.http() != null ? HttpTimes.data(exchange)
                : exchange.connectMs() < 0 ? -1 : exchange.dataMs();
    }

    @Override
    public long totalMs() {
        return exchange.http() == null ? exchange.totalMs() : HttpTimes.total(exchange);
    }

    @Override
    public long userMs() {
        return exchange.http() == null ? exchange.totalMs()
                : HttpTimes.total(exchange) - Math.max(0, HttpTimes.idle(exchange));
    }

    @Override
    public boolean isPartial() {
        return partial;
    }

    @Override
    public long bytesToClient() {
        return exchange.bytesOut();
    }

    @Override
    public long bytesToServer() {
        return exchange.bytesIn();
    }

    @Override
    public int termination() {
        return exchange.cause() << 8 | exchange.moment();
    }

    @Override
    public long processConnections() {
        return exchange.entrance().totals().connections().value();
    }

    @Override
    public long frontendConnections() {
        return exchange.frontend().connections().value();
    }

    @Override
    public long backendConnections() {
        return exchange.backend() == null ? 0 : exchange.backend().sessions().value();
    }

    @Override
    public long serverConnections() {
        return exchange.server() == null ? 0 : exchange.server().sessions().value();
    }

    @Override
    public int retries() {
        return exchange.retries();
    }

    @Override
    public boolean isRedispatched() {
        return exchange.wasRedispatched();
    }

    @Override
    public long serverQueue() {
        return exchange.serverQueuePosition();
    }

    @Override
    public long backendQueue() {
        return exchange.backendQueuePosition();
    }

    @Override
    public long requestNumber() {
        return exchange.number();
    }

    @Override
    public long frontendLogNumber() {
        return frontendLogNumber;
    }

    @Override
    public int status() {
        return exchange.http() == null ? 0 : exchange.http().loggedStatus();
    }

    @Override
    public byte[] uniqueId() {
        return exchange.context() instanceof ExchangeContext context ? context.uniqueId() : exchange.uniqueId();
    }

    @Override
    public byte[] tlsVersion() {
        return tls() == null ? null : tls().version();
    }

    @Override
    public byte[] tlsCipher() {
        return tls() == null ? null : tls().cipher();
    }

    @Override
    public byte[] origin() {
        return origin;
    }

    @Override
    public byte[] errorText() {
        return errorText;
    }

    @Override
    public ExpressionContext expressions() {
        return exchange.context();
    }

    @Override
    public long requestMicros() {
        return exchange.http() == null ? acceptMicros() : acceptMicros() + HttpTimes.beforeRequest(exchange);
    }

    @Override
    public long idleMs() {
        return exchange.http() == null ? -1 : HttpTimes.idle(exchange);
    }

    @Override
    public long headMs() {
        return exchange.http() == null ? -1 : HttpTimes.head(exchange);
    }

    @Override
    public long requestMs() {
        return exchange.http() == null ? -1 : HttpTimes.request(exchange);
    }

    @Override
    public long responseMs() {
        return exchange.http() == null ? -1 : HttpTimes.response(exchange);
    }

    @Override
    public long activeMs() {
        return exchange.http() == null ? exchange.totalMs() : HttpTimes.active(exchange);
    }

    @Override
    public byte[] requestLine() {
        HttpFacts http = exchange.http();
        return http == null || http.lineLength() == 0 ? null : http.line();
    }

    @Override
    public long requestPart(RequestPart part) {
        HttpFacts http = exchange.http();
        int target = http.targetAt();
        int end = target + http.targetLength();
        return switch (part) {
            case LINE -> range(0, http.lineLength());
            case METHOD -> range(0, http.methodLength());
            case TARGET -> range(target, end);
            case TARGET_WITHOUT_QUERY -> range(target, http.queryAt());
            case PATH -> range(http.pathAt(), Math.max(http.pathAt(), http.queryAt()));
            case QUERY -> range(http.queryAt(), end);
            case VERSION -> range(Math.min(end + 1, http.lineLength()), http.lineLength());
        };
    }

    private static long range(int from, int to) {
        return (long) from << 32 | to - from;
    }

    @Override
    public byte[] requestCookie() {
        return exchange.http() == null ? null : exchange.http().requestCookie();
    }

    @Override
    public byte[] responseCookie() {
        return exchange.http() == null ? null : exchange.http().responseCookie();
    }

    @Override
    public int cookieLetters() {
        HttpFacts http = exchange.http();
        return http == null ? '-' << 8 | '-' : http.cookieIn() << 8 | http.cookieOut();
    }

    @Override
    public byte[][] requestCaptures() {
        return exchange.captures(false);
    }

    @Override
    public byte[][] responseCaptures() {
        return exchange.captures(true);
    }
}
