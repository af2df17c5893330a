package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.ConnectionFacts.Number;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What an exchange has of its two connections (configuration manual 7.3.4, {@code fs.*} and {@code bs.*}). */
final class StreamFetches {

    private static final int STREAM = 1;
    private static final int ENGINE = 2;
    private static final int TRANSPORT = 4;
    private static final int CONNECTION = 8;
    private static final int SOCKET = 16;
    private static final int ALL_LAYERS = 31;
    private static final byte[] UNSUPPORTED = {'-'};

    static final List<FetchKeyword> ALL = rows();

    private StreamFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        side(rows, "fs.", Need.CLIENT_ADDRESS, ExpressionContext::client);
        side(rows, "bs.", Need.SERVER_ADDRESS, ExpressionContext::server);
        // the manual's word for where no such events are kept
        rows.add(FetchKeyword.of("term_events", SampleType.STRING, Need.INTERNAL, (context, out) -> {
            out.string(UNSUPPORTED);
            return true;
        }));
        return List.copyOf(rows);
    }

    private static void side(List<FetchKeyword> rows, String prefix, Need need,
            Function<ExpressionContext, ConnectionFacts> side) {
        rows.add(FetchKeyword.of(prefix + "aborted", SampleType.BOOL, need, (context, out) -> {
            if (side.apply(context) == null) {
                return false;
            }
            out.bool(side.apply(context).isAborted());
            return true;
        }));
        rows.add(number(prefix + "id", need, side, Number.STREAM_ID));
        rows.add(number(prefix + "rst_code", need, side, Number.RESET_CODE));
        rows.add(FetchKeyword.of(prefix + "debug_str", Signature.of(0, ArgumentKind.INTEGER), SampleType.STRING, need,
                arguments -> described(arguments, side)));
    }

    private static FetchKeyword number(String name, Need need, Function<ExpressionContext, ConnectionFacts> side,
            Number which) {
        return FetchKeyword.of(name, SampleType.INTEGER, need, (context, out) -> {
            ConnectionFacts connection = side.apply(context);
            long value = connection == null ? ConnectionFacts.NONE : connection.number(which);
            if (value == ConnectionFacts.NONE) {
                return false;
            }
            out.integer(value);
            return true;
        });
    }

    /** For developers: the layers that a bitmap names, in our own words. */
    private static Fetch described(Arguments arguments, Function<ExpressionContext, ConnectionFacts> side)
            throws ExpressionError {
        long bitmap = arguments.number(0, 0);
        if (bitmap < 0 || bitmap > ALL_LAYERS) {
            throw new ExpressionError("the bitmap must be between 0 and " + ALL_LAYERS);
        }
        int layers = bitmap == 0 ? ALL_LAYERS : (int) bitmap;
        return (context, out) -> {
            ConnectionFacts connection = side.apply(context);
            if (connection == null) {
                return false;
            }
            out.string(text(connection, layers).getBytes(StandardCharsets.UTF_8));
            return true;
        };
    }

    private static String text(ConnectionFacts connection, int layers) {
        StringBuilder out = new StringBuilder();
        boolean http = connection.number(Number.HTTP_MAJOR) != ConnectionFacts.NONE;
        if ((layers & STREAM) != 0) {
            word(out, "stream.id", connection.number(Number.STREAM_ID));
            word(out, "stream.aborted", connection.isAborted() ? 1 : 0);
            word(out, "stream.rst_code", connection.number(Number.RESET_CODE));
        }
        if ((layers & ENGINE) != 0) {
            out.append(out.isEmpty() ? "" : " ").append("mux=").append(!http ? "PASS"
                    : connection.number(Number.HTTP_MAJOR) == 2 ? "H2" : "H1");
            word(out, "mux.streams", connection.number(Number.STREAMS));
            word(out, "mux.glitches", connection.number(Number.GLITCHES));
        }
        if ((layers & TRANSPORT) != 0) {
            out.append(out.isEmpty() ? "" : " ").append("xprt=").append(connection.tls() == null ? "RAW" : "SSL");
        }
        if ((layers & CONNECTION) != 0) {
            word(out, "conn.err", connection.error());
            word(out, "conn.reused", connection.isReused() ? 1 : 0);
        }
        if ((layers & SOCKET) != 0) {
            out.append(out.isEmpty() ? "" : " ").append("sock.src=").append(connection.originalSource())
                    .append(" sock.dst=").append(connection.originalDestination());
        }
        return out.toString();
    }

    private static void word(StringBuilder out, String name, long value) {
        if (value != ConnectionFacts.NONE) {
            out.append(out.isEmpty() ? "" : " ").append(name).append('=').append(value);
        }
    }
}
