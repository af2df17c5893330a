package dev.weir.flow.drive;

import dev.weir.base.log.EventSinks;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import java.nio.charset.StandardCharsets;

/** What the debug converter tells of a value. */
final class DebugLine {

    private DebugLine() {}

    static void write(ExpressionContext context, String sink, String prefix, Sample value) {
        Sample text = new Sample();
        text.copyValue(value);
        boolean shown = Casts.toText(text, context.workspace());
        EventSinks.write(sink, "[debug] " + prefix + ": type=" + value.type().text() + " <" + (shown
                ? new String(text.bytes(), text.at(), text.length(), StandardCharsets.ISO_8859_1) : "") + ">",
                context.process().wallMicros());
    }
}
