package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.ArrayList;
import java.util.List;

/** Raw bytes of buffers (configuration.txt 7.3.5). What is not there yet may come: then the answer is unknown. */
final class BufferFetches {

    private static final Signature RANGE = Signature.of(2, ArgumentKind.INTEGER, ArgumentKind.INTEGER);
    private static final Signature LENGTH_VALUE = Signature.of(2, ArgumentKind.INTEGER, ArgumentKind.INTEGER,
            ArgumentKind.STRING);

    /** Which of the two buffers. */
    enum Side {
        REQUEST, RESPONSE,
        /** The one of the direction that is being processed. */
        EITHER;

        Contents of(ExpressionContext context) {
            boolean response = this == RESPONSE || this == EITHER && context.isResponse();
            return response ? context.responseBuffer() : context.requestBuffer();
        }

        Need[] needs() {
            return switch (this) {
                case REQUEST -> new Need[] {Need.REQUEST_BUFFER};
                case RESPONSE -> new Need[] {Need.RESPONSE_BUFFER};
                case EITHER -> new Need[] {Need.REQUEST_BUFFER, Need.RESPONSE_BUFFER};
            };
        }
    }

    static final List<FetchKeyword> ALL = rows();

    private BufferFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        for (Side side : Side.values()) {
            String prefix = side == Side.REQUEST ? "req." : side == Side.RESPONSE ? "res." : "";
            rows.add(row(prefix + "payload", RANGE, SampleType.BINARY, side, a -> range(a, side)));
            rows.add(row(prefix + "payload_lv", LENGTH_VALUE, SampleType.BINARY, side, a -> lengthValue(a, side)));
        }
        rows.add(row("req.len", Signature.NONE, SampleType.INTEGER, Side.REQUEST, a -> length(Side.REQUEST)));
        rows.add(row("req_len", Signature.NONE, SampleType.INTEGER, Side.REQUEST, a -> length(Side.REQUEST)));
        rows.add(row("res.len", Signature.NONE, SampleType.INTEGER, Side.RESPONSE, a -> length(Side.RESPONSE)));
        rows.add(row("distcc_param", Signature.of(1, ArgumentKind.STRING, ArgumentKind.INTEGER), SampleType.INTEGER,
                Side.EITHER, a -> distcc(a, false)));
        rows.add(row("distcc_body", Signature.of(1, ArgumentKind.STRING, ArgumentKind.INTEGER), SampleType.BINARY,
                Side.EITHER, a -> distcc(a, true)));
        return List.copyOf(rows);
    }

    static FetchKeyword row(String name, Signature signature, SampleType type, Side side,
            FetchKeyword.Factory factory) {
        return new FetchKeyword(name, signature, type, side.needs(), false, factory);
    }

    /** No value now; perhaps one when more has come. */
    static boolean notYet(Contents contents, Sample out) {
        out.mark(Sample.MAY_CHANGE, !contents.isComplete());
        return false;
    }

    private static Fetch length(Side side) {
        return (context, out) -> {
            Contents contents = side.of(context);
            if (contents == null) {
                return MessageSize.put(context, side == Side.RESPONSE, out);
            }
            out.mark(Sample.MAY_CHANGE, !contents.isComplete());
            out.integer(contents.length());
            return true;
        };
    }

    private static Fetch range(Arguments arguments, Side side) {
        long offset = arguments.number(0, 0);
        long length = arguments.number(1, 0);
        if (offset < 0 || length < 0) {
            // nothing can ever stand there; HAProxy takes it without a word
            return (context, out) -> false;
        }
        return (context, out) -> {
            Contents contents = side.of(context);
            if (contents == null) {
                return false;
            }
            if (offset > contents.length() || length > contents.length() - offset) {
                return notYet(contents, out);
            }
            out.mark(Sample.MAY_CHANGE, length == 0 && !contents.isComplete());
            out.binary(contents.bytes(), contents.at() + (int) offset,
                    (int) (length == 0 ? contents.length() - offset : length));
            return true;
        };
    }

    private static Fetch lengthValue(Arguments arguments, Side side) throws ExpressionError {
        long lengthAt = arguments.number(0, 0);
        long lengthSize = arguments.number(1, 0);
        if (lengthSize <= 0) {
            throw new ExpressionError("payload length must be > 0");
        }
        boolean relative = true;
        long offset = 0;
        if (arguments.hasText(2)) {
            String text = arguments.text(2);
            relative = text.startsWith("+") || text.startsWith("-");
            try {
                offset = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new ExpressionError("payload offset2 is not a number");
            }
            if (relative && offset < -(lengthAt + lengthSize)) {
                throw new ExpressionError("payload offset2 too negative");
            }
        }
        long from = relative ? lengthAt + lengthSize + offset : offset;
        return lengthAt < 0 ? (context, out) -> false
                : (context, out) -> block(side.of(context), lengthAt, lengthSize, from, out);
    }

    private static boolean block(Contents contents, long lengthAt, long lengthSize, long from, Sample out) {
        if (contents == null) {
            return false;
        }
        if (lengthAt + lengthSize > contents.length()) {
            return notYet(contents, out);
        }
        long length = 0;
        for (int i = 0; i < lengthSize; i++) {
            length = length << 8 | contents.bytes()[contents.at() + (int) lengthAt + i] & 0xff;
        }
        if (length <= 0 || from > contents.length() || length > contents.length() - from) {
            return length > 0 && notYet(contents, out);
        }
        out.binary(contents.bytes(), contents.at() + (int) from, (int) length);
        return true;
    }

    /** Tokens of four letters, each with a number of eight hex digits; those that carry a file have it behind them. */
    private static Fetch distcc(Arguments arguments, boolean body) throws ExpressionError {
        byte[] token = arguments.bytes(0);
        long wanted = arguments.number(1, 0);
        if (token.length != 4) {
            throw new ExpressionError("token name must be exactly 4 characters");
        }
        return (context, out) -> {
            Contents contents = Side.EITHER.of(context);
            return contents != null && token(contents, token, wanted, body, out);
        };
    }

    private static boolean token(Contents contents, byte[] token, long wanted, boolean body, Sample out) {
        byte[] text = contents.bytes();
        int end = contents.at() + contents.length();
        long occurrence = 0;
        for (int at = contents.at(); at + 12 <= end; ) {
            long number = 0;
            for (int i = 4; i < 12; i++) {
                int digit = Texts.hexDigit(text[at + i]);
                if (digit < 0) {
                    return false;
                }
                number = number << 4 | digit;
            }
            boolean hasBody = hasBody(text, at);
            if (Texts.equal(token, 0, text, at, 4) && (wanted <= 0 || ++occurrence == wanted)) {
                if (!body) {
                    out.integer(number);
                    return true;
                }
                if (hasBody && number > end - at - 12) {
                    return notYet(contents, out);
                }
                out.binary(text, at + 12, hasBody ? (int) number : 0);
                return true;
            }
            long next = at + 12 + (hasBody ? number : 0);
            if (next > end) {
                break;
            }
            at = (int) next;
        }
        return notYet(contents, out);
    }

    private static boolean hasBody(byte[] text, int at) {
        String name = new String(text, at, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
        return switch (name) {
            case "ARGV", "DOTI", "DOTO", "SOUT", "SERR", "NAME", "LINK", "CDIR", "DOTD" -> true;
            default -> false;
        };
    }
}
