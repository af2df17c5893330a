package dev.weir.admin.stats;

import dev.weir.base.text.Place;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.Rule;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Verdict;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Who may see and use the statistics page: its accounts, and where its forms may come from. Stateless. */
final class StatsAccess {

    private static final HeaderName AUTHORIZATION = HeaderName.of("authorization");
    private static final HeaderName HOST = HeaderName.of("host");
    private static final HeaderName ORIGIN = HeaderName.of("origin");
    private static final HeaderName REFERER = HeaderName.of("referer");
    private static final byte[] CHALLENGE = "www-authenticate".getBytes(StandardCharsets.US_ASCII);
    private static final String BASIC = "basic ";

    private StatsAccess() {}

    /** Asks for one of the accounts, each {@code user:password}. */
    static RuleSet rules(List<String> accounts, String realm) {
        if (accounts.isEmpty()) {
            return RuleSet.EMPTY;
        }
        List<byte[]> known = new ArrayList<>();
        accounts.forEach(each -> known.add(each.getBytes(StandardCharsets.ISO_8859_1)));
        Reply.Field challenge = new Reply.Field(CHALLENGE, ("Basic realm=\"" + realm.replace("\"", "\\\"") + "\"")
                .getBytes(StandardCharsets.ISO_8859_1));
        return new RuleSet(List.of(new Rule(null, context -> isKnown(context.requestHead(), known) ? Verdict.CONTINUE
                : context.answer(context.errorPage(401).with(challenge), 'L', 'R'), Place.BUILT_IN)));
    }

    /** Takes as long whoever is wrong in whatever way. */
    private static boolean isKnown(Head request, List<byte[]> accounts) {
        byte[] said = said(value(request, AUTHORIZATION));
        boolean found = false;
        for (byte[] account : accounts) {
            found |= MessageDigest.isEqual(account, said);
        }
        return found;
    }

    private static byte[] said(String credentials) {
        if (credentials == null || !credentials.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return new byte[0];
        }
        String encoded = credentials.substring(BASIC.length()).strip();
        int end = encoded.length();
        while (end > 0 && encoded.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = encoded.charAt(i);
            boolean right = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/';
            if (!right) {
                return new byte[0];
            }
        }
        return end % 4 == 1 ? new byte[0] : Base64.getDecoder().decode(encoded.substring(0, end));
    }

    private static String value(Head request, HeaderName name) {
        int at = request.find(name);
        return at < 0 ? null : new String(Arrays.copyOfRange(request.area(), request.valueAt(at),
                request.valueAt(at) + request.valueLength(at)), StandardCharsets.ISO_8859_1);
    }

    /** Whether a form comes from this very page; scripts say nothing and may. */
    static boolean isOwn(RuleContext context) {
        Head request = context.requestHead();
        String origin = value(request, ORIGIN);
        String from = origin == null ? value(request, REFERER) : origin;
        String host = value(request, HOST);
        return from == null || host != null && authority(from).equalsIgnoreCase(host);
    }

    private static String authority(String uri) {
        int at = uri.indexOf("://");
        if (at < 0) {
            return "";
        }
        int end = at + 3;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        String authority = uri.substring(at + 3, end);
        return authority.substring(authority.indexOf('@') + 1);
    }
}
