package dev.weir.flow.drive;

import dev.weir.base.log.LogLine;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.LogFormat;
import java.util.Arrays;

/** A log format whose text goes elsewhere than into a log, one for each worker. Worker-owned, by the worker's index. */
public final class FormattedText {

    /** What {@code %OG} says outside of logs. */
    private static final byte[] UNSPECIFIED = {'u', 'n', 's', 'p', 'e', 'c'};

    private final LogFormat[] formats;
    private final ExchangeRecord[] records;
    private final LogLine[] lines;

    public FormattedText(LogFormat[] perWorker) {
        formats = perWorker;
        records = new ExchangeRecord[perWorker.length];
        lines = new LogLine[perWorker.length];
        for (int i = 0; i < perWorker.length; i++) {
            records[i] = new ExchangeRecord();
            lines[i] = new LogLine();
        }
    }

    byte[] of(Exchange exchange) {
        int worker = exchange.worker().index();
        LogLine line = lines[worker];
        line.clear();
        formats[worker].write(records[worker].of(exchange, false, null, UNSPECIFIED), line);
        return Arrays.copyOf(line.array(), line.length());
    }
}
