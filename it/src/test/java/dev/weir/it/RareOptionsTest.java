package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that few files have: what they do with a request, in Weir and in HAProxy. */
class RareOptionsTest {

    private static final Stage STAGE = new Stage();
    private static Proxy weir;
    private static Proxy haproxy;
    private static Syslog weirLog;
    private static Syslog haproxyLog;
    private static int portA;
    private static int portB;

    @BeforeAll
    static void start() throws IOException {
        Product.HAPROXY.needs(Part.START);
        portA = STAGE.add(Origin.named("a")).port();
        portB = STAGE.add(Origin.named("b")).port();
        // answers with the status and the headers that the path says
        int told = STAGE.add(Origin.of((socket, in, out) -> {
            String path = head(in).split(" ")[1];
            String[] words = URLDecoder.decode(path, StandardCharsets.UTF_8).split("/", 3);
            String fields = words[2].isEmpty() ? "" : words[2].replace("|", "\r\n") + "\r\n";
            out.write(("HTTP/1.1 " + words[1] + " Told\r\nContent-Length: 0\r\nConnection: close\r\n" + fields + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
        })).port();
        weirLog = STAGE.add(new Syslog());
        haproxyLog = STAGE.add(new Syslog());
        weir = start(Product.WEIR, told, weirLog);
        haproxy = start(Product.HAPROXY, told, haproxyLog);
    }

    private static Proxy start(Product product, int told, Syslog log) throws IOException {
        return STAGE.add(product.launch().port("a", portA).port("b", portB).port("told", told).port("log", log.port())
                .start("""
                        global
                            log 127.0.0.1:{port:log} local0
                        defaults
                            mode http
                            timeout client 2s
                            timeout server 2s
                            timeout connect 1s
                        listen rdp
                            bind 127.0.0.1:{port:rdp}
                            mode tcp
                            tcp-request inspect-delay 500ms
                            tcp-request content accept if RDP_COOKIE
                            tcp-request content accept if WAIT_END
                            persist rdp-cookie
                            balance roundrobin
                            server a 127.0.0.1:{port:a}
                            server b 127.0.0.1:{port:b}
                        listen rdpforced
                            bind 127.0.0.1:{port:rdpforced}
                            mode tcp
                            option persist
                            tcp-request inspect-delay 500ms
                            tcp-request content accept if { req.rdp_cookie(sess) -m found }
                            persist rdp-cookie(sess)
                            balance first
                            server a 127.0.0.1:{port:a}
                            server b 127.0.0.1:{port:b}
                        listen transparent
                            bind 127.0.0.1:{port:transparent}
                            option transparent
                            http-request set-dst str(127.0.0.1)
                            http-request set-dst-port int({port:told})
                        listen beside
                            bind 127.0.0.1:{port:beside}
                            option transparent
                            option redispatch 1
                            cookie SRV
                            http-request set-dst str(127.0.0.1)
                            http-request set-dst-port int({port:told})
                            use-server other if { path /202/ruled }
                            server gone 127.0.0.1:1 cookie gone
                            server other 127.0.0.1:{port:other} cookie other
                        frontend other
                            bind 127.0.0.1:{port:other}
                            http-request return status 202 content-type text/plain string other
                        listen cache
                            bind 127.0.0.1:{port:cache}
                            log global
                            option httplog
                            option checkcache
                            server s 127.0.0.1:{port:told}
                        listen proxy
                            bind 127.0.0.1:{port:proxy}
                            option http-use-proxy-header
                            http-request auth unless { http_auth(users) }
                            http-request return status 200 hdr x-user %[http_auth_user]
                        userlist users
                            user joe insecure-password secret
                        """));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static String cookie(String address, int port) throws IOException {
        byte[] ip = InetAddress.getByName(address).getAddress();
        long number = 0;
        for (int i = 3; i >= 0; i--) {
            number = number << 8 | ip[i] & 0xff;
        }
        return number + "." + (Short.reverseBytes((short) port) & 0xffff) + ".0000";
    }

    /** The letters of the servers that three such connections reach; A and B in the cookie stand for their addresses. */
    @ParameterizedTest
    @CsvSource({"rdp, msts, A, aaa", "rdp, msts, B, bbb", "rdp, MSTS, A, aaa", "rdp, msts, 1.2.3, turns", "rdp, msts, A., aaa", "rdp, msts, x, turns",
        "rdp, msts, '', turns", "rdp, msts, -1.5.0, turns", "rdp, other, A, turns", "rdpforced, sess, B, bbb", "rdpforced, msts, B, aaa"})
    void terminalServersAreFoundAgain(String port, String name, String value, String expected) throws IOException {
        String cookie = value.replace("A", cookie("127.0.0.1", portA)).replace("B", cookie("127.0.0.1", portB));
        String theirs = reached(haproxy, port, name, cookie);
        String ours = reached(weir, port, name, cookie);
        if (expected.equals("turns")) {
            for (String each : new String[] {theirs, ours}) {
                assertTrue(each.contains("ab") || each.contains("ba"), each);
            }
        } else {
            assertEquals(expected, theirs);
            assertEquals(expected, ours);
        }
    }

    private static String reached(Proxy proxy, String port, String name, String value) throws IOException {
        byte[] cookie = ("Cookie: " + name + "=" + value + "\r\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(new byte[] {3, 0, 0, (byte) (11 + cookie.length), (byte) (6 + cookie.length), (byte) 0xe0, 0, 0, 0, 0, 0});
        request.write(cookie);
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port(port))) {
                client.getOutputStream().write(request.toByteArray());
                servers.append((char) client.getInputStream().read());
            }
        }
        return servers.toString();
    }

    private static String ask(Proxy proxy, String port, String request) throws IOException {
        try (Client client = proxy.connect(port)) {
            client.send(request);
            return head(client.socket().getInputStream());
        }
    }

    @ParameterizedTest
    @CsvSource({"/200/x-a:1", "/404/x-b:2"})
    void withoutServersRequestsGoWhereTheyWanted(String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
        String expected = ask(haproxy, "transparent", request);
        assertTrue(expected.contains(" Told\r\n"), expected);
        assertEquals(expected, ask(weir, "transparent", request));
    }

    /** Servers beside {@code option transparent} get only who is sent to them. */
    @ParameterizedTest
    @CsvSource({"/200/, none, 200", "/200/, other, 202", "/200/, nobody, 200", "/200/, gone, 200", "/202/ruled, none, 202"})
    void withServersTooOnlyPersistenceLeadsThere(String path, String cookie, String status) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: h\r\nCookie: SRV=" + cookie + "\r\n\r\n";
        for (Proxy each : new Proxy[] {haproxy, weir}) {
            assertTrue(ask(each, "beside", request).startsWith("HTTP/1.1 " + status + " "), each.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"GET http://h/ | ", "GET / | ", "CONNECT h:443 | ", "OPTIONS * | ",
        "GET http://h/ | Proxy-Authorization: Basic am9lOnNlY3JldA==", "GET http://h/ | Authorization: Basic am9lOnNlY3JldA==",
        "GET / | Authorization: Basic am9lOnNlY3JldA==", "GET / | Proxy-Authorization: Basic am9lOnNlY3JldA=="})
    void credentialsOfProxiedRequestsHaveTheirOwnHeader(String line, String field) throws IOException {
        String request = line + " HTTP/1.1\r\nHost: h" + (line.contains(":443") ? ":443" : "") + "\r\n"
                + (field == null ? "" : field + "\r\n") + "\r\n";
        assertEquals(ask(haproxy, "proxy", request), ask(weir, "proxy", request));
    }

    /** HAProxy 2.6 blocks the same answers and shows the page of their own status instead of 502. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"GET; /200/Set-Cookie: a|ETag: x; 1", "GET; /200/ETag: x; 0", "GET; /200/Set-Cookie: a; 0",
        "GET; /200/Set-Cookie: a|Cache-Control: max-age=5; 1", "GET; /200/Set-Cookie: a|Cache-Control: max-age=0; 0",
        "GET; /200/Set-Cookie2: a|Expires: 0; 1", "GET; /302/Set-Cookie: a|ETag: x; 0", "GET; /302/Set-Cookie: a|Cache-Control: public, max-age=3; 1",
        "GET; /404/Set-Cookie: a|ETag: x; 1", "POST; /200/Set-Cookie: a|ETag: x; 0", "POST; /200/Set-Cookie: a|ETag: x|Cache-Control: public; 1",
        "HEAD; /200/Set-Cookie: a|ETag: x; 1", "GET; /200/Set-Cookie: a|ETag: x|Cache-Control: private; 0",
        "GET; /200/Set-Cookie: a|ETag: x|Cache-Control: public, private; 0", "GET; /200/Set-Cookie: a|ETag: x|Cache-Control: no-store; 0",
        "GET; /200/Set-Cookie: a|ETag: x|Cache-Control: no-cache; 0", "GET; /200/Set-Cookie: a|ETag: x|Pragma: no-cache; 0",
        "GET; /200/Set-Cookie: a|ETag: x|Cache-Control: s-maxage=0; 0",
        "GET; /200/Set-Cookie: a|ETag: x|Cache-Control: no-cache=\"set-cookie, x\"; 0",
        "GET; /200/Set-Cookie: a|ETag: x|Cache-Control: no-cache=\"x, set-cookie\"; 1"})
    void cookiesThatCachesWouldKeepAreBlocked(String method, String path, int blocked) throws Exception {
        String request = method + " " + path.replace(" ", "%20").replace("\"", "%22") + " HTTP/1.1\r\nHost: h\r\n"
                + (method.equals("POST") ? "Content-Length: 0\r\n" : "") + "\r\n";
        String answer = ask(haproxy, "cache", request);
        assertEquals(blocked == 1, !answer.contains(" Told\r\n"), answer);
        answer = ask(weir, "cache", request);
        assertTrue(answer.startsWith(blocked == 1 ? "HTTP/1.1 502 Bad Gateway\r\n" : "HTTP/1.1 " + path.substring(1, 4)), answer);
        String alert = "Blocking cacheable cookie in response from instance cache, server s.";
        if (blocked == 1) {
            haproxyLog.next(line -> line.contains(alert));
        }
        // the alert and the line of the exchange come from two threads
        String line = "";
        boolean told = blocked == 0;
        while (line.isEmpty() || !told) {
            String next = weirLog.next(each -> each.endsWith(alert) || each.contains(" cache cache/s "));
            told |= next.startsWith("<129>") && next.endsWith(alert);
            line = next.endsWith(alert) ? line : next;
        }
        assertTrue(line.contains(blocked == 1 ? " PH-- " : " ---- "), line);
    }
}
