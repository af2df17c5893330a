package dev.weir.flow.filter;

import dev.weir.flow.expr.ExpressionContext;
import dev.weir.wire.http.Head;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * {@code filter trace}: tells on standard error what passes. A tool for those who look for a fault, so it may allocate.
 * Immutable.
 *
 * @param label the filter's name and the proxy's
 * @param random whether pieces of random lengths are given on
 * @param atMost the longest piece that is given on, 0 for any
 * @param out null when it is to be quiet
 */
public record TraceFilter(String name, String label, boolean random, int atMost, boolean hexdump, boolean quiet,
        Consumer<String> out) implements Filter {

    private static final int LABEL_WIDTH = 20;
    private static final int CALL_WIDTH = 25;
    private static final int BYTES_PER_LINE = 16;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    @Override
    public Stage request(FilterHost host) {
        return stage(host, false);
    }

    @Override
    public Stage response(FilterHost host) {
        return stage(host, true);
    }

    private Stage stage(FilterHost host, boolean ofResponse) {
        Head head = ofResponse ? host.responseHead() : host.requestHead();
        TraceStage stage = new TraceStage(this, host, ofResponse, head != null);
        if (head != null) {
            stage.tell("trace_http_headers", "\t" + line(head));
            for (int i = head.first(); i >= 0; i = head.after(i)) {
                header(host, head, i);
            }
        }
        return stage;
    }

    private static String line(Head head) {
        byte[] area = head.area();
        String version = head.version() % 10 == 0 ? "HTTP/1.0" : "HTTP/1.1";
        return head.isRequest()
                ? text(area, head.methodAt(), head.methodLength()) + " "
                        + text(area, head.targetAt(), head.targetLength()) + " " + version
                : version + " " + head.status() + " " + text(area, head.reasonAt(), head.reasonLength());
    }

    private void header(FilterHost host, Head head, int index) {
        tell(host, "\t" + text(head.area(), head.nameAt(index), head.nameLength(index)) + ": "
                + text(head.area(), head.valueAt(index), head.valueLength(index)));
    }

    private static String text(byte[] area, int at, int length) {
        return new String(area, at, length, StandardCharsets.ISO_8859_1);
    }

    void tell(FilterHost host, String call, String rest) {
        tell(host, padded(call, CALL_WIDTH) + rest);
    }

    private void tell(ExpressionContext host, String rest) {
        if (!quiet) {
            long micros = host.process().wallMicros();
            String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
            long number = ((FilterHost) host).record().number();
            out.accept(micros / 1_000_000 + "." + fraction + " [" + padded(label, LABEL_WIDTH) + "] [strm 0x"
                    + Long.toHexString(number) + "] " + rest + "\n");
        }
    }

    static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    void dump(byte[] bytes) {
        if (quiet || !hexdump) {
            return;
        }
        StringBuilder all = new StringBuilder();
        for (int from = 0; from < bytes.length; from += BYTES_PER_LINE) {
            String at = Integer.toHexString(0x1000000 + from).substring(1);
            StringBuilder codes = new StringBuilder("\t0x").append(at).append(": ");
            StringBuilder letters = new StringBuilder("  |");
            for (int i = from; i < from + BYTES_PER_LINE; i++) {
                boolean there = i < bytes.length;
                int octet = there ? bytes[i] & 0xff : 0;
                codes.append(there ? HEX[octet >> 4] : ' ').append(there ? HEX[octet & 15] : ' ')
                        .append(i % BYTES_PER_LINE == 7 ? "   " : " ");
                if (there) {
                    letters.append(octet >= 0x20 && octet < 0x7f ? (char) octet : '.');
                }
            }
            all.append(codes).append(letters).append("|\n");
        }
        out.accept(all.toString());
    }
}
