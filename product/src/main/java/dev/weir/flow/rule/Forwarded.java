package dev.weir.flow.rule;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.Expression;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.nio.charset.StandardCharsets;

/**
 * The value of the header {@code Forwarded} that {@code option forwarded} adds (RFC 7239). Immutable.
 *
 * @param proto whether the protocol is told
 */
public record Forwarded(boolean proto, Expression host, boolean plainHost, Node by, Node from) {

    /**
     * A node: a name and a port, either of them an expression, the connection's own, or not told.
     *
     * @param own whether the name is the connection's address; else it comes from the expression
     */
    public record Node(boolean own, Expression name, boolean ownPort, Expression port) {}

    private static final byte[] UNKNOWN = ascii("unknown");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The value for this exchange, in the context's own line. */
    public LogLine make(RuleContext context) {
        LogLine out = context.emptyText();
        if (proto) {
            out.put("proto=http");
        }
        if (plainHost || host != null) {
            separate(out);
            host(context, out);
        }
        if (by != null) {
            separate(out);
            out.put("by=");
            node(context, by, context.record().frontendAddress(), out);
        }
        if (from != null) {
            separate(out);
            out.put("for=");
            node(context, from, context.record().clientAddress(), out);
        }
        return out;
    }

    private static void separate(LogLine out) {
        if (out.length() > 0) {
            out.put(';');
        }
    }

    private void host(RuleContext context, LogLine out) {
        out.put("host=\"");
        if (plainHost) {
            Head request = context.requestHead();
            int at = request.find(HeaderName.HOST);
            if (at >= 0) {
                out.put(request.area(), request.valueAt(at), request.valueLength(at));
            }
        } else {
            Sample sample = context.sample();
            if (host.evaluateAs(SampleType.STRING, context, sample)) {
                out.put(sample.bytes(), sample.at(), sample.length());
            }
        }
        out.put('"');
    }

    private static void node(RuleContext context, Node node, Address own, LogLine out) {
        int start = out.length();
        boolean quoted = false;
        if (node.own()) {
            quoted = own.family() == Family.IPV6;
            address(own, out);
        } else {
            quoted = named(context, node.name(), out);
        }
        int before = out.length();
        port(context, node, own, out);
        if (quoted || out.length() > before) {
            quote(out, start);
        }
    }

    private static void address(Address own, LogLine out) {
        if (own.family() == Family.IPV6) {
            out.put('[').putHost(own).put(']');
        } else if (own.family() == Family.IPV4) {
            out.putHost(own);
        } else {
            out.put(UNKNOWN);
        }
    }

    /** An address, or a name as it is; what is neither is unknown. True when it needs quotes. */
    private static boolean named(RuleContext context, Expression name, LogLine out) {
        Sample sample = context.sample();
        if (!name.evaluate(context, sample)) {
            out.put(UNKNOWN);
            return false;
        }
        if (sample.type() == SampleType.IPV6) {
            out.put('[').putHost(Address.ipv6(sample.high(), sample.low(), 0)).put(']');
            return true;
        }
        if (!Casts.toText(sample, context.workspace())) {
            out.put(UNKNOWN);
            return false;
        }
        boolean obfuscated = sample.type() != SampleType.IPV4;
        if (obfuscated && sample.length() > 0 && sample.byteAt(0) != '_' && !isAddress(sample)) {
            out.put('_');
        }
        out.put(sample.bytes(), sample.at(), sample.length());
        return false;
    }

    private static boolean isAddress(Sample sample) {
        for (int i = 0; i < sample.length(); i++) {
            byte c = sample.byteAt(i);
            if (!(c >= '0' && c <= '9' || c == '.')) {
                return false;
            }
        }
        return true;
    }

    private static void port(RuleContext context, Node node, Address own, LogLine out) {
        if (node.ownPort() && own.family().isIp()) {
            out.put(':').putNumber(own.port());
        } else if (node.port() != null) {
            Sample sample = context.sample();
            if (node.port().evaluate(context, sample) && Casts.toText(sample, context.workspace())) {
                out.put(':').put(sample.bytes(), sample.at(), sample.length());
            }
        }
    }

    /** Puts quotes around what was written from there on. */
    private static void quote(LogLine out, int from) {
        byte[] text = java.util.Arrays.copyOfRange(out.array(), from, out.length());
        out.cut(from);
        out.put('"').put(text).put('"');
    }
}
