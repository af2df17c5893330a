package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.ArrayList;
import java.util.List;

/** The cookie of RDP: {@code Cookie: name=value} behind the headers of TPKT and X.224. */
final class RdpFetches {

    private static final int HEADERS = 11;
    private static final byte[] COOKIE = "Cookie:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final Signature NAME = Signature.of(0, ArgumentKind.STRING);

    static final List<FetchKeyword> ALL = rows();

    private RdpFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        for (String name : new String[] {"req.rdp_cookie", "rdp_cookie"}) {
            rows.add(BufferFetches.row(name, NAME, SampleType.STRING, BufferFetches.Side.REQUEST, RdpFetches::value));
            rows.add(BufferFetches.row(name + "_cnt", NAME, SampleType.INTEGER, BufferFetches.Side.REQUEST,
                    RdpFetches::count));
        }
        return List.copyOf(rows);
    }

    private static Fetch value(Arguments arguments) {
        byte[] name = arguments.hasText(0) ? arguments.bytes(0) : null;
        return (context, out) -> {
            Contents contents = context.requestBuffer();
            return contents != null && read(contents, name, out);
        };
    }

    private static Fetch count(Arguments arguments) {
        byte[] name = arguments.hasText(0) ? arguments.bytes(0) : null;
        return (context, out) -> {
            Contents contents = context.requestBuffer();
            if (contents == null) {
                return false;
            }
            boolean found = read(contents, name, out);
            if (out.has(Sample.MAY_CHANGE)) {
                return false;
            }
            out.integer(found ? 1 : 0);
            return true;
        };
    }

    private static boolean read(Contents contents, byte[] name, Sample out) {
        byte[] text = contents.bytes();
        int at = contents.at();
        if (contents.length() <= HEADERS) {
            return BufferFetches.notYet(contents, out);
        }
        boolean request = text[at] == 3 && (text[at + 4] & 0xff) >= 6 && (text[at + 5] & 0xff) == 0xe0;
        if (!request) {
            return false;
        }
        int end = at + contents.length();
        int from = at + HEADERS;
        for (int i = 0; i < COOKIE.length; i++) {
            if (from + i == end) {
                return BufferFetches.notYet(contents, out);
            }
            if (Texts.lower(text[from + i]) != Texts.lower(COOKIE[i])) {
                return false;
            }
        }
        from += COOKIE.length;
        while (from < end && text[from] == ' ') {
            from++;
        }
        int stop = Texts.indexOf(text, from, end, '\n');
        if (stop < 0) {
            return BufferFetches.notYet(contents, out);
        }
        int lineEnd = stop > from && text[stop - 1] == '\r' ? stop - 1 : stop;
        int equals = Texts.indexOf(text, from, lineEnd, '=');
        if (equals < 0 || name != null && (equals - from != name.length
                || !Texts.equalIgnoringCase(name, 0, text, from, name.length))) {
            return false;
        }
        out.string(text, equals + 1, lineEnd - equals - 1);
        return true;
    }
}
