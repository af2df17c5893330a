package dev.weir.flow.rule;

import dev.weir.flow.reply.Reply;

/** Makes an answer for an exchange: the same for all, or one that its formats fill. Immutable. */
@FunctionalInterface
public interface ReplyMaker {

    Reply make(RuleContext context);
}
