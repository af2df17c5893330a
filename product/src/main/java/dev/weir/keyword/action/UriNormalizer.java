package dev.weir.keyword.action;

import dev.weir.config.rule.ActionLine;
import dev.weir.flow.expr.ExpressionError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One of the normalizers of {@code normalize-uri}: takes path and query, gives them back in their normal form, or null
 * where they cannot have one and {@code strict} forbids it. Immutable.
 */
@FunctionalInterface
interface UriNormalizer {

    byte[] apply(byte[] target);

    static UriNormalizer read(ActionLine line) throws ExpressionError {
        String name = line.next();
        return switch (name) {
            case "fragment-encode" -> UriNormalizer::encodeFragment;
            case "fragment-strip" -> target -> upTo(target, '#');
            case "path-merge-slashes" -> onPath(UriNormalizer::mergeSlashes);
            case "path-strip-dot" -> onPath(UriNormalizer::stripDot);
            case "path-strip-dotdot" -> {
                boolean full = option(line, "full", name);
                yield onPath(path -> stripDotDot(path, full));
            }
            case "percent-decode-unreserved" -> {
                boolean strict = option(line, "strict", name);
                yield target -> percent(target, strict, true);
            }
            case "percent-to-uppercase" -> {
                boolean strict = option(line, "strict", name);
                yield target -> percent(target, strict, false);
            }
            case "query-sort-by-name" -> UriNormalizer::sortQuery;
            default -> throw new ExpressionError("unknown normalizer '" + name + "'");
        };
    }

    private static boolean option(ActionLine line, String word, String normalizer) throws ExpressionError {
        if (line.takes(word)) {
            return true;
        }
        line.expectEnd("unknown argument '" + line.peek() + "' for '" + normalizer + "' normalizer");
        return false;
    }

    private static UriNormalizer onPath(UriNormalizer path) {
        return target -> {
            int end = indexOf(target, '?');
            byte[] made = path.apply(java.util.Arrays.copyOf(target, end));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(made, 0, made.length);
            out.write(target, end, target.length - end);
            return out.toByteArray();
        };
    }

    private static int indexOf(byte[] text, int c) {
        int at = 0;
        while (at < text.length && text[at] != c) {
            at++;
        }
        return at;
    }

    private static byte[] upTo(byte[] target, int c) {
        return java.util.Arrays.copyOf(target, indexOf(target, c));
    }

    private static byte[] encodeFragment(byte[] target) {
        return text(target).replace("#", "%23").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] mergeSlashes(byte[] path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < path.length; i++) {
            if (path[i] != '/' || i == 0 || path[i - 1] != '/') {
                out.write(path[i]);
            }
        }
        return out.toByteArray();
    }

    private static byte[] stripDot(byte[] path) {
        List<String> kept = new ArrayList<>();
        String[] segments = text(path).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean dot = segments[i].equals(".");
            if (!dot) {
                kept.add(segments[i]);
            } else if (i == segments.length - 1) {
                kept.add("");
            }
        }
        return String.join("/", kept).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] stripDotDot(byte[] path, boolean full) {
        List<String> kept = new ArrayList<>();
        String[] segments = text(path).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean up = segments[i].equals("..");
            boolean canGoUp = kept.size() > 1 && !kept.getLast().equals("..");
            if (!up) {
                kept.add(segments[i]);
                continue;
            }
            if (canGoUp) {
                kept.removeLast();
            } else if (!full) {
                kept.add("..");
                continue;
            }
            if (i == segments.length - 1) {
                kept.add("");
            }
        }
        return String.join("/", kept).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] percent(byte[] target, boolean strict, boolean decodes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < target.length; i++) {
            if (target[i] != '%') {
                out.write(target[i]);
                continue;
            }
            int high = i + 1 < target.length ? Character.digit(target[i + 1], 16) : -1;
            int low = i + 2 < target.length ? Character.digit(target[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                if (strict) {
                    return null;
                }
                out.write('%');
                continue;
            }
            int value = high << 4 | low;
            if (decodes && isUnreserved(value)) {
                out.write(value);
            } else if (decodes) {
                out.write(target, i, 3);
            } else {
                out.write('%');
                out.write(Character.toUpperCase(target[i + 1]));
                out.write(Character.toUpperCase(target[i + 2]));
            }
            i += 2;
        }
        return out.toByteArray();
    }

    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.'
                || c == '_' || c == '~';
    }

    private static byte[] sortQuery(byte[] target) {
        String all = text(target);
        int mark = all.indexOf('?');
        if (mark < 0) {
            return target;
        }
        List<String> parameters = new ArrayList<>(List.of(all.substring(mark + 1).split("&", -1)));
        if (parameters.getLast().isEmpty()) {
            // nothing behind the last separator
            parameters.removeLast();
        }
        parameters.sort(Comparator.comparing(UriNormalizer::name));
        return (all.substring(0, mark + 1) + String.join("&", parameters)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }
}
