package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.model.proxy.Frontend;
import java.util.HashMap;
import java.util.Map;

/**
 * The {@code unique-id-format} of frontends, one compiled for each worker. An exchange gets its id when it is asked for
 * first and keeps it. Filled while a generation is assembled; the formats are worker-owned, by the worker's index.
 */
public final class UniqueIds {

    private static final byte[] NONE = {};

    private final Map<Frontend, FormattedText> formats = new HashMap<>();

    public void add(Frontend frontend, FormattedText format) {
        formats.put(frontend, format);
    }

    /** The id; empty when the frontend makes none. */
    byte[] of(Exchange exchange) {
        byte[] id = exchange.uniqueId();
        if (id == null) {
            FormattedText format = formats.get(exchange.frontend());
            id = format == null ? NONE : format.of(exchange);
            exchange.uniqueId(id);
        }
        return id;
    }
}
