package dev.weir.flow.rule;

import dev.weir.base.log.LogLine;
import dev.weir.flow.reply.Reply;
import dev.weir.wire.http.Reasons;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reply whose headers or body are formats. Immutable. */
public final class FormattedReply implements ReplyMaker {

    /** A header, its name in lower case. */
    public record Field(byte[] name, Text value) {}

    private static final byte[] LENGTH = "content-length".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE = "content-type".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final int status;
    private final byte[] reason;
    private final List<Field> fields;
    private final byte[] type;
    private final Text body;

    /**
     * @param type the type of the body, or null
     * @param body null for none
     */
    public FormattedReply(int status, List<Field> fields, byte[] type, Text body) {
        this.status = status;
        this.reason = Reasons.of(status);
        this.fields = List.copyOf(fields);
        this.type = type;
        this.body = body;
    }

    @Override
    public Reply make(RuleContext context) {
        context.replacing(true);
        Reply reply = fill(context);
        context.replacing(false);
        return reply;
    }

    private Reply fill(RuleContext context) {
        List<Reply.Field> made = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            byte[] value = bytes(field.value, context);
            if (value.length > 0) {
                made.add(new Reply.Field(field.name, value));
            }
        }
        byte[] bytes = body == null ? NOTHING : bytes(body, context);
        if (status != 204) {
            made.add(new Reply.Field(LENGTH, Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII)));
        }
        if (type != null && bytes.length > 0) {
            made.add(new Reply.Field(TYPE, type));
        }
        return new Reply(status, reason, made, new Reply.Whole(bytes));
    }

    /** The reply if it is always the same, else this. */
    public ReplyMaker settled() {
        boolean constant = body == null || body.constant() != null;
        for (Field field : fields) {
            constant &= field.value.constant() != null;
        }
        if (!constant) {
            return this;
        }
        Reply ready = fill(null);
        return context -> ready;
    }

    private static byte[] bytes(Text text, RuleContext context) {
        if (text.constant() != null) {
            return text.constant();
        }
        LogLine line = context.text(text);
        return Arrays.copyOf(line.array(), line.length());
    }
}
