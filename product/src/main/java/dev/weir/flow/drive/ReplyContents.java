package dev.weir.flow.drive;

import dev.weir.flow.expr.Contents;
import dev.weir.flow.reply.Reply;

/** The ready body of an answer of ours, as rules behind all answers see it. Immutable. */
record ReplyContents(byte[] bytes) implements Contents {

    /** Null for what is still in the making. */
    static ReplyContents of(Reply reply) {
        return reply != null && reply.body() instanceof Reply.Whole whole ? new ReplyContents(whole.bytes()) : null;
    }

    @Override
    public int at() {
        return 0;
    }

    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public long announcedLength() {
        return bytes.length;
    }
}
