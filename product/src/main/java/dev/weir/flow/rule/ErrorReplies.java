package dev.weir.flow.rule;

import dev.weir.flow.reply.ErrorPages;
import dev.weir.flow.reply.Reply;

/** The error pages of a proxy: those that the configuration gives, the built-in ones for the rest. Immutable. */
public final class ErrorReplies {

    public static final ErrorReplies BUILT_IN = new ErrorReplies(new ReplyMaker[600]);

    private final ReplyMaker[] byStatus;

    private ErrorReplies(ReplyMaker[] byStatus) {
        this.byStatus = byStatus;
    }

    /** @param byStatus null where the configuration gives none */
    public static ErrorReplies of(ReplyMaker[] byStatus) {
        for (ReplyMaker each : byStatus) {
            if (each != null) {
                return new ErrorReplies(byStatus.clone());
            }
        }
        return BUILT_IN;
    }

    /** What the configuration gives, or null. */
    public ReplyMaker own(int status) {
        int known = ErrorPages.has(status) ? status : 500;
        return byStatus[known];
    }

    /** Where the request is known no better than that it is none. */
    public Reply of(int status, RuleContext context) {
        ReplyMaker own = own(status);
        return own == null ? ErrorPages.reply(status) : own.make(context);
    }
}
