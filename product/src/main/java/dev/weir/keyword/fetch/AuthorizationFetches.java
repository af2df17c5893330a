package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.Signature;
import dev.weir.flow.expr.Users;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.Base64;
import java.util.List;

/** The credentials that a request carries. */
final class AuthorizationFetches {

    private static final HeaderName AUTHORIZATION = new HeaderName("authorization".getBytes(
            java.nio.charset.StandardCharsets.US_ASCII));
    private static final HeaderName PROXY_AUTHORIZATION = new HeaderName("proxy-authorization".getBytes(
            java.nio.charset.StandardCharsets.US_ASCII));
    private static final byte[] BASIC = "Basic".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] BEARER = "Bearer".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final Signature USERS = Signature.of(1, ArgumentKind.USERS);

    static final List<FetchKeyword> ALL = List.of(
            row("http_auth", USERS, SampleType.BOOL, AuthorizationFetches::accepted),
            row("http_auth_group", USERS, SampleType.STRING, AuthorizationFetches::acceptedUser),
            row("http_auth_bearer", Signature.of(0, ArgumentKind.STRING), SampleType.STRING,
                    AuthorizationFetches::bearer),
            row("http_auth_type", Signature.NONE, SampleType.STRING, a -> AuthorizationFetches::type),
            row("http_auth_user", Signature.NONE, SampleType.STRING, a -> (context, out) -> part(context, out, true)),
            row("http_auth_pass", Signature.NONE, SampleType.STRING, a -> (context, out) -> part(context, out, false)));

    private AuthorizationFetches() {}

    private static FetchKeyword row(String name, Signature signature, SampleType type, FetchKeyword.Factory factory) {
        return HeaderFetches.row(name, signature, type, Message.REQUEST, factory);
    }

    /** Makes the sample what follows a scheme; false when the header has another one. */
    private static boolean credentials(HttpHead head, int header, byte[] scheme, Sample out) {
        if (header < 0) {
            return false;
        }
        byte[] text = head.bytes();
        int at = head.valueAt(header);
        int end = at + head.valueLength(header);
        int space = Texts.indexOf(text, at, end, ' ');
        if (space - at != scheme.length || !Texts.equalIgnoringCase(scheme, 0, text, at, scheme.length)) {
            return false;
        }
        while (space < end && text[space] == ' ') {
            space++;
        }
        out.string(text, space, end - space);
        return space < end;
    }

    private static HeaderName header(ExpressionContext context) {
        return context.asksProxy() ? PROXY_AUTHORIZATION : AUTHORIZATION;
    }

    /** Makes the sample the text {@code user:password}; the place of its colon, or -1. */
    private static int basic(ExpressionContext context, Sample out) {
        HttpHead head = Message.REQUEST.head(context, out);
        if (head == null || !credentials(head, header(context).find(head, 0), BASIC, out)) {
            return -1;
        }
        Area area = context.workspace().area();
        if (out.length() > area.limit() || !area.reserve(out.length())) {
            return -1;
        }
        try {
            byte[] encoded = java.util.Arrays.copyOfRange(out.bytes(), out.at(), out.end());
            area.put(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            return -1;
        }
        int colon = Texts.indexOf(area.bytes(), 0, area.length(), ':');
        out.take(SampleType.STRING, area);
        return colon;
    }

    private static boolean type(ExpressionContext context, Sample out) {
        HttpHead head = Message.REQUEST.head(context, out);
        if (head != null && credentials(head, header(context).find(head, 0), BEARER, out)) {
            out.string(BEARER);
            return true;
        }
        if (basic(context, out) < 0) {
            return false;
        }
        out.string(BASIC);
        return true;
    }

    private static boolean part(ExpressionContext context, Sample out, boolean user) {
        int colon = basic(context, out);
        if (colon < 0) {
            return false;
        }
        out.slice(user ? 0 : colon + 1, user ? colon : out.length() - colon - 1);
        return true;
    }

    private static Fetch accepted(Arguments arguments) throws ExpressionError {
        Users users = arguments.users(0);
        return (context, out) -> {
            int colon = basic(context, out);
            if (colon < 0) {
                return false;
            }
            out.bool(accepts(users, out, colon));
            return true;
        };
    }

    private static boolean accepts(Users users, Sample pair, int colon) {
        return users.accept(pair.bytes(), pair.at(), colon, pair.at() + colon + 1, pair.length() - colon - 1);
    }

    private static Fetch acceptedUser(Arguments arguments) throws ExpressionError {
        Users users = arguments.users(0);
        return (context, out) -> {
            int colon = basic(context, out);
            if (colon < 0 || !accepts(users, out, colon)) {
                return false;
            }
            out.slice(0, colon);
            return true;
        };
    }

    /** Of the given header, Authorization without one. */
    private static Fetch bearer(Arguments arguments) {
        HeaderName name = arguments.hasText(0) ? new HeaderName(arguments.bytes(0)) : null;
        return (context, out) -> {
            HttpHead head = Message.REQUEST.head(context, out);
            return head != null
                    && credentials(head, (name == null ? AUTHORIZATION : name).find(head, 0), BEARER, out);
        };
    }
}
