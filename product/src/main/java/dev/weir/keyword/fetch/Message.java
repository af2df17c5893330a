package dev.weir.keyword.fetch;

import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.Need;
import dev.weir.model.value.Sample;

/** Which message a fetch reads. */
enum Message {
    REQUEST, RESPONSE,
    /** The one of the direction that is being processed. */
    EITHER;

    /** The head, or null; then it may still come as long as anything is waited for. */
    HttpHead head(ExpressionContext context, Sample out) {
        HttpHead head = isResponse(context) ? context.response() : context.request();
        if (head == null) {
            out.mark(Sample.MAY_CHANGE, !context.isFinal());
        }
        return head;
    }

    Contents body(ExpressionContext context) {
        return isResponse(context) ? context.responseBody() : context.requestBody();
    }

    boolean isResponse(ExpressionContext context) {
        return this == RESPONSE || this == EITHER && context.isResponse();
    }

    Need[] needs() {
        return switch (this) {
            case REQUEST -> new Need[] {Need.REQUEST_HEADERS};
            case RESPONSE -> new Need[] {Need.RESPONSE_HEADERS};
            case EITHER -> new Need[] {Need.REQUEST_HEADERS, Need.RESPONSE_HEADERS};
        };
    }
}
