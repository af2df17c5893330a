package dev.weir.config.rule;

import dev.weir.config.lang.Numbers;
import dev.weir.model.proxy.RuleLine;

/** Reads {@code capture} and {@code declare capture} lines, whose form has been checked. */
final class CaptureLine {

    private final CaptureSlots slots;
    private final int longestCookie;

    CaptureLine(CaptureSlots slots, int longestCookie) {
        this.slots = slots;
        this.longestCookie = longestCookie;
    }

    /** What is wrong, or null. */
    String read(RuleLine line) {
        return switch (line.kind()) {
            case "declare capture" -> declared(line);
            case "capture cookie" -> {
                slots.cookie(line.args().get(0), Math.min(longestCookie, length(line, 2)));
                yield null;
            }
            default -> {
                slots.add(line.kind().equals("capture response"), line.args().get(1), length(line, 3));
                yield null;
            }
        };
    }

    private static int length(RuleLine line, int at) {
        return at < line.args().size() ? (int) Math.max(0, Math.min(Numbers.leading(line.args().get(at)), 1 << 20)) : 0;
    }

    private String declared(RuleLine line) {
        String direction = line.args().getFirst();
        if (!direction.equals("request") && !direction.equals("response")) {
            return "'declare capture' requires a direction ('request' or 'response')";
        }
        if (line.args().size() < 2 || !line.args().get(1).equals("len")) {
            return "'declare capture' requires a capture length ('len')";
        }
        if (line.args().size() < 3 || line.args().get(2).isEmpty()) {
            return "'declare capture': 'len' requires a numeric value that represents the capture length";
        }
        if (Numbers.integer(line.args().get(2), -1) < 0) {
            return "'declare capture': cannot parse the length 'len'.";
        }
        int length = length(line, 2);
        if (length <= 0) {
            return "length must be > 0";
        }
        slots.add(direction.equals("response"), null, length);
        return null;
    }
}
