package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.address.IpText;
import dev.weir.base.collect.Settings;
import dev.weir.config.compile.DynamicTls;
import dev.weir.config.compile.HttpClientTerms;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsServerEnd;
import dev.weir.upkeep.fetch.HttpFetch;
import dev.weir.upkeep.resolve.NameService;
import dev.weir.wire.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** {@code httpclient}: asks a server over HTTP and shows its answer; to find faults with. Owned by the Conductor. */
final class FetchCommands {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LAST_PORT = 65535;

    private final Site site;

    private FetchCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        table.add(new Command("httpclient", Level.ADMIN, "httpclient <method> <URI>", "launch an HTTP request",
                new FetchCommands(site)::ask).behind(Command.Gate.EXPERT));
    }

    /** Where a URI leads. */
    private record Way(boolean secure, String host, String authority, int port, String path) {

        /** Null where the text is none of HTTP's. */
        static Way of(String uri) {
            boolean secure = uri.startsWith("https://");
            int start = secure ? 8 : 7;
            if (!secure && !uri.startsWith("http://")) {
                return null;
            }
            int end = start;
            while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
                end++;
            }
            String authority = uri.substring(uri.lastIndexOf('@', end) < start ? start : uri.lastIndexOf('@', end) + 1, end);
            int colon = authority.lastIndexOf(':');
            boolean hasPort = colon > authority.indexOf(']');
            String host = (hasPort ? authority.substring(0, colon) : authority).replace("[", "").replace("]", "");
            int port = !hasPort ? secure ? HTTPS : HTTP : Whole.leading(authority.substring(colon + 1));
            String path = uri.substring(end);
            return host.isEmpty() ? null : new Way(secure, host, authority, port,
                    path.startsWith("/") ? path : "/" + path);
        }
    }

    private Answer ask(Call call) {
        // the inside that the option shows in HAProxy does not exist here
        int at = call.word(1).equals("--htx") ? 2 : 1;
        if (!call.has(at + 1) || call.word(at).isEmpty()) {
            return Text.error("Can't start the HTTP client: not enough parameters.");
        }
        byte[] name = call.word(at).getBytes(StandardCharsets.ISO_8859_1);
        Method method = Method.of(name, 0, name.length);
        Way way = Way.of(call.word(at + 1));
        if (method == Method.OTHER || way == null) {
            return Text.error("Can't start the HTTP client.");
        }
        FetchText text = new FetchText(call.terminal());
        HttpClientTerms terms = HttpClientTerms.of(site.now().configuration().global());
        Address literal = IpText.parse(way.host());
        if (literal != null) {
            begin(text, method, call.word(at), way, literal, terms);
        } else if (!terms.resolves()) {
            text.unknown();
        } else if (terms.resolvers() != null) {
            lookUp(way.host(), terms, found -> resolved(text, method, call.word(at), way, found, terms));
        } else {
            // asking for names may take long, so not on the Conductor
            Thread.ofPlatform().daemon().name("weir-httpclient").start(() -> {
                Address found = preferred(site.lines().resolve(way.host()), terms.prefersIpv4());
                site.runtime().conductor().execute(() -> resolved(text, method, call.word(at), way, found, terms));
            });
        }
        return text;
    }

    private void lookUp(String host, HttpClientTerms terms, Consumer<Address> answered) {
        for (NameService each : site.resolvers().get()) {
            if (each.spec().name().equals(terms.resolvers())) {
                each.ask(host, terms.prefersIpv4() ? Family.IPV4 : Family.IPV6, answered);
                return;
            }
        }
        answered.accept(null);
    }

    private void resolved(FetchText text, Method method, String name, Way way, Address found, HttpClientTerms terms) {
        if (found == null) {
            text.unknown();
        } else {
            begin(text, method, name, way, found, terms);
        }
    }

    private static Address preferred(List<Address> found, boolean four) {
        for (Address each : found) {
            if (each.family() == Family.IPV4 == four) {
                return each;
            }
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private void begin(FetchText text, Method method, String name, Way way, Address to, HttpClientTerms terms) {
        TlsClient tls = null;
        if (way.secure()) {
            Settings global = site.now().configuration().global();
            TlsServerEnd end = DynamicTls.client(global, terms.verifies(), terms.authorities());
            tls = end == null ? null : new TlsClient(end, site.runtime().conductor().index(), way.host());
        }
        if (way.secure() && tls == null || way.port() < 1 || way.port() > LAST_PORT) {
            text.failed(HttpFetch.Stage.CONNECTING);
            return;
        }
        byte[] request = (name + " " + way.path() + " HTTP/1.1\r\nhost: " + way.authority()
                + "\r\naccept: */*\r\nuser-agent: HAProxy\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        text.begin(new HttpFetch(site.runtime().conductor(), new HttpFetch.Question(to.withPort(way.port()), tls, method,
                request, terms.connectMs(), terms.retries()), text));
    }
}
