package dev.weir.flow.rule;

import dev.weir.base.log.LogLine;
import dev.weir.flow.reply.Reply;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Reasons;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers with another address for the request (configuration.txt, {@code redirect}). Immutable. */
public final class Redirect implements Action {

    /** What the text is. */
    public enum Kind { LOCATION, PREFIX, SCHEME }

    /**
     * What the options say.
     *
     * @param cookie the whole value of {@code Set-Cookie}, or null
     */
    public record Options(int code, boolean dropQuery, boolean keepQuery, boolean appendSlash, boolean ignoreEmpty,
            Text cookie) {}

    private static final HeaderName HOST = HeaderName.of("host");
    private static final Reply.Field NO_LENGTH = new Reply.Field(ascii("content-length"), ascii("0"));
    private static final Reply.Field NO_CACHE = new Reply.Field(ascii("cache-control"), ascii("no-cache"));
    private static final byte[] LOCATION = ascii("location");
    private static final byte[] FOUND = ascii("Found");
    private static final byte[] SET_COOKIE = ascii("set-cookie");
    private static final byte[] SCHEME_END = ascii("://");

    private final Kind kind;
    private final Text target;
    private final Options options;

    public Redirect(Kind kind, Text target, Options options) {
        this.kind = kind;
        this.target = target;
        this.options = options;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Verdict run(RuleContext context) {
        LogLine out = context.text(target);
        if (options.ignoreEmpty && out.length() == 0) {
            return Verdict.CONTINUE;
        }
        switch (kind) {
            case LOCATION -> keepQuery(context.requestHead(), out);
            case PREFIX -> {
                boolean same = out.length() == 1 && out.array()[0] == '/';
                out.cut(same ? 0 : out.length());
                putPath(context.requestHead(), out);
            }
            case SCHEME -> {
                out.put(SCHEME_END);
                putHost(context.requestHead(), out);
                putPath(context.requestHead(), out);
            }
        }
        List<Reply.Field> fields = new ArrayList<>();
        fields.add(NO_LENGTH);
        fields.add(new Reply.Field(LOCATION, Arrays.copyOf(out.array(), out.length())));
        if (options.code == 302 || options.code == 303 || options.code == 307) {
            fields.add(NO_CACHE);
        }
        if (options.cookie != null) {
            LogLine cookie = context.secondText(options.cookie);
            fields.add(new Reply.Field(SET_COOKIE, Arrays.copyOf(cookie.array(), cookie.length())));
        }
        return context.answer(new Reply(options.code, reason(options.code), fields,
                new Reply.Whole(new byte[0])), 'L', context.isResponse() ? 'H' : 'R');
    }

    /** Not what 302 is called elsewhere. */
    private static byte[] reason(int code) {
        return code == 302 ? FOUND : Reasons.of(code);
    }

    private void keepQuery(Head request, LogLine out) {
        int query = options.keepQuery ? request.queryAt() : -1;
        if (query < 0) {
            return;
        }
        boolean more = false;
        for (int i = 0; i < out.length(); i++) {
            more |= out.array()[i] == '?';
        }
        out.put(more ? '&' : '?').put(request.area(), query, request.pathAt() + request.pathLength() - query);
    }

    private static void putHost(Head request, LogLine out) {
        int host = request.find(HOST);
        if (host >= 0) {
            out.put(request.area(), request.valueAt(host), request.valueLength(host));
        }
    }

    private void putPath(Head request, LogLine out) {
        int length = request.pathLength();
        int at = request.pathAt();
        if (length == 0 || request.area()[at] == '*') {
            out.put('/');
            return;
        }
        int query = request.queryAt();
        if (options.dropQuery && query >= 0) {
            length = query - 1 - at;
        }
        out.put(request.area(), at, length);
        if (options.appendSlash && options.dropQuery && out.array()[out.length() - 1] != '/') {
            out.put('/');
        }
    }
}
