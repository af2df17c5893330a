package dev.weir.upkeep.check;

import dev.weir.base.log.LogLine;
import dev.weir.flow.rule.Text;

/** Sends bytes: fixed ones, or those of a format, which may be written in hexadecimal. */
public record SendStep(byte[] fixed, Text format, boolean hexadecimal, String comment) implements CheckStep {

    /** Always the same bytes. */
    public static SendStep of(byte[] bytes, String comment) {
        return new SendStep(bytes, null, false, comment);
    }

    @Override
    public Progress run(CheckRun run) {
        byte[] bytes = fixed;
        if (format != null) {
            LogLine text = run.context().text(format);
            bytes = hexadecimal ? Hexadecimal.read(text.array(), text.length())
                    : java.util.Arrays.copyOf(text.array(), text.length());
        }
        if (bytes == null) {
            return run.over(CheckResult.of(CheckStatus.SOCKET_ERROR,
                    "Failed to parse hexastring resulting of eval of a log-format string"));
        }
        run.send(bytes);
        return Progress.NEXT;
    }

    @Override
    public String called() {
        return "send";
    }
}
