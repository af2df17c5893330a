package dev.weir.keyword.fetch;

import dev.weir.base.hash.Hash32;
import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.AddressText;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.ArrayList;
import java.util.List;

/** The target of a request and what it is made of. */
final class TargetFetches {

    private static final HeaderName HOST = new HeaderName(new byte[] {'h', 'o', 's', 't'});
    private static final Signature PARAMETER = Signature.of(0, ArgumentKind.STRING, ArgumentKind.STRING,
            ArgumentKind.STRING);

    static final List<FetchKeyword> ALL = rows();

    private TargetFetches() {}

    /** Reads something of a request. */
    @FunctionalInterface
    private interface Reader {
        boolean read(ExpressionContext context, HttpHead head, Sample out);
    }

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        rows.add(row("url", SampleType.STRING, (context, head, out) -> {
            out.string(head.bytes(), head.targetAt(), head.targetLength());
            return true;
        }));
        rows.add(row("path", SampleType.STRING, (context, head, out) -> path(head, false, out)));
        rows.add(row("pathq", SampleType.STRING, (context, head, out) -> path(head, true, out)));
        rows.add(HeaderFetches.row("query", Signature.of(0, ArgumentKind.STRING), SampleType.STRING, Message.REQUEST,
                TargetFetches::query));
        rows.add(row("base", SampleType.STRING, (context, head, out) -> base(context, head, false, out)));
        rows.add(row("baseq", SampleType.STRING, (context, head, out) -> base(context, head, true, out)));
        rows.add(row("base32", SampleType.INTEGER, (context, head, out) -> base32(context, head, false, out)));
        rows.add(row("url32", SampleType.INTEGER, (context, head, out) -> base32(context, head, true, out)));
        rows.add(row("base32+src", SampleType.BINARY, (context, head, out) ->
                base32(context, head, false, out) && withSource(context, out)));
        rows.add(row("url32+src", SampleType.BINARY, (context, head, out) ->
                base32(context, head, true, out) && withSource(context, out)));
        rows.add(row("url_ip", SampleType.ADDRESS, (context, head, out) -> authorityAddress(head, out)));
        rows.add(row("url_port", SampleType.INTEGER, (context, head, out) -> authorityPort(head, out)));
        for (String name : new String[] {"urlp", "url_param"}) {
            rows.add(HeaderFetches.row(name, PARAMETER, SampleType.STRING, Message.REQUEST,
                    a -> parameter(a, false)));
        }
        rows.add(HeaderFetches.row("urlp_val", PARAMETER, SampleType.INTEGER, Message.REQUEST,
                a -> parameter(a, true)));
        return List.copyOf(rows);
    }

    private static FetchKeyword row(String name, SampleType type, Reader reader) {
        Fetch fetch = (context, out) -> {
            HttpHead head = Message.REQUEST.head(context, out);
            return head != null && reader.read(context, head, out);
        };
        return HeaderFetches.row(name, Signature.NONE, type, Message.REQUEST, a -> fetch);
    }

    private static int queryAt(HttpHead head) {
        return Texts.indexOf(head.bytes(), head.pathAt(), head.pathAt() + head.pathLength(), '?');
    }

    private static boolean path(HttpHead head, boolean withQuery, Sample out) {
        // an asterisk is no path
        if (head.pathLength() == 0 || head.bytes()[head.pathAt()] == '*') {
            return false;
        }
        int question = withQuery ? -1 : queryAt(head);
        out.string(head.bytes(), head.pathAt(), question < 0 ? head.pathLength() : question - head.pathAt());
        return true;
    }

    private static Fetch query(Arguments arguments) throws ExpressionError {
        boolean withMark = arguments.text(0).equals("with_qm");
        if (arguments.hasText(0) && !withMark) {
            throw new ExpressionError("'" + arguments.text(0) + "' is not a valid option");
        }
        return (context, out) -> {
            HttpHead head = Message.REQUEST.head(context, out);
            int question = head == null ? -1 : queryAt(head);
            if (question < 0) {
                return false;
            }
            int end = head.pathAt() + head.pathLength();
            int from = withMark && question + 1 < end ? question : question + 1;
            out.string(head.bytes(), from, end - from);
            return true;
        };
    }

    /** The first Host header, then path and perhaps query. */
    private static boolean base(ExpressionContext context, HttpHead head, boolean withQuery, Sample out) {
        int host = HOST.find(head, 0);
        boolean hasPath = path(head, withQuery, out);
        if (host < 0 || head.valueLength(host) == 0) {
            return hasPath;
        }
        Area area = context.workspace().area();
        area.put(head.bytes(), head.valueAt(host), head.valueLength(host));
        if (hasPath) {
            area.put(out.bytes(), out.at(), out.length());
        }
        out.take(SampleType.STRING, area);
        return !area.overflowed();
    }

    /** The hash of what base gives, of nothing when it gives nothing. */
    private static boolean base32(ExpressionContext context, HttpHead head, boolean withQuery, Sample out) {
        int length = base(context, head, withQuery, out) ? out.length() : 0;
        out.integer(Hash32.avalanche(Hash32.sdbm(out.bytes(), out.at(), length)) & 0xffff_ffffL);
        return true;
    }

    /** The hash in four bytes and the address of the client. */
    private static boolean withSource(ExpressionContext context, Sample out) {
        ConnectionFacts client = context.client();
        Area area = context.workspace().area();
        area.putBigEndian(out.number(), 4);
        if (client == null || !out.address(client.source())) {
            return false;
        }
        if (out.type() == SampleType.IPV4) {
            area.putBigEndian(out.low(), 4);
        } else {
            area.putBigEndian(out.high(), 8).putBigEndian(out.low(), 8);
        }
        out.take(SampleType.BINARY, area);
        return true;
    }

    /** Only where the host is given as an IPv4 address. */
    private static boolean authorityAddress(HttpHead head, Sample out) {
        long bits = AddressText.ipv4(head.bytes(), head.authorityAt(), head.authorityAt() + head.authorityLength(),
                false);
        if (bits < 0) {
            return false;
        }
        out.ipv4((int) bits);
        return true;
    }

    /** 80 without one. */
    private static boolean authorityPort(HttpHead head, Sample out) {
        if (!authorityAddress(head, out)) {
            return false;
        }
        int end = head.authorityAt() + head.authorityLength();
        int colon = Texts.indexOf(head.bytes(), head.authorityAt(), end, ':');
        out.integer(colon < 0 || colon + 1 == end ? 80
                : Casts.leadingInteger(head.bytes(), colon + 1, end - colon - 1));
        return true;
    }

    private static Fetch parameter(Arguments arguments, boolean asNumber) throws ExpressionError {
        byte[] name = arguments.bytes(0);
        byte start = arguments.hasText(1) ? (byte) arguments.text(1).charAt(0) : (byte) '?';
        boolean ignoreCase = ignoresCase(arguments, 2);
        boolean iterates = arguments.iterates();
        return (context, out) -> {
            HttpHead head = Message.REQUEST.head(context, out);
            if (head == null) {
                return false;
            }
            Parameters parameters = new Parameters(head.bytes(), head.pathAt(), head.pathAt() + head.pathLength(),
                    start, ignoreCase);
            if (!parameters.find(name, iterates, out)) {
                return false;
            }
            if (asNumber) {
                out.integer(Casts.leadingInteger(out.bytes(), out.at(), out.length()));
            }
            return true;
        };
    }

    static boolean ignoresCase(Arguments arguments, int index) throws ExpressionError {
        if (arguments.hasText(index) && !arguments.text(index).equals("i")) {
            throw new ExpressionError("case sensitivity argument must be 'i', got '" + arguments.text(index) + "'");
        }
        return arguments.hasText(index);
    }
}
