package dev.weir.upkeep.ocsp;

import dev.weir.base.address.Address;
import dev.weir.net.loop.Worker;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Finds the authority of a certificate and asks it, by GET where that is short enough: RFC 6960 appendix A. Owned by the
 * Conductor.
 */
final class OcspQuestion implements OcspFetch.Owner {

    /** Told once. */
    interface Owner {

        void answered(byte[] answer);

        void failed(OcspStatus why);
    }

    private static final int LONGEST_GET = 255;
    private static final int HTTP_PORT = 80;
    private static final int OK = 200;
    private static final DateTimeFormatter LOGGED = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss.SSS", Locale.ENGLISH);

    private final Worker conductor;
    private final OcspUpdates.World world;
    private final OcspTerms terms;
    private final OcspEntry entry;
    private final Owner owner;
    private long begunMs;
    private String line = "";

    OcspQuestion(Worker conductor, OcspUpdates.World world, OcspTerms terms, OcspEntry entry, Owner owner) {
        this.conductor = conductor;
        this.world = world;
        this.terms = terms;
        this.entry = entry;
        this.owner = owner;
    }

    void begin() {
        begunMs = conductor.nowMs();
        URI uri = uri(entry.query().uri());
        URI door = terms.proxy() == null ? uri : uri("http://" + terms.proxy());
        if (uri == null || door == null) {
            owner.failed(OcspStatus.HTTP);
            return;
        }
        byte[] request = request(uri, terms.proxy() != null);
        String host = door.getHost();
        int port = door.getPort() < 0 ? HTTP_PORT : door.getPort();
        // asking for names may take long, so not on the Conductor
        Thread.ofPlatform().daemon().name("weir-ocsp").start(() -> {
            List<Address> found = world.resolve(host);
            conductor.execute(() -> {
                if (found.isEmpty()) {
                    failed(false);
                } else {
                    new OcspFetch(this, request).begin(conductor, found.getFirst().withPort(port));
                }
            });
        });
    }

    /** Null for what is no address of HTTP in clear. */
    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            return "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private byte[] request(URI uri, boolean proxied) {
        String encoded = Base64.getEncoder().encodeToString(entry.query().request());
        boolean post = encoded.length() > LONGEST_GET;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String authority = uri.getRawAuthority();
        String asked = post ? path : path + (path.endsWith("/") ? "" : "/")
                + encoded.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
        line = (post ? "POST http://" : "GET http://") + authority + asked + " HTTP/1.1";
        String head = (post ? "POST " : "GET ") + (proxied ? "http://" + authority : "") + asked + " HTTP/1.1\r\n"
                + "host: " + authority + "\r\nuser-agent: HAProxy\r\naccept: */*\r\n"
                + (post ? "content-type: application/ocsp-request\r\ncontent-length: " + entry.query().request().length
                        + "\r\n" : "") + "connection: close\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        if (!post) {
            return start;
        }
        byte[] all = java.util.Arrays.copyOf(start, start.length + entry.query().request().length);
        System.arraycopy(entry.query().request(), 0, all, start.length, entry.query().request().length);
        return all;
    }

    @Override
    public void answered(int status, String type, byte[] body) {
        if (status != OK) {
            owner.failed(OcspStatus.HTTP);
        } else if (!type.equalsIgnoreCase("application/ocsp-response")) {
            owner.failed(OcspStatus.MISSING);
        } else {
            owner.answered(body);
        }
    }

    /** Nobody there, or not for long enough: that has a line of its own, as a request has. */
    @Override
    public void failed(boolean connected) {
        long tookMs = conductor.nowMs() - begunMs;
        String date = LOGGED.format(Instant.ofEpochMilli(conductor.wallMicros() / 1000 - tookMs)
                .atZone(ZoneId.systemDefault()));
        owner.failed(OcspStatus.HTTP);
        world.log("-:- [" + date + "] <OCSP-UPDATE> -/- 0/0/" + (connected ? "0/-1/" : "-1/-1/") + tookMs
                + (connected ? " 502 209 - - SH-- " : " 503 217 - - SC-- ") + "0/0/0/0/0 0/0 {} \"" + line + "\"");
    }
}
