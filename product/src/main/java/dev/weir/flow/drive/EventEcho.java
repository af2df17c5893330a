package dev.weir.flow.drive;

import dev.weir.base.text.ByteText;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.HttpHead;
import java.util.function.Consumer;

/**
 * Shows what comes and goes on standard output ({@code -d}), and passes all moments on to the log. A tool for those who
 * look on, so it may allocate and wait for its reader. Descriptors are not told: they stand as {@code ffff}.
 */
public final class EventEcho implements ExchangeLog {

    private static final String NOWHERE = "[ffff:ffff]";
    private static final String NO_SERVER = "[ffff:ffffffff]";

    private final ExchangeLog log;
    private final Consumer<String> out;

    /** @param out is given lines; one object for all workers, so it must bear that */
    public EventEcho(ExchangeLog log, Consumer<String> out) {
        this.log = log;
        this.out = out;
    }

    @Override
    public void accepted(Exchange exchange) {
        accept(exchange);
        log.accepted(exchange);
    }

    @Override
    public void requested(Exchange exchange) {
        accept(exchange);
        HttpHead head = exchange.context().request();
        if (head != null) {
            show(exchange, exchange.frontend().name(), "clireq", text(head, head.methodAt(), head.methodLength()) + ' '
                    + text(head, head.targetAt(), head.targetLength()) + version(head));
            headers(exchange, exchange.frontend().name(), "clihdr", head);
        }
        log.requested(exchange);
    }

    @Override
    public void connected(Exchange exchange) {
        log.connected(exchange);
    }

    @Override
    public void responded(Exchange exchange) {
        HttpHead head = exchange.context().response();
        if (head != null && exchange.server() != null) {
            show(exchange, exchange.backend().name(), "srvrep", version(head).substring(1) + ' ' + head.status() + ' '
                    + text(head, head.reasonAt(), head.reasonLength()));
            headers(exchange, exchange.backend().name(), "srvhdr", head);
        }
        log.responded(exchange);
    }

    @Override
    public void ended(Exchange exchange) {
        String proxy = exchange.backend() == null ? exchange.frontend().name() : exchange.backend().name();
        for (String what : exchange.server() == null ? new String[] {"clicls", "closed"}
                : new String[] {"clicls", "srvcls", "closed"}) {
            out.accept(begin(exchange, proxy, what) + NOWHERE);
        }
        log.ended(exchange);
    }

    @Override
    public void fellSilent(Exchange exchange, byte[] why) {
        log.fellSilent(exchange, why);
    }

    @Override
    public void refused(Exchange exchange, byte[] why) {
        log.refused(exchange, why);
    }

    @Override
    public void doLog(Exchange exchange, LogStep origin, String profile) {
        log.doLog(exchange, origin, profile);
    }

    @Override
    public int longestRequestLine() {
        return log.longestRequestLine();
    }

    private void accept(Exchange exchange) {
        out.accept(begin(exchange, exchange.frontend().name(), "accept(ffff)=ffff from [") + exchange.clientAddress() + "]");
    }

    private void headers(Exchange exchange, String proxy, String what, HttpHead head) {
        for (int i = 0; i < head.headers(); i++) {
            show(exchange, proxy, what, text(head, head.nameAt(i), head.nameLength(i)) + ": "
                    + text(head, head.valueAt(i), head.valueLength(i)));
        }
    }

    private void show(Exchange exchange, String proxy, String what, String text) {
        out.accept(begin(exchange, proxy, what) + (what.startsWith("cli") ? NO_SERVER : NOWHERE) + ": " + text);
    }

    private static String begin(Exchange exchange, String proxy, String what) {
        String number = Long.toHexString(exchange.number());
        return "0".repeat(Math.max(0, 8 - number.length())) + number + ':' + proxy + '.' + what;
    }

    private static String version(HttpHead head) {
        return " HTTP/" + head.majorVersion() + '.' + head.minorVersion();
    }

    /** Bytes that a terminal would obey are shown as points. */
    private static String text(HttpHead head, int at, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = at; i < at + length; i++) {
            char c = (char) (head.bytes()[i] & 0xFF);
            out.append(c < ' ' || c == 0x7F ? '.' : c);
        }
        return ByteText.decode(out.toString());
    }
}
