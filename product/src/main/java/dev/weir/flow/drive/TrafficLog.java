package dev.weir.flow.drive;

import dev.weir.base.log.LogLevel;
import dev.weir.base.log.LogLine;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.flow.expr.LogFormat;
import dev.weir.net.loop.Worker;

/**
 * Writes the lines of a frontend's traffic: when, in which format, to the targets of its log. Formats keep scratch of
 * their own, so there is one of each per worker. The array is immutable; what it holds is worker-owned.
 */
public final class TrafficLog implements ExchangeLog {

    private static final int SERVER_ERROR = 500;

    private final ProxyLog log;
    private final LogPolicy policy;
    private final int longestRequestLine;
    private final TrafficFormats[] formats;

    /** @param formats by the index of the worker */
    public TrafficLog(ProxyLog log, LogPolicy policy, int longestRequestLine, TrafficFormats[] formats) {
        this.log = log;
        this.policy = policy;
        this.longestRequestLine = longestRequestLine;
        this.formats = formats;
    }

    @Override
    public int longestRequestLine() {
        return longestRequestLine;
    }

    @Override
    public void accepted(Exchange exchange) {
        step(exchange, LogStep.ACCEPT);
    }

    @Override
    public void requested(Exchange exchange) {
        step(exchange, LogStep.REQUEST);
    }

    @Override
    public void connected(Exchange exchange) {
        step(exchange, LogStep.CONNECT);
    }

    @Override
    public void responded(Exchange exchange) {
        step(exchange, LogStep.RESPONSE);
    }

    private void step(Exchange exchange, LogStep step) {
        if (policy.wants(step)) {
            write(exchange, step, null);
        }
    }

    @Override
    public void ended(Exchange exchange) {
        boolean due = policy.wants(LogStep.CLOSE) || policy.steps().isEmpty() && !wasWritten(exchange);
        if (due && (policy.logsNull() || hasTransferred(exchange))) {
            write(exchange, LogStep.CLOSE, null);
        }
    }

    /** Whether the moment for its one line has come before its end. */
    private boolean wasWritten(Exchange exchange) {
        return switch (policy.moment()) {
            case CONNECT -> exchange.connectMs() >= 0;
            case RESPONSE -> exchange.http() != null && exchange.http().responseMicros() != Exchange.NOT_YET;
            default -> policy.moment() != LogStep.CLOSE;
        };
    }

    private static boolean hasTransferred(Exchange exchange) {
        return exchange.bytesIn() > 0
                || exchange.http() != null && exchange.http().firstByteMicros() != Exchange.NOT_YET;
    }

    @Override
    public void refused(Exchange exchange, byte[] why) {
        write(exchange, LogStep.ERROR, why);
    }

    @Override
    public void fellSilent(Exchange exchange, byte[] why) {
        if (policy.logsNull()) {
            refused(exchange, why);
        }
    }

    @Override
    public void doLog(Exchange exchange, LogStep origin, String profile) {
        write(exchange, origin, null, profile == null ? null : formats[exchange.worker().index()].named().get(profile));
    }

    private void write(Exchange exchange, LogStep step, byte[] error) {
        write(exchange, step, error, null);
    }

    /** @param instead of the profiles of the targets, where not null */
    private void write(Exchange exchange, LogStep step, byte[] error, LogProfile instead) {
        boolean troubled = error != null || isTroubled(exchange);
        int level = exchange.logLevel();
        if (level == Exchange.SILENT || !troubled && !policy.logsNormal() && step.isAutomatic()) {
            return;
        }
        if (level == Exchange.NORMAL) {
            level = (troubled && policy.separatesErrors() ? LogLevel.ERR : LogLevel.INFO).ordinal();
        }
        TrafficFormats own = formats[exchange.worker().index()];
        // HAProxy speaks of an error where the request was none, and writes it as any other
        LogStep as = step == LogStep.CLOSE && isBadRequest(exchange) ? LogStep.ERROR : step;
        own.record().of(exchange, policy.partial() && error == null, error, as.origin());
        LogFormat format = error != null ? own.error() : as == LogStep.ERROR ? own.badRequest() : own.normal();
        for (int target = 0; target < own.profiles().length; target++) {
            LogProfile profile = instead != null ? instead : own.profiles()[target];
            LogStyle style = profile == null ? LogStyle.NOTHING_SAID : profile.at(as);
            if (!style.drops()) {
                send(exchange.worker(), own, target, level, style.message() == null ? format : style.message(),
                        style.structuredData() == null ? own.structuredData() : style.structuredData());
            }
        }
        own.record().counted();
    }

    private void send(Worker worker, TrafficFormats own, int target, int level, LogFormat format, LogFormat data) {
        if (format != null) {
            log.send(worker, target, level, line(own, format, own.message()),
                    data == null ? null : line(own, data, own.data()));
        }
    }

    private static LogLine line(TrafficFormats own, LogFormat format, LogLine line) {
        line.clear();
        format.write(own.record(), line);
        return line;
    }

    private static boolean isBadRequest(Exchange exchange) {
        return exchange.http() != null && exchange.http().lineLength() == 0;
    }

    /** Errors, timeouts, retries and redispatches; what we answered ourselves on purpose is none. */
    private static boolean isTroubled(Exchange exchange) {
        boolean cause = exchange.cause() != '-' && exchange.cause() != 'L';
        return cause || exchange.retries() > 0 || exchange.wasRedispatched()
                || exchange.http() != null && exchange.http().status() >= SERVER_ERROR;
    }
}
