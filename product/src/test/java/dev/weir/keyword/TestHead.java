package dev.weir.keyword;

import dev.weir.flow.expr.HttpHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A message given as text, read without much ado: what arrives at expressions is well-formed already. */
public final class TestHead implements HttpHead {

    private record Span(int at, int length) {}

    private final byte[] bytes;
    private final List<Span> names = new ArrayList<>();
    private final List<Span> values = new ArrayList<>();
    private Span method = new Span(0, 0);
    private Span target = new Span(0, 0);
    private Span authority = new Span(0, 0);
    private Span path = new Span(0, 0);
    private Span reason = new Span(0, 0);
    private int status;
    private final int minor;
    public final String body;

    public TestHead(String message) {
        int end = message.indexOf("\r\n\r\n");
        body = message.substring(end + 4);
        String[] lines = message.substring(0, end).split("\r\n", -1);
        StringBuilder text = new StringBuilder(lines[0]);
        String[] words = lines[0].split(" ", 3);
        boolean response = words[0].startsWith("HTTP/");
        minor = (response ? words[0] : words[2]).endsWith("1.0") ? 0 : 1;
        if (response) {
            status = Integer.parseInt(words[1]);
            reason = new Span(13, words.length > 2 ? words[2].length() : 0);
        } else {
            method = new Span(0, words[0].length());
            target(words[0], words[1]);
        }
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(colon + 1).strip();
            names.add(new Span(text.length(), name.length()));
            text.append(name);
            values.add(new Span(text.length(), value.length()));
            text.append(value);
        }
        bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void target(String verb, String text) {
        int at = verb.length() + 1;
        target = new Span(at, text.length());
        int scheme = text.indexOf("://");
        if (text.startsWith("/")) {
            path = target;
        } else if (scheme >= 0) {
            int slash = text.indexOf('/', scheme + 3);
            int stop = slash < 0 ? text.length() : slash;
            authority = new Span(at + scheme + 3, stop - scheme - 3);
            path = new Span(at + stop, text.length() - stop);
        } else if (!text.equals("*")) {
            authority = target;
        }
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int methodAt() {
        return method.at;
    }

    @Override
    public int methodLength() {
        return method.length;
    }

    @Override
    public int targetAt() {
        return target.at;
    }

    @Override
    public int targetLength() {
        return target.length;
    }

    @Override
    public int authorityAt() {
        return authority.at;
    }

    @Override
    public int authorityLength() {
        return authority.length;
    }

    @Override
    public int pathAt() {
        return path.at;
    }

    @Override
    public int pathLength() {
        return path.length;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public int reasonAt() {
        return reason.at;
    }

    @Override
    public int reasonLength() {
        return reason.length;
    }

    @Override
    public int majorVersion() {
        return 1;
    }

    @Override
    public int minorVersion() {
        return minor;
    }

    @Override
    public int headers() {
        return names.size();
    }

    @Override
    public int nameAt(int index) {
        return names.get(index).at;
    }

    @Override
    public int nameLength(int index) {
        return names.get(index).length;
    }

    @Override
    public int valueAt(int index) {
        return values.get(index).at;
    }

    @Override
    public int valueLength(int index) {
        return values.get(index).length;
    }
}
