package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/** Bodies, as far as they have arrived. */
final class BodyFetches {

    static final List<FetchKeyword> ALL = rows();

    private BodyFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        for (Message message : List.of(Message.REQUEST, Message.RESPONSE)) {
            String prefix = message == Message.REQUEST ? "req." : "res.";
            rows.add(HeaderFetches.row(prefix + "body", Signature.NONE, SampleType.BINARY, message,
                    a -> (context, out) -> {
                        Contents body = message.body(context);
                        if (body == null) {
                            return false;
                        }
                        out.binary(body.bytes(), body.at(), body.length());
                        return true;
                    }));
            rows.add(HeaderFetches.row(prefix + "body_len", Signature.NONE, SampleType.INTEGER, message,
                    a -> (context, out) -> {
                        Contents body = message.body(context);
                        if (body == null) {
                            return false;
                        }
                        out.integer(body.length());
                        return true;
                    }));
            rows.add(HeaderFetches.row(prefix + "body_size", Signature.NONE, SampleType.INTEGER, message,
                    a -> (context, out) -> {
                        Contents body = message.body(context);
                        if (body == null) {
                            return false;
                        }
                        out.integer(body.announcedLength());
                        return true;
                    }));
        }
        rows.add(HeaderFetches.row("req.body_param", Signature.of(0, ArgumentKind.STRING, ArgumentKind.STRING),
                SampleType.BINARY, Message.REQUEST, BodyFetches::parameter));
        return List.copyOf(rows);
    }

    private static Fetch parameter(Arguments arguments) throws ExpressionError {
        byte[] name = arguments.bytes(0);
        boolean ignoreCase = TargetFetches.ignoresCase(arguments, 1);
        boolean iterates = arguments.iterates();
        return (context, out) -> {
            Contents body = context.requestBody();
            return body != null && new Parameters(body.bytes(), body.at(), body.at() + body.length(), 0, ignoreCase)
                    .find(name, iterates, out);
        };
    }
}
