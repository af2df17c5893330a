package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What connections are and how they fare, beside their addresses (configuration.txt 7.3.3). */
final class ConnectionFetches {

    /** Names of PROXY header fields, as the end of their constants in its specification. */
    private static final Map<String, Integer> FIELDS = Map.ofEntries(Map.entry("ALPN", 0x01),
            Map.entry("AUTHORITY", 0x02), Map.entry("CRC32", 0x03), Map.entry("NOOP", 0x04),
            Map.entry("UNIQUE_ID", 0x05), Map.entry("SSL", 0x20), Map.entry("SSL_VERSION", 0x21),
            Map.entry("SSL_CN", 0x22), Map.entry("SSL_CIPHER", 0x23), Map.entry("SSL_SIG_ALG", 0x24),
            Map.entry("SSL_KEY_ALG", 0x25), Map.entry("NETNS", 0x30));

    static final List<FetchKeyword> ALL = rows();

    private ConnectionFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        both(rows, "fc_", Need.CLIENT_ADDRESS, ExpressionContext::client);
        both(rows, "bc_", Need.SERVER_ADDRESS, ExpressionContext::server);
        for (Map.Entry<String, ConnectionFacts.Number> kernel : Map.of(
                "fc_unacked", ConnectionFacts.Number.UNACKED, "fc_sacked", ConnectionFacts.Number.SACKED,
                "fc_lost", ConnectionFacts.Number.LOST, "fc_retrans", ConnectionFacts.Number.RETRANSMITS,
                "fc_fackets", ConnectionFacts.Number.FACKETS, "fc_reordering", ConnectionFacts.Number.REORDERING)
                .entrySet()) {
            rows.add(FetchKeyword.of(kernel.getKey(), Signature.of(0, ArgumentKind.STRING), SampleType.INTEGER,
                    Need.CLIENT_ADDRESS, a -> number(ExpressionContext::client, kernel.getValue())));
        }
        rows.add(FetchKeyword.of("bc_reused", SampleType.BOOL, Need.SERVER_ADDRESS, (context, out) -> {
            if (context.server() == null) {
                return false;
            }
            out.bool(context.server().isReused());
            return true;
        }));
        rows.add(FetchKeyword.of("fc_rcvd_proxy", SampleType.BOOL, Need.CLIENT_ADDRESS, (context, out) -> {
            if (context.client() == null) {
                return false;
            }
            out.bool(context.client().receivedProxyHeader());
            return true;
        }));
        rows.add(FetchKeyword.of("fc_saved_syn", SampleType.BINARY, Need.CLIENT_ADDRESS,
                (context, out) -> context.client() != null && context.client().savedSyn(out)));
        rows.add(FetchKeyword.of("fc_pp_authority", SampleType.STRING, Need.CLIENT_ADDRESS, field(0x02, false)));
        rows.add(FetchKeyword.of("fc_pp_unique_id", SampleType.STRING, Need.CLIENT_ADDRESS, field(0x05, false)));
        rows.add(FetchKeyword.of("fc_pp_tlv", Signature.of(1, ArgumentKind.STRING), SampleType.STRING,
                Need.CLIENT_ADDRESS, ConnectionFetches::namedField));
        return List.copyOf(rows);
    }

    private static void both(List<FetchKeyword> rows, String prefix, Need need,
            Function<ExpressionContext, ConnectionFacts> side) {
        rows.add(FetchKeyword.of(prefix + "err", SampleType.INTEGER, need, (context, out) -> {
            ConnectionFacts connection = side.apply(context);
            if (connection == null) {
                return false;
            }
            out.integer(connection.error());
            return true;
        }));
        rows.add(FetchKeyword.of(prefix + "err_str", SampleType.STRING, need, (context, out) ->
                side.apply(context) != null && text(ConnectionErrors.message(side.apply(context).error()), out)));
        rows.add(FetchKeyword.of(prefix + "err_name", SampleType.STRING, need, (context, out) ->
                side.apply(context) != null && text(ConnectionErrors.name(side.apply(context).error()), out)));
        rows.add(row(prefix + "http_major", need, side, ConnectionFacts.Number.HTTP_MAJOR));
        rows.add(row(prefix + "glitches", need, side, ConnectionFacts.Number.GLITCHES));
        rows.add(row(prefix + "nb_streams", need, side, ConnectionFacts.Number.STREAMS));
        rows.add(row(prefix + "settings_streams_limit", need, side, ConnectionFacts.Number.STREAM_LIMIT));
        rows.add(time(prefix + "rtt", need, side, ConnectionFacts.Number.RTT));
        rows.add(time(prefix + "rttvar", need, side, ConnectionFacts.Number.RTT_VARIANCE));
    }

    private static boolean text(byte[] text, Sample out) {
        if (text == null) {
            return false;
        }
        out.string(text);
        return true;
    }

    private static FetchKeyword row(String name, Need need, Function<ExpressionContext, ConnectionFacts> side,
            ConnectionFacts.Number which) {
        return FetchKeyword.of(name, SampleType.INTEGER, need, number(side, which));
    }

    private static Fetch number(Function<ExpressionContext, ConnectionFacts> side, ConnectionFacts.Number which) {
        return (context, out) -> {
            ConnectionFacts connection = side.apply(context);
            long value = connection == null ? ConnectionFacts.NONE : connection.number(which);
            if (value == ConnectionFacts.NONE) {
                return false;
            }
            out.integer(value);
            return true;
        };
    }

    /** In milliseconds, or in microseconds when asked for. */
    private static FetchKeyword time(String name, Need need, Function<ExpressionContext, ConnectionFacts> side,
            ConnectionFacts.Number which) {
        return FetchKeyword.of(name, Signature.of(0, ArgumentKind.STRING), SampleType.INTEGER, need, arguments -> {
            String unit = arguments.hasText(0) ? arguments.text(0) : "ms";
            if (!unit.equals("us") && !unit.equals("ms")) {
                throw new ExpressionError("expects 'us' or 'ms', got '" + unit + "'");
            }
            long divisor = unit.equals("us") ? 1 : 1000;
            Fetch micros = number(side, which);
            return (context, out) -> {
                if (!micros.fetch(context, out)) {
                    return false;
                }
                out.integer(out.number() / divisor);
                return true;
            };
        });
    }

    private static Fetch namedField(Arguments arguments) throws ExpressionError {
        String text = arguments.text(0);
        Integer type = FIELDS.get(text);
        if (type == null) {
            try {
                type = Integer.decode(text);
            } catch (NumberFormatException e) {
                type = -1;
            }
            if (type < 0 || type > 255) {
                throw new ExpressionError("unknown TLV type '" + text + "'");
            }
        }
        return field(type, arguments.iterates());
    }

    /** The first field of that type, or, for ACLs, one after the other. */
    private static Fetch field(int type, boolean iterates) {
        return (context, out) -> {
            ConnectionFacts client = context.client();
            int occurrence = iterates ? out.cursor++ : 0;
            boolean found = client != null && client.proxyField(type, occurrence, out);
            out.mark(Sample.NOT_LAST, found && iterates);
            return found;
        };
    }
}
