package dev.weir.keyword.fetch;

import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/** What a TLS hello that passes through says, in clear text (configuration.txt 7.3.5). */
final class HelloFetches {

    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final int SESSION_TICKET = 35;
    private static final int KEY_SHARE = 51;

    /** Reads one thing of a hello that is complete. */
    @FunctionalInterface
    private interface Reader {
        boolean read(ClientHello hello, ExpressionContext context, Sample out);
    }

    /** The head of a record and of the message in it. */
    private static final int SERVER_MESSAGE = 9;

    static final List<FetchKeyword> ALL = rows();

    private HelloFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        for (String name : new String[] {"req.ssl_sni", "req_ssl_sni"}) {
            rows.add(row(name, SampleType.STRING, HelloFetches::serverName));
        }
        for (String name : new String[] {"req.ssl_hello_type", "req_ssl_hello_type"}) {
            rows.add(row(name, SampleType.INTEGER, (hello, context, out) -> number(1, out)));
        }
        for (String name : new String[] {"req.ssl_ver", "req_ssl_ver"}) {
            rows.add(BufferFetches.row(name, Signature.NONE, SampleType.INTEGER, BufferFetches.Side.REQUEST,
                    a -> HelloFetches::version));
        }
        rows.add(row("req.ssl_alpn", SampleType.STRING, (hello, context, out) -> protocol(hello, out)));
        rows.add(row("req.ssl_cipherlist", SampleType.BINARY, (hello, context, out) -> {
            out.binary(hello.bytes(), hello.ciphersAt(), hello.ciphersLength());
            return true;
        }));
        rows.add(row("req.ssl_ec_ext", SampleType.BOOL, (hello, context, out) -> {
            out.bool(hello.extension(SUPPORTED_GROUPS));
            return true;
        }));
        rows.add(row("req.ssl_st_ext", SampleType.INTEGER, (hello, context, out) ->
                number(!hello.extension(SESSION_TICKET) ? 0 : hello.length() == 0 ? 1 : 2, out)));
        rows.add(row("req.ssl_supported_groups", SampleType.BINARY, list(SUPPORTED_GROUPS)));
        rows.add(row("req.ssl_sigalgs", SampleType.BINARY, list(SIGNATURE_ALGORITHMS)));
        rows.add(row("req.ssl_keyshare_groups", SampleType.BINARY, HelloFetches::keyShares));
        for (String name : new String[] {"res.ssl_hello_type", "rep_ssl_hello_type"}) {
            rows.add(BufferFetches.row(name, Signature.NONE, SampleType.INTEGER, BufferFetches.Side.RESPONSE,
                    a -> HelloFetches::responseType));
        }
        return List.copyOf(rows);
    }

    private static FetchKeyword row(String name, SampleType type, Reader reader) {
        Fetch fetch = (context, out) -> {
            Contents contents = context.requestBuffer();
            if (contents == null) {
                return false;
            }
            ClientHello hello = new ClientHello(contents);
            return switch (hello.state()) {
                case INCOMPLETE -> BufferFetches.notYet(contents, out);
                case NONE -> false;
                case COMPLETE -> reader.read(hello, context, out);
            };
        };
        return BufferFetches.row(name, Signature.NONE, type, BufferFetches.Side.REQUEST, a -> fetch);
    }

    private static boolean number(long value, Sample out) {
        out.integer(value);
        return true;
    }

    /** The first name of type host. */
    private static boolean serverName(ClientHello hello, ExpressionContext context, Sample out) {
        if (!hello.extension(SERVER_NAME) || hello.length() < 5) {
            return false;
        }
        int at = hello.at() + 2;
        int end = hello.at() + hello.length();
        while (at + 3 <= end) {
            int type = hello.bytes()[at];
            int length = hello.u16(at + 1);
            if (length > end - at - 3) {
                return false;
            }
            if (type == 0) {
                out.string(hello.bytes(), at + 3, length);
                return true;
            }
            at += 3 + length;
        }
        return false;
    }

    /** The first protocol that is offered. */
    private static boolean protocol(ClientHello hello, Sample out) {
        if (!hello.extension(ALPN) || hello.length() < 3) {
            return false;
        }
        int at = hello.at() + 2;
        int length = hello.bytes()[at] & 0xff;
        if (length > hello.at() + hello.length() - at - 1) {
            return false;
        }
        out.string(hello.bytes(), at + 1, length);
        return true;
    }

    /** An extension that is a list of numbers behind its length. */
    private static Reader list(int type) {
        return (hello, context, out) -> {
            if (!hello.extension(type) || hello.length() < 2 || hello.u16(hello.at()) > hello.length() - 2) {
                return false;
            }
            out.binary(hello.bytes(), hello.at() + 2, hello.u16(hello.at()));
            return true;
        };
    }

    private static boolean keyShares(ClientHello hello, ExpressionContext context, Sample out) {
        if (!hello.extension(KEY_SHARE) || hello.length() < 2) {
            return false;
        }
        Area area = context.workspace().area();
        int end = hello.at() + hello.length();
        for (int at = hello.at() + 2; at + 4 <= end; ) {
            area.put(hello.bytes(), at, 2);
            at += 4 + hello.u16(at + 2);
        }
        out.take(SampleType.BINARY, area);
        return true;
    }

    /** The version that the hello asks for; of hellos of SSLv2 too. */
    private static boolean version(ExpressionContext context, Sample out) {
        Contents contents = context.requestBuffer();
        if (contents == null) {
            return false;
        }
        byte[] text = contents.bytes();
        int at = contents.at();
        int there = contents.length();
        if (there > 0 && (text[at] & 0x80) != 0) {
            boolean wrong = there > 2 && text[at + 2] != 1;
            boolean complete = there > 5 && there >= 2 + ((text[at] & 0x7f) << 8 | text[at + 1] & 0xff);
            return !wrong && (complete ? number((long) text[at + 3] << 16 | text[at + 4], out)
                    : BufferFetches.notYet(contents, out));
        }
        ClientHello hello = new ClientHello(contents);
        return switch (hello.state()) {
            case INCOMPLETE -> BufferFetches.notYet(contents, out);
            case NONE -> false;
            case COMPLETE -> number((long) text[at + 9] << 16 | text[at + 10], out);
        };
    }

    private static boolean responseType(ExpressionContext context, Sample out) {
        Contents contents = context.responseBuffer();
        if (contents == null) {
            return false;
        }
        byte[] text = contents.bytes();
        int at = contents.at();
        if (contents.length() > 0 && text[at] != 0x16) {
            return false;
        }
        if (contents.length() < SERVER_MESSAGE) {
            return BufferFetches.notYet(contents, out);
        }
        int record = (text[at + 3] & 0xff) << 8 | text[at + 4] & 0xff;
        if (text[at + 1] != 3 || record < SERVER_MESSAGE - 5) {
            return false;
        }
        // the message must be there as a whole, whatever its record says
        int message = (text[at + 6] & 0xff) << 16 | (text[at + 7] & 0xff) << 8 | text[at + 8] & 0xff;
        return contents.length() - SERVER_MESSAGE < message ? BufferFetches.notYet(contents, out)
                : number(text[at + 5], out);
    }
}
