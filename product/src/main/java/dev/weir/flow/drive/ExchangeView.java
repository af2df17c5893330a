package dev.weir.flow.drive;

import dev.weir.base.text.Place;
import dev.weir.flow.exchange.Adjustments;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.flow.expr.ExchangeFacts;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.rule.CaptureLayout;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.value.Sample;
import java.nio.charset.StandardCharsets;

/** An exchange as expressions see it. Worker-owned. */
final class ExchangeView implements ExchangeFacts {

    private final ExchangeContext context;
    private CaptureLayout captures = CaptureLayout.NONE;

    ExchangeView(ExchangeContext context) {
        this.context = context;
    }

    void captures(CaptureLayout layout) {
        captures = layout;
    }

    private Exchange exchange() {
        return context.record();
    }

    @Override
    public long number(Number which) {
        Exchange exchange = exchange();
        return switch (which) {
            case ACCEPT_MICROS -> exchange.acceptedWallMicros();
            case LISTENER_ID -> exchange.entrance().id();
            case LISTENER_CONNECTIONS -> exchange.entrance().connections().value();
            case PRIORITY_CLASS -> exchange.adjusted().priorityClass();
            case PRIORITY_OFFSET -> exchange.adjusted().priorityOffset();
            case LAST_RULE_LINE -> context.lastRule() == null ? NONE : context.lastRule().line();
            case BACKEND_QUEUE -> exchange.backendQueuePosition();
            case SERVER_QUEUE -> exchange.serverQueuePosition();
            case RETRIES -> exchange.retries();
            case REDISPATCHED -> exchange.wasRedispatched() ? 1 : 0;
            case COMPRESSED -> exchange.http() != null && exchange.http().coding() != null ? 1 : 0;
            case CACHE_HIT -> context.cached() != null ? 1 : 0;
            case CLIENT_BYTES_IN -> exchange.bytesIn();
            case SERVER_BYTES_OUT -> exchange.connectMs() < 0 ? 0 : exchange.bytesIn();
            case CLIENT_BYTES_OUT, SERVER_BYTES_IN -> exchange.bytesOut();
            case HANDSHAKE -> exchange.handshakeMs();
            case TOTAL, USER -> exchange.totalMs();
            case CONNECT -> exchange.connectMs();
            case QUEUE -> exchange.queueMs();
            case DATA -> exchange.dataMs();
            case CLIENT_TIMEOUT -> exchange.adjusted().timeOr(Adjustments.Time.CLIENT,
                    exchange.frontend().spec().settings().get(ProxySpec.TIMEOUT_CLIENT));
            case CONNECT_TIMEOUT -> backendTime(Adjustments.Time.CONNECT, ProxyFacts.Number.CONNECT_TIMEOUT);
            case QUEUE_TIMEOUT -> backendTime(Adjustments.Time.QUEUE, ProxyFacts.Number.QUEUE_TIMEOUT);
            case SERVER_TIMEOUT -> backendTime(Adjustments.Time.SERVER, ProxyFacts.Number.SERVER_TIMEOUT);
            case TUNNEL_TIMEOUT -> backendTime(Adjustments.Time.TUNNEL, ProxyFacts.Number.TUNNEL_TIMEOUT);
            case TARPIT_TIMEOUT -> context.tarpitMs();
            case MAX_RETRIES -> exchange.adjusted().retriesOr(
                    (int) context.backend().number(ProxyFacts.Number.MAX_RETRIES));
            case CALLS -> exchange.calls();
            case ID32 -> exchange.number() & 0xffff_ffffL;
            case CPU_NANOS -> exchange.workNanos();
            case LATENCY_NANOS -> exchange.latencyNanos();
            case IS_FIRST_REQUEST -> exchange.http() == null || exchange.http().isFirst() ? 1 : 0;
            case REQUEST_MICROS, STATUS, SERVER_STATUS, IDLE, REQUEST_HEAD, REQUEST_TOTAL, RESPONSE_HEAD, ACTIVE ->
                exchange.http() == null ? NONE : http(which, exchange, exchange.http());
        };
    }

    /** In a listen section its own, before a backend is chosen. */
    private long backendTime(Adjustments.Time which, ProxyFacts.Number said) {
        return exchange().adjusted().timeOr(which, (int) context.backend().number(said));
    }

    private long http(Number which, Exchange exchange, HttpFacts http) {
        boolean headKnown = http.headMicros() != Exchange.NOT_YET;
        return switch (which) {
            case REQUEST_MICROS -> exchange.acceptedWallMicros();
            case STATUS -> status(http);
            case SERVER_STATUS -> http.responseMicros() != Exchange.NOT_YET ? http.status() : NONE;
            case IDLE -> headKnown ? (http.firstByteMicros() - http.idleSinceMicros()) / 1000 : -1;
            case REQUEST_HEAD -> headKnown ? (http.headMicros() - http.firstByteMicros()) / 1000 : -1;
            case REQUEST_TOTAL -> headKnown ? (http.headMicros() - http.idleSinceMicros()) / 1000 : -1;
            case ACTIVE -> headKnown ? (exchange.worker().nowMicros() - http.firstByteMicros()) / 1000 : -1;
            default -> http.responseMicros() == Exchange.NOT_YET ? -1
                    : (http.responseMicros() - exchange.connectedMicros()) / 1000;
        };
    }

    /** That of an answer of ours is known before it is sent. */
    private long status(HttpFacts http) {
        return http.status() > 0 ? http.status() : context.responseHead() != null ? context.responseHead().status() : NONE;
    }

    @Override
    public boolean text(Text which, Sample out) {
        Exchange exchange = exchange();
        HttpFacts http = exchange.http();
        switch (which) {
            case LISTENER_NAME -> {
                if (!exchange.entrance().isNamed()) {
                    return false;
                }
                out.string(exchange.entrance().nameBytes());
            }
            case LAST_RULE_FILE -> {
                Place place = context.lastRule();
                if (place == null) {
                    return false;
                }
                out.string(place.file().getBytes(StandardCharsets.UTF_8));
            }
            case LAST_ENTITY, WAITING_ENTITY -> {
                return place(which == Text.LAST_ENTITY ? context.lastRule() : context.waitingRule(), out);
            }
            case COMPRESSION -> {
                if (http == null || http.coding() == null) {
                    return false;
                }
                out.string(http.coding().token());
            }
            case CACHE_NAME -> {
                if (context.cached() == null) {
                    return false;
                }
                out.string(context.caching().name());
            }
            case TERMINATION -> {
                byte[] letters = {(byte) exchange.cause(), (byte) exchange.moment()};
                out.string(letters);
            }
            case UNIQUE_ID -> {
                byte[] id = context.uniqueId();
                if (id.length == 0) {
                    return false;
                }
                out.string(id);
            }
            case CAPTURED_METHOD, CAPTURED_TARGET, CAPTURED_VERSION -> {
                return http != null && http.lineLength() > 0 && captured(which, http, out);
            }
            case CAPTURED_RESPONSE_VERSION -> {
                if (context.responseHead() == null) {
                    return false;
                }
                out.string(context.responseHead().version() == 10 ? HTTP_1_0 : HTTP_1_1);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean place(Place place, Sample out) {
        if (place == null) {
            return false;
        }
        out.string((place.file() + ":" + place.line()).getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private static final byte[] HTTP_1_0 = "HTTP/1.0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HTTP_1_1 = "HTTP/1.1".getBytes(StandardCharsets.US_ASCII);

    private boolean captured(Text which, HttpFacts http, Sample out) {
        switch (which) {
            case CAPTURED_METHOD -> out.string(http.line(), 0, http.methodLength());
            case CAPTURED_TARGET -> {
                int end = http.targetAt() + http.targetLength();
                int path = pathAt(http.line(), http.targetAt(), end);
                out.string(http.line(), path, end - path);
                return path < end;
            }
            default -> out.string(context.requestHead() != null && context.requestHead().version() == 10 ? HTTP_1_0
                    : HTTP_1_1);
        }
        return true;
    }

    /** Where the path begins of a target that may have a scheme and a host; its end when it has none. */
    private static int pathAt(byte[] line, int from, int end) {
        int at = from;
        for (int i = from; at == from && line[from] != '/' && i + 2 < end; i++) {
            if (line[i] == ':' && line[i + 1] == '/' && line[i + 2] == '/') {
                at = i + 3;
            }
        }
        while (at < end && line[at] != '/') {
            at++;
        }
        return at;
    }

    @Override
    public boolean is(State state) {
        Exchange exchange = exchange();
        return switch (state) {
            case ERROR -> exchange.cause() != '-' && exchange.cause() != 'L';
            case FORWARDED -> exchange.connectMs() >= 0;
            case PROCESSED -> exchange.connectMs() >= 0 || exchange.answerer() != null;
            case TO_APPLET -> exchange.answerer() != null;
        };
    }

    @Override
    public boolean captured(boolean response, int slot, Sample out) {
        byte[] value = exchange().capture(response, slot);
        if (value == null) {
            return false;
        }
        out.string(value);
        return true;
    }

    @Override
    public boolean capture(boolean response, int slot, Sample value) {
        CaptureLayout.Slot[] slots = response ? captures.response() : captures.request();
        if (slot < 0 || slot >= slots.length) {
            return false;
        }
        int length = Math.min(value.length(), slots[slot].length());
        exchange().capture(response, slot, slots.length,
                java.util.Arrays.copyOfRange(value.bytes(), value.at(), value.at() + length));
        return true;
    }
}
