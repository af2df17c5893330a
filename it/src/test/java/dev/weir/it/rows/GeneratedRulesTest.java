package dev.weir.it.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Frames;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Mask;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Random sets of rules through both: what clients get, what the origin got, and the log line. The seed and the number
 * of frontends can be given ({@code weir.rules.seed}, {@code weir.rules.count}), to look for more.
 */
class GeneratedRulesTest {

    private static final int COUNT = Integer.getInteger("weir.rules.count", 40);
    private static final long SEED = Long.getLong("weir.rules.seed", 1);
    private static final String FILE = """
            global
                expose-experimental-directives
            defaults
                mode http
                log 127.0.0.1:{port:syslog} local0
                option httplog
                timeout connect 1s
                timeout client 3s
                timeout server 3s
                timeout tarpit 20ms
            backend st
                stick-table type ip size 100 expire 1m store gpc0,gpc1,gpt0,http_req_rate(10s),http_req_cnt
            backend names
                stick-table type string len 32 size 100 expire 1m store gpc0,http_req_cnt
            backend b1
                balance roundrobin
                cookie SRV insert indirect
                server s1 127.0.0.1:{port:origin} cookie c1
                server s2 127.0.0.1:{port:origin} cookie c2
            backend b2
                balance uri
                http-request set-header in-b2 %[path]
                http-request deny if { path_beg /b/deny }
                http-response add-header out-b2 %[status]
                server s1 127.0.0.1:{port:origin}
            backend b3
                balance roundrobin
                cookie c rewrite
                use-server s2 if { hdr(x) one }
                tcp-request content reject if { path_beg /b/deny }
                tcp-response content reject if { res.hdr(none) -m found }
                tcp-response content accept if { res.hdr(z) two }
                server s1 127.0.0.1:{port:origin} cookie v1
                server s2 127.0.0.1:{port:origin} cookie v2
            """;
    private static final List<String> REQUESTS = List.of(
            "GET /a?q=one HTTP/1.1\r\nHost: ex.a.com\r\nx: one\r\ny: bcd, two\r\ny: three\r\nCookie: c=d; SRV=c2",
            "POST /b//x.png?b=2&a=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nbe: b1\r\nip: 7.7.7.7",
            "GET /z?st=404 HTTP/1.1\r\nHost: z\r\nx: 1\r\nAuthorization: Basic YTpi",
            "GET http://abs.com/a/../q HTTP/1.1\r\nHost: abs.com\r\nx: One\r\nip: 8.8.8.8",
            "HEAD /b/deny HTTP/1.1\r\nHost: h\r\nx: 2\r\nbe: nope", "GET /mon HTTP/1.1\r\nHost: h",
            "OPTIONS * HTTP/1.1\r\nHost: h\r\ny: z",
            "POST /a?q=1 HTTP/1.1\r\nHost: h\r\nx: one\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9"
                    + "\r\n\r\nk=v&q=one",
            "GET /a/old HTTP/1.0\r\nHost: h\r\nx: 2\r\ny: a\r\ny: b",
            "PUT /b/up.jpg HTTP/1.1\r\nHost: h\r\nip: 7.7.7.7\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n4\r\n wor\r\n0\r\n\r\n");
    private static final int QUIET_MS = 60;
    private static final int SILENCE_MS = 2500;
    private static final Stage STAGE = new Stage();

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @Test
    void bothDoTheSame() throws Exception {
        Product.HAPROXY.needs(Part.START);
        GeneratedRules rules = new GeneratedRules(SEED);
        List<List<String>> frontends = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            frontends.add(rules.frontend());
        }
        List<String> his = answers(Product.HAPROXY, frontends);
        List<String> ours = answers(Product.WEIR, frontends);
        StringJoiner differences = new StringJoiner("\n");
        int each = REQUESTS.size() + 2;
        for (int i = 0; i < frontends.size() * each; i++) {
            if (!his.get(i).equals(ours.get(i))) {
                differences.add(String.join("\n", frontends.get(i / each)))
                        .add("  " + (i % each == each - 1 ? "all over HTTP/2" : i % each == each - 2 ? "all on one connection" : Asked.shown(REQUESTS.get(i % each))))
                        .add("  his:  " + his.get(i)).add("  ours: " + ours.get(i));
            }
        }
        differences.add(ours.getLast());
        assertEquals("", differences.toString());
    }

    private static List<String> answers(Product product, List<List<String>> frontends) throws Exception {
        Syslog syslog = STAGE.add(new Syslog());
        StringBuilder file = new StringBuilder(FILE);
        for (int i = 0; i < frontends.size(); i++) {
            file.append("frontend f").append(i).append("\n    bind 127.0.0.1:{port:f").append(i).append("}\n    ")
                    .append(String.join("\n    ", frontends.get(i))).append('\n');
        }
        Launch launch = product.launch().port("origin", STAGE.add(origin()).port()).port("syslog", syslog.port());
        Proxy proxy = STAGE.add(launch.start(file.toString()));
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < frontends.size(); i++) {
            String all = frontends.get(i).toString();
            for (String request : REQUESTS) {
                try (Client client = proxy.connect("f" + i)) {
                    String answer = all(client, message(request, true));
                    boolean mayBeSilent = all.contains("silent") || all.contains("monitor-uri") && request.contains(" /mon ");
                    String line = line(syslog, " f" + i + " ", request, mayBeSilent ? 100 : 2000);
                    answers.add(Alike.answer(Asked.shown(answer)) + "  " + shown(line));
                }
            }
            answers.add(onOneConnection(proxy, syslog, "f" + i));
            answers.add(overHttp2(proxy, syslog, "f" + i));
        }
        answers.add(product == Product.WEIR ? proxy.err().replaceAll("(?m)^\\[(NOTICE|WARNING)].*\n", "") : "");
        return answers;
    }

    /** Every request behind the one before it, none waiting for an answer. */
    private static String onOneConnection(Proxy proxy, Syslog syslog, String frontend) throws Exception {
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < REQUESTS.size(); i++) {
            sent.append(message(REQUESTS.get(i), i == REQUESTS.size() - 1));
        }
        try (Client client = proxy.connect(frontend)) {
            StringBuilder seen = new StringBuilder(Alike.answer(Asked.shown(all(client, sent.toString()))));
            for (String line = syslog.poll(QUIET_MS); line != null; line = syslog.poll(QUIET_MS)) {
                seen.append("  ").append(shown(line));
            }
            return seen.toString();
        }
    }

    /** Every request on a stream of its own, once the one before it has its answer. */
    private static String overHttp2(Proxy proxy, Syslog syslog, String frontend) throws Exception {
        StringJoiner seen = new StringJoiner("  ");
        int streams = 0;
        try (Client client = proxy.connect(frontend)) {
            client.socket().setSoTimeout(SILENCE_MS);
            DataInputStream in = new DataInputStream(client.socket().getInputStream());
            client.send(Frames.bytes("preface"));
            for (String request : REQUESTS) {
                // what 2.6 makes of the target of this one behind rules about queries is its own affair
                if (!request.startsWith("OPTIONS *")) {
                    int stream = 2 * streams++ + 1;
                    client.send(frames(request, stream));
                    String answer = Frames.answer(in, stream);
                    seen.add(answer);
                    if (answer.endsWith(">")) {
                        break;
                    }
                }
            }
        } catch (java.net.SocketException closed) {
            seen.add("<end>");
        }
        for (String line = syslog.poll(QUIET_MS); line != null; line = --streams > 0 ? syslog.poll(QUIET_MS) : null) {
            // HAProxy counts the bytes of its own answers differently where the request has a body
            seen.add(shown(line).replaceAll(" (30.) \\d+ - - LR", " $1 N - - LR"));
        }
        return seen.toString();
    }

    private static byte[] frames(String request, int stream) {
        String whole = message(request, false);
        int end = whole.indexOf("\r\n\r\n");
        String[] lines = whole.substring(0, end).split("\r\n");
        String[] words = lines[0].split(" ");
        String host = "";
        StringBuilder fields = new StringBuilder();
        for (int i = 1; i < lines.length; i++) {
            String name = lines[i].substring(0, lines[i].indexOf(':')).toLowerCase(java.util.Locale.ROOT);
            if (name.equals("host")) {
                host = lines[i].substring(6);
            } else if (!name.equals("transfer-encoding")) {
                fields.append("; ").append(name).append(lines[i].substring(name.length()).replace("; ", "\\x3b "));
            }
        }
        String path = words[1].startsWith("http://") ? words[1].substring(words[1].indexOf('/', 7)) : words[1];
        String body = whole.substring(end + 4);
        if (whole.contains("chunked")) {
            body = body.replaceAll("\r\n[0-9a-f]+\r\n", "").replaceAll("^[0-9a-f]+\r\n", "").strip();
        }
        byte[] head = Frames.bytes("headers " + (body.isEmpty() ? "eh " : "h ") + stream + " :method: " + words[0]
                + "; :scheme: http; :authority: " + host + "; :path: " + path + fields);
        byte[] data = body.isEmpty() ? new byte[0] : Frames.frame(0, 1, stream, body.getBytes(StandardCharsets.ISO_8859_1));
        byte[] all = java.util.Arrays.copyOf(head, head.length + data.length);
        System.arraycopy(data, 0, all, head.length, data.length);
        return all;
    }

    private static String all(Client client, String message) throws IOException {
        client.send(message);
        client.socket().setSoTimeout(SILENCE_MS);
        java.io.ByteArrayOutputStream seen = new java.io.ByteArrayOutputStream();
        String end = "";
        try {
            for (int next = client.socket().getInputStream().read(); next >= 0; next = client.socket().getInputStream().read()) {
                seen.write(next);
            }
        } catch (java.net.SocketTimeoutException e) {
            end = "<silence>";
        } catch (java.net.SocketException e) {
            // a reset or an end is the kernel's choice
        }
        return seen.toString(StandardCharsets.ISO_8859_1) + end;
    }

    private static String message(String request, boolean last) {
        int end = request.indexOf("\r\n\r\n");
        String head = end < 0 ? request : request.substring(0, end);
        return head + (last ? "\r\nConnection: close" : "") + "\r\n\r\n" + (end < 0 ? "" : request.substring(end + 4));
    }

    /** The line about a request; null when it does not come in time. */
    private static String line(Syslog syslog, String frontend, String request, int milliseconds) throws Exception {
        String wanted = request.substring(0, request.indexOf('\r'));
        String line;
        do {
            line = syslog.poll(milliseconds);
        } while (line != null && !(line.replace("~ ", " ").contains(frontend) && (line.contains(wanted) || line.contains("<BADREQ>"))));
        return line;
    }

    private static String shown(String line) {
        return line == null ? "no line" : Mask.log(line).replaceAll("(haproxy|weir)\\[PID]", "PROGRAM")
                .replaceAll(":\\d{5} ", ":PORT ")
                // of times only whether there are any; bytes of heads that were not sent count in HAProxy
                .replaceAll("(?<= |/)\\+?\\d+(?=/)|(?<=/)\\+?\\d+(?= \\d{3} )", "N").replaceAll("(\\d{3}) \\d+ - - ([PL]H)", "$1 N - - $2");
    }

    private static Origin origin() throws IOException {
        return Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                String body = body(head, in);
                String status = head.contains("st=404") ? "404 Not Found" : "200 OK";
                out.write(("HTTP/1.1 " + status + "\r\nServer: o\r\nZ: two\r\nZ: three\r\nSet-Cookie: c=x\r\nContent-Length: "
                        + (head + body).length() + "\r\n\r\n" + (head.startsWith("HEAD") ? "" : head + body)).getBytes(StandardCharsets.ISO_8859_1));
            }
        });
    }

    private static String body(String head, java.io.InputStream in) throws IOException {
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        int length = lower.indexOf("content-length: ");
        if (length >= 0) {
            int count = Integer.parseInt(head.substring(length + 16, head.indexOf('\r', length)));
            return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
        }
        StringBuilder body = new StringBuilder();
        while (lower.contains("transfer-encoding: chunked") && body.indexOf("0\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return body + "<cut>";
            }
            body.append((char) next);
        }
        // each cuts its pieces as it likes
        return body.toString().replaceAll("\r\n[0-9a-f]+\r\n", "").replaceAll("^[0-9a-f]+\r\n", "");
    }
}
