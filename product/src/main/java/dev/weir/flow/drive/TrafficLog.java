package dev.weir.flow.drive;

import dev.weir.base.log.LogLevel;
import dev.weir.base.log.LogLine;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.flow.expr.LogFormat;
import dev.weir.net.loop.Worker;
import java.util.function.IntFunction;

/**
 * Writes the lines of a frontend's traffic: when, in which format, to the targets of its log. Formats keep scratch of
 * their own, so there is one of each per worker. The arrays are immutable; what they hold is worker-owned.
 */
public final class TrafficLog implements ExchangeLog {

    /** When an exchange is written about. */
    public enum Moment {
        /** As soon as the connection is there: the format asks for nothing else. */
        ACCEPTED,
        /** As soon as the server is: {@code option logasap}. */
        CONNECTED,
        ENDED
    }

    private final ProxyLog log;
    private final Moment moment;
    private final boolean logsNull;
    private final LogFormat[] formats;
    private final LogFormat[] errorFormats;
    private final ExchangeRecord[] records;
    private final LogLine[] messages;

    private TrafficLog(ProxyLog log, Moment moment, boolean logsNull, LogFormat[] formats,
            LogFormat[] errorFormats) {
        this.log = log;
        this.moment = moment;
        this.logsNull = logsNull;
        this.formats = formats;
        this.errorFormats = errorFormats;
        this.records = new ExchangeRecord[formats.length];
        this.messages = new LogLine[formats.length];
        for (int i = 0; i < formats.length; i++) {
            records[i] = new ExchangeRecord();
            messages[i] = new LogLine();
        }
    }

    /**
     * @param logsNull whether connections on which nothing was transferred are worth a line
     * @param format makes the format for the worker of that index
     */
    public static TrafficLog of(ProxyLog log, Moment moment, boolean logsNull, int workers,
            IntFunction<LogFormat> format, IntFunction<LogFormat> errorFormat) {
        LogFormat[] formats = new LogFormat[workers];
        LogFormat[] errorFormats = new LogFormat[workers];
        for (int i = 0; i < workers; i++) {
            formats[i] = format.apply(i);
            errorFormats[i] = errorFormat.apply(i);
        }
        return new TrafficLog(log, moment, logsNull, formats, errorFormats);
    }

    @Override
    public void accepted(Exchange exchange) {
        if (moment == Moment.ACCEPTED) {
            write(formats, exchange, true, null);
        }
    }

    @Override
    public void connected(Exchange exchange) {
        if (moment == Moment.CONNECTED) {
            write(formats, exchange, true, null);
        }
    }

    @Override
    public void ended(Exchange exchange) {
        boolean due = moment == Moment.ENDED || moment == Moment.CONNECTED && exchange.connectMs() < 0;
        if (due && (logsNull || exchange.bytesIn() > 0)) {
            write(formats, exchange, false, null);
        }
    }

    @Override
    public void refused(Exchange exchange, byte[] why) {
        write(errorFormats, exchange, false, why);
    }

    private void write(LogFormat[] which, Exchange exchange, boolean partial, byte[] error) {
        Worker worker = exchange.worker();
        int index = worker.index();
        LogLine message = messages[index];
        message.clear();
        which[index].write(records[index].of(exchange, partial, error), message);
        records[index].counted();
        log.send(worker, LogLevel.INFO.ordinal(), message, null);
    }
}
