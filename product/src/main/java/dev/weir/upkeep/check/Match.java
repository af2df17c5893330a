package dev.weir.upkeep.check;

import dev.weir.base.log.LogLine;
import dev.weir.flow.rule.Text;
import dev.weir.model.pattern.Regex;
import java.util.Arrays;

/** Looks for something in what a server has answered. */
@FunctionalInterface
public interface Match {

    /** The two answers, and a third one for a pattern that cannot be made. */
    enum Found { YES, NO, NO_PATTERN }

    Found in(CheckContext context, byte[] bytes, int length);

    private static Found of(boolean found) {
        return found ? Found.YES : Found.NO;
    }

    static Match bytes(byte[] wanted) {
        return (context, bytes, length) -> of(contains(bytes, length, wanted, wanted.length));
    }

    static Match regex(Regex regex) {
        return (context, bytes, length) -> of(regex.find(bytes, 0, length));
    }

    /** Over the hexadecimal form of the bytes. */
    static Match binaryRegex(Regex regex) {
        return (context, bytes, length) -> of(regex.find(Hexadecimal.write(bytes, length), 0, length * 2));
    }

    static Match text(Text format) {
        return (context, bytes, length) -> {
            LogLine text = context.text(format);
            return of(contains(bytes, length, text.array(), text.length()));
        };
    }

    /** A format of hexadecimal digits. */
    static Match binaryText(Text format) {
        return (context, bytes, length) -> {
            LogLine text = context.text(format);
            byte[] wanted = Hexadecimal.read(text.array(), text.length());
            return wanted == null ? Found.NO_PATTERN : of(contains(bytes, length, wanted, wanted.length));
        };
    }

    private static boolean contains(byte[] bytes, int length, byte[] wanted, int count) {
        for (int i = 0; i + count <= length; i++) {
            if (Arrays.equals(bytes, i, i + count, wanted, 0, count)) {
                return true;
            }
        }
        return false;
    }
}
