package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.Need;
import dev.weir.model.value.Area;
import dev.weir.model.value.HttpMethod;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;

/** What the first lines of messages say beside the target: method, version, status. */
final class MessageFetches {

    static final List<FetchKeyword> ALL = List.of(
            FetchKeyword.of("method", SampleType.METHOD, Need.REQUEST, MessageFetches::method),
            FetchKeyword.of("req.ver", SampleType.STRING, Need.REQUEST_HEADERS,
                    (context, out) -> version(context, Message.REQUEST, out)),
            FetchKeyword.of("req_ver", SampleType.STRING, Need.REQUEST_HEADERS,
                    (context, out) -> version(context, Message.REQUEST, out)),
            FetchKeyword.of("res.ver", SampleType.STRING, Need.RESPONSE_HEADERS,
                    (context, out) -> version(context, Message.RESPONSE, out)),
            FetchKeyword.of("resp_ver", SampleType.STRING, Need.RESPONSE_HEADERS,
                    (context, out) -> version(context, Message.RESPONSE, out)),
            FetchKeyword.of("status", SampleType.INTEGER, Need.RESPONSE, MessageFetches::status),
            FetchKeyword.of("req.proto_http", SampleType.BOOL, Need.REQUEST, MessageFetches::isHttp),
            FetchKeyword.of("req_proto_http", SampleType.BOOL, Need.REQUEST, MessageFetches::isHttp));

    private MessageFetches() {}

    /** As in HAProxy the client's own, where it is one of those that are listed. */
    private static boolean method(ExpressionContext context, Sample out) {
        HttpHead head = Message.REQUEST.head(context, out);
        if (head == null) {
            return false;
        }
        out.method(HttpMethod.number(head.bytes(), head.askedMethodAt(), head.askedMethodLength()),
                head.bytes(), head.askedMethodAt(), head.askedMethodLength());
        return true;
    }

    private static boolean version(ExpressionContext context, Message message, Sample out) {
        HttpHead head = message.head(context, out);
        if (head == null) {
            return false;
        }
        Area area = context.workspace().area();
        area.putNumber(head.majorVersion()).put('.').putNumber(head.minorVersion());
        out.take(SampleType.STRING, area);
        return true;
    }

    private static boolean status(ExpressionContext context, Sample out) {
        HttpHead head = Message.RESPONSE.head(context, out);
        if (head == null) {
            return false;
        }
        out.integer(head.status());
        return true;
    }

    /** In TCP proxies: whether what has come reads as a request; unknown while it may become one. */
    private static boolean isHttp(ExpressionContext context, Sample out) {
        HttpHead head = Message.REQUEST.head(context, out);
        if (head == null) {
            return false;
        }
        out.bool(true);
        return true;
    }
}
