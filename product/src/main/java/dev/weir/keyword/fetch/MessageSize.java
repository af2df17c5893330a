package dev.weir.keyword.fetch;

import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.HttpHead;
import dev.weir.model.value.Sample;

/**
 * How many bytes a message of HTTP is said to fill in its buffer: HAProxy counts its own form of it, whose fields have a
 * fixed part beside the texts.
 */
final class MessageSize {

    private static final int START_LINE = 20;
    private static final int END_OF_HEAD = 1;
    private static final int VERSION = "HTTP/1.1".length();
    private static final int STATUS = 3;
    private static final int TRANSFER_ENCODING = "transfer-encoding".length();

    private MessageSize() {}

    /** False when there is no such message. */
    static boolean put(ExpressionContext context, boolean response, Sample out) {
        HttpHead head = response ? context.response() : context.request();
        if (head == null) {
            return false;
        }
        Contents body = response ? context.responseBody() : context.requestBody();
        long size = START_LINE + END_OF_HEAD + VERSION
                + (response ? STATUS + head.reasonLength() : head.methodLength() + head.targetLength());
        boolean chunked = false;
        for (int i = 0; i < head.headers(); i++) {
            size += head.nameLength(i) + head.valueLength(i);
            chunked |= head.nameLength(i) == TRANSFER_ENCODING;
        }
        if (body != null) {
            // what ends the trailers takes a byte too
            size += body.length() + (chunked && body.isComplete() ? 1 : 0);
        }
        out.integer(size);
        return true;
    }
}
