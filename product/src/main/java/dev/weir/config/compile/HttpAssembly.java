package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.config.lang.Numbers;
import dev.weir.flow.drive.DynamicCookies;
import dev.weir.flow.drive.HttpTerms;
import dev.weir.flow.drive.PersistenceCookie;
import dev.weir.flow.drive.RetryOn;
import dev.weir.flow.drive.ServerTerms;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.wire.http.HeaderName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** Settles what the options of a proxy say about HTTP. */
final class HttpAssembly {

    private HttpAssembly() {}

    static HttpTerms terms(Settings settings) {
        List<String> on = settings.get(ProxySpec.HTTP_OPTIONS);
        HttpTerms.Keep keep = on.contains("httpclose") ? HttpTerms.Keep.CLOSE
                : on.contains("http-server-close") ? HttpTerms.Keep.SERVER_CLOSE : HttpTerms.Keep.ALIVE;
        return new HttpTerms(keep, on.contains("http-buffer-request"), restriction(settings),
                header(settings, ProxySpec.FORWARDFOR, "x-forwarded-for"),
                header(settings, ProxySpec.ORIGINALTO, "x-original-to"),
                new HttpTerms.Peer(on.contains("accept-unsafe-violations-in-http-request")
                        || on.contains("accept-invalid-http-request"), on.contains("h1-case-adjust-bogus-client"),
                        on.contains("http-drop-response-trailers")),
                serverPeer(settings),
                on.contains("http-ignore-probes"), !on.contains("disable-h2-upgrade"),
                on.contains("idle-close-on-response"), on.contains("http-use-proxy-header"));
    }

    /** How servers of a backend are spoken with. */
    static HttpTerms.Peer serverPeer(Settings settings) {
        List<String> on = settings.get(ProxySpec.HTTP_OPTIONS);
        return new HttpTerms.Peer(on.contains("accept-unsafe-violations-in-http-response")
                || on.contains("accept-invalid-http-response"), on.contains("h1-case-adjust-bogus-server"),
                on.contains("http-drop-request-trailers"));
    }

    /** @param alarm who hears of answers that {@code option checkcache} blocks */
    static ServerTerms serverTerms(Settings settings, ServerTerms.Alarm alarm) {
        String name = settings.get(ProxySpec.SEND_NAME_HEADER);
        String reuse = settings.get(ProxySpec.HTTP_REUSE);
        Setting<Boolean> abort = ProxySpec.ABORTONCLOSE;
        return new ServerTerms(ServerTerms.Reuse.valueOf(reuse.toUpperCase(Locale.ROOT)),
                settings.get(ProxySpec.RETRY_ON).isEmpty() ? RetryOn.CONNECTION
                        : RetryOn.of(settings.get(ProxySpec.RETRY_ON)),
                name == null ? null : HeaderName.of(name),
                settings.get(ProxySpec.HTTP_OPTIONS).contains("http-pretend-keepalive"),
                settings.get(ProxySpec.PREFER_LAST_SERVER), settings.get(ProxySpec.MAX_KEEP_ALIVE_QUEUE),
                !settings.has(abort) || settings.get(abort),
                settings.get(ProxySpec.HTTP_OPTIONS).contains("checkcache") ? alarm : null);
    }

    /** The persistence cookie of a backend, or null. */
    static PersistenceCookie cookie(Settings settings, Backend backend) {
        RuleLine line = null;
        String key = null;
        for (RuleLine each : settings.get(ProxySpec.RULES)) {
            if (each.kind().equals("cookie")) {
                line = each;
            } else if (each.kind().equals("dynamic-cookie-key")) {
                key = each.args().getFirst();
            }
        }
        if (line == null) {
            return null;
        }
        List<String> words = line.args();
        backend.givenCookies(key, words.contains("dynamic"));
        StringBuilder attributes = new StringBuilder();
        long maxIdle = 0;
        long maxLife = 0;
        StringBuilder attr = new StringBuilder();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "domain" -> attributes.append("; domain=").append(words.get(++i));
                case "attr" -> attr.append("; ").append(words.get(++i));
                case "maxidle" -> maxIdle = Numbers.time(words.get(++i), Numbers.Unit.S, Numbers.Unit.S);
                case "maxlife" -> maxLife = Numbers.time(words.get(++i), Numbers.Unit.S, Numbers.Unit.S);
                default -> { }
            }
        }
        attributes.append(words.contains("httponly") ? "; HttpOnly" : "")
                .append(words.contains("secure") ? "; Secure" : "").append(attr);
        PersistenceCookie.Mode mode = words.contains("insert") ? PersistenceCookie.Mode.INSERT
                : words.contains("prefix") ? PersistenceCookie.Mode.PREFIX : PersistenceCookie.Mode.REWRITE;
        return new PersistenceCookie(new PersistenceCookie.Terms(words.getFirst(), mode, words.contains("indirect"),
                words.contains("nocache"), words.contains("postonly"), words.contains("preserve"), maxIdle, maxLife,
                attributes.toString()), backend, new DynamicCookies(backend));
    }

    private static HttpTerms.Restriction restriction(Settings settings) {
        String word = settings.get(ProxySpec.RESTRICT_NAMES);
        return word == null ? HttpTerms.Restriction.PRESERVE
                : HttpTerms.Restriction.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** {@code [except network] [header name] [if-none]}. */
    private static HttpTerms.AddressHeader header(Settings settings, Setting<Phrase> setting, String usual) {
        Phrase line = settings.get(setting);
        if (line == null) {
            return null;
        }
        String name = usual;
        boolean ifNone = false;
        Address except = null;
        int bits = 0;
        List<String> words = line.words();
        for (int i = 2; i < words.size(); i++) {
            switch (words.get(i)) {
                case "header" -> name = words.get(++i);
                case "except" -> {
                    String network = words.get(++i);
                    int slash = network.indexOf('/');
                    except = address(slash < 0 ? network : network.substring(0, slash));
                    int most = except.family() == Family.IPV4 ? 32 : 128;
                    bits = slash < 0 ? most : (int) Math.min(most, Numbers.leading(network.substring(slash + 1)));
                }
                default -> ifNone = true;
            }
        }
        return new HttpTerms.AddressHeader(HeaderName.of(name), ifNone, except, bits);
    }

    /** Of a text that has been checked to be one. */
    private static Address address(String text) {
        try {
            return Address.ip(InetAddress.getByName(text).getAddress(), 0);
        } catch (UnknownHostException e) {
            return Address.NONE;
        }
    }
}
