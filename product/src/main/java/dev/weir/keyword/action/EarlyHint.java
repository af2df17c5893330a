package dev.weir.keyword.action;

import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.Chained;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Text;
import dev.weir.flow.rule.Verdict;
import java.util.Arrays;

/** Adds a header to an answer 103, which leaves with the last of those that follow each other. */
final class EarlyHint implements Chained {

    private final byte[] name;
    private final Text value;
    private boolean followed;

    EarlyHint(byte[] name, Text value) {
        this.name = name;
        this.value = value;
    }

    @Override
    public void followed() {
        followed = true;
    }

    @Override
    public Verdict run(RuleContext context) {
        var text = context.text(value);
        context.hint(new Reply.Field(name, Arrays.copyOf(text.array(), text.length())));
        if (!followed) {
            context.sendHints();
        }
        return Verdict.CONTINUE;
    }
}
