package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Mask;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The log lines of HTTP exchanges, masked for addresses and times: of HAProxy and of Weir the same. */
@ParameterizedClass
@EnumSource(Product.class)
class HttpLogTest {

    private static final Stage STAGE = new Stage();
    private static final Map<String, String> ANSWERS = Map.of(
            "/garbage", "no HTTP at all\r\n\r\n",
            "/500", "HTTP/1.1 500 Err\r\nContent-Length: 2\r\n\r\nab",
            "/cut", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nab",
            "/half", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nab",
            "/chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    private static final String ORDINARY = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: abc\r\n\r\nhello";
    private static Proxy proxy;
    private static Syslog syslog;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.LOGS);
        syslog = STAGE.add(new Syslog());
        Origin origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                String path = head.split("[ ?]")[1];
                if (path.equals("/close")) {
                    return;
                } else if (path.equals("/silent")) {
                    continue;
                }
                String answer = ANSWERS.getOrDefault(path, ORDINARY);
                out.write((head.startsWith("HEAD ") ? answer.substring(0, answer.length() - 5) : answer)
                        .getBytes(StandardCharsets.ISO_8859_1));
                if (path.equals("/cut")) {
                    return;
                }
            }
        }));
        Launch launch = product.launch().port("syslog", syslog.port()).port("origin", origin.port());
        proxy = STAGE.add(launch.start("""
                global
                    log 127.0.0.1:{port:syslog} local0
                defaults
                    mode http
                    log global
                    option httplog
                    timeout connect 2s
                    timeout client 300ms
                    timeout server 300ms
                    timeout http-keep-alive 200ms
                listen a
                    bind 127.0.0.1:{port:a}
                    server s 127.0.0.1:{port:origin}
                listen clf
                    option httplog clf
                    bind 127.0.0.1:{port:clf}
                    server s 127.0.0.1:{port:origin}
                listen refused
                    bind 127.0.0.1:{port:refused}
                    retries 0
                    server s 127.0.0.1:1
                listen empty
                    bind 127.0.0.1:{port:empty}
                listen asap
                    option logasap
                    bind 127.0.0.1:{port:asap}
                    server s 127.0.0.1:{port:origin}
                listen asap_refused
                    option logasap
                    bind 127.0.0.1:{port:asap_refused}
                    retries 0
                    server s 127.0.0.1:1
                listen errors
                    option log-separate-errors
                    bind 127.0.0.1:{port:errors}
                    server s 127.0.0.1:{port:origin}
                listen abnormal
                    option dontlog-normal
                    bind 127.0.0.1:{port:abnormal}
                    server s 127.0.0.1:{port:origin}
                listen null
                    option dontlognull
                    bind 127.0.0.1:{port:null}
                    server s 127.0.0.1:{port:origin}
                listen tcp
                    option tcplog
                    bind 127.0.0.1:{port:tcp}
                    server s 127.0.0.1:{port:origin}
                listen parts
                    log-format "[%HM] [%HP] [%HPO] [%HQ] [%HU] [%HV] [%r] [%{+Q}HQ] [%{+Q}r] [%{+E}HU] %ST %B %U %CC %CS %tsc %hr %hrl %hs"
                    bind 127.0.0.1:{port:parts}
                    server s 127.0.0.1:{port:origin}
                listen data
                    log-format-sd "[x@1 st=\\"%ST\\"]"
                    no log
                    log 127.0.0.1:{port:syslog} format rfc5424 daemon
                    bind 127.0.0.1:{port:data}
                    server s 127.0.0.1:{port:origin}
                listen own_errors
                    error-log-format "an error of %ci"
                    bind 127.0.0.1:{port:own_errors}
                    server s 127.0.0.1:{port:origin}
                listen proxied
                    error-log-format "an error of %f"
                    option log-separate-errors
                    bind 127.0.0.1:{port:proxied} accept-proxy
                    server s 127.0.0.1:{port:origin}
                defaults
                    mode http
                    log global
                    timeout connect 2s
                    timeout client 300ms
                    timeout server 300ms
                listen plain
                    bind 127.0.0.1:{port:plain}
                    server s 127.0.0.1:{port:origin}
                """));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @BeforeEach
    void forget() {
        syslog.clear();
    }

    /** The request, what the client does then (wait for the end, or close), and the line. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "a ! GET /x?y=1 HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 200 63 - - ---- C 0/0 \"GET /x?y=1 HTTP/1.1\"",
        "a ! HEAD /x HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 200 58 - - ---- C 0/0 \"HEAD /x HTTP/1.1\"",
        "a ! GET /chunked HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 200 64 - - ---- C 0/0 \"GET /chunked HTTP/1.1\"",
        "a ! GET /x HTTP/1.0; ! wait ! <134>LINE a a/s T 200 63 - - ---- C 0/0 \"GET /x HTTP/1.0\"",
        "a ! GET /500 HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 500 52 - - ---- C 0/0 \"GET /500 HTTP/1.1\"",
        "a ! GET /a\"b#c HTTP/1.1 ! wait ! <134>LINE a a/<NOSRV> -1/-1/-1/-1/T 400 0 - - PR-- C 0/0 \"<BADREQ>\"",
        "a ! GET /a\"{|}%00 HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 200 63 - - ---- C 0/0 \"GET /a#22{|}%00 HTTP/1.1\"",
        "a ! GARBAGE ! wait ! <134>LINE a a/<NOSRV> -1/-1/-1/-1/T 400 0 - - PR-- C 0/0 \"<BADREQ>\"",
        "a ! GET / HTTP/1.1;Bad Name: x ! wait ! <134>LINE a a/<NOSRV> -1/-1/-1/-1/T 400 0 - - PR-- C 0/0 \"<BADREQ>\"",
        "a ! NOTHING ! wait ! <134>LINE a a/<NOSRV> -1/-1/-1/-1/T 408 0 - - cR-- C 0/0 \"<BADREQ>\"",
        "a ! NOTHING ! close ! <134>LINE a a/<NOSRV> -1/-1/-1/-1/T 400 0 - - CR-- C 0/0 \"<BADREQ>\"",
        "a ! GET / HT% ! wait ! <134>LINE a a/<NOSRV> -1/-1/-1/-1/T 408 0 - - cR-- C 0/0 \"<BADREQ>\"",
        "a ! GET / HT% ! close ! <134>LINE a a/<NOSRV> -1/-1/-1/-1/T 400 0 - - CR-- C 0/0 \"<BADREQ>\"",
        "a ! GET /close HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 502 209 - - SH-- C 0/0 \"GET /close HTTP/1.1\"",
        "a ! GET /silent HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 504 198 - - sH-- C 0/0 \"GET /silent HTTP/1.1\"",
        "a ! GET /half HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 200 52 - - sD-- C 0/0 \"GET /half HTTP/1.1\"",
        "a ! GET /cut HTTP/1.1;Host: h ! wait ! <134>LINE a a/s T 200 52 - - SD-- C 0/0 \"GET /cut HTTP/1.1\"",
        "refused ! GET /x HTTP/1.1;Host: h ! wait ! <134>LINE refused refused/s T 503 217 - - SC-- C 0/0 \"GET /x HTTP/1.1\"",
        "empty ! GET /x HTTP/1.1;Host: h ! wait ! <134>LINE empty empty/<NOSRV> T 503 217 - - SC-- C 0/0 \"GET /x HTTP/1.1\"",
        "asap ! GET /x HTTP/1.1;Host: h ! wait ! <134>LINE asap asap/s T 200 +N - - ---- C 0/0 \"GET /x HTTP/1.1\"",
        "asap ! GET /half HTTP/1.1;Host: h ! wait ! <134>LINE asap asap/s T 200 +N - - ---- C 0/0 \"GET /half HTTP/1.1\"",
        "asap_refused ! GET /x HTTP/1.1;Host: h ! wait ! <134>LINE asap_refused asap_refused/s T 503 +N - - SC-- C 0/0 \"GET /x HTTP/1.1\"",
        "errors ! GET /x HTTP/1.1;Host: h ! wait ! <134>LINE errors errors/s T 200 63 - - ---- C 0/0 \"GET /x HTTP/1.1\"",
        "errors ! GET /500 HTTP/1.1;Host: h ! wait ! <131>LINE errors errors/s T 500 52 - - ---- C 0/0 \"GET /500 HTTP/1.1\"",
        "errors ! GARBAGE ! wait ! <131>LINE errors errors/<NOSRV> -1/-1/-1/-1/T 400 0 - - PR-- C 0/0 \"<BADREQ>\"",
        "errors ! GET /silent HTTP/1.1;Host: h ! wait ! <131>LINE errors errors/s T 504 198 - - sH-- C 0/0 \"GET /silent HTTP/1.1\"",
        "abnormal ! GET /x HTTP/1.1;Host: h ! wait ! NONE",
        "abnormal ! GET /500 HTTP/1.1;Host: h ! wait ! <134>LINE abnormal abnormal/s T 500 52 - - ---- C 0/0 \"GET /500 HTTP/1.1\"",
        "abnormal ! GARBAGE ! wait ! <134>LINE abnormal abnormal/<NOSRV> -1/-1/-1/-1/T 400 0 - - PR-- C 0/0 \"<BADREQ>\"",
        "null ! NOTHING ! wait ! NONE", "null ! NOTHING ! close ! NONE",
        "null ! GET% ! close ! <134>LINE null null/<NOSRV> -1/-1/-1/-1/T 400 0 - - CR-- C 0/0 \"<BADREQ>\"",
        "plain ! GET /x HTTP/1.1;Host: h ! wait ! <134>DATE haproxy[PID]: Connect from 127.0.0.1:PORT to 127.0.0.1:PORT (plain/HTTP)",
        "clf ! GET /x HTTP/1.1;Host: h ! wait ! <134>DATE haproxy[PID]: 127.0.0.1 - - [DAY] \"GET /x HTTP/1.1\" 200 63 \"\" \"\" N N \"clf\" \"clf\" \"s\" N N N N N ---- N N N N N 0 0 \"\" \"\" ",
        "clf ! GARBAGE ! wait ! <134>DATE haproxy[PID]: 127.0.0.1 - - [DAY] \"<BADREQ>\" 400 0 \"\" \"\" N N \"clf\" \"clf\" \"<NOSRV>\" -1 -1 -1 -1 N PR-- N N N N N 0 0 \"\" \"\" ",
        "tcp ! GET /x HTTP/1.1;Host: h ! wait ! <134>LINE tcp tcp/s T/T/T 63 -- C 0/0",
        "parts ! GET /x/y?z=\"1 HTTP/1.1;Host: h ! wait ! <134>DATE haproxy[PID]: [GET] [/x/y] [/x/y] [?z=#221] [/x/y?z=#221] [HTTP/1.1] [GET /x/y?z=#221 HTTP/1.1] [\"?z=#221\"] [\"GET /x/y?z=#221 HTTP/1.1\"] [/x/y?z=#221] 200 63 46 - - ----",
        "parts ! GET http://abc/p/q?z HTTP/1.1;Host: abc ! wait ! <134>DATE haproxy[PID]: [GET] [http://abc/p/q] [/p/q] [?z] [http://abc/p/q?z] [HTTP/1.1] [GET http://abc/p/q?z HTTP/1.1] [\"?z\"] [\"GET http://abc/p/q?z HTTP/1.1\"] [http://abc/p/q?z] 200 63 55 - - ----",
        "parts ! OPTIONS * HTTP/1.0; ! wait ! <134>DATE haproxy[PID]: [OPTIONS] [*] [] [] [*] [HTTP/1.0] [OPTIONS * HTTP/1.0] [\"\"] [\"OPTIONS * HTTP/1.0\"] [*] 200 63 37 - - ----",
        "parts ! GARBAGE ! wait ! <134>DATE haproxy[PID]: [<BADREQ>] [<BADREQ>] [<BADREQ>] [<BADREQ>] [<BADREQ>] [<BADREQ>] [<BADREQ>] [\"<BADREQ>\"] [\"<BADREQ>\"] [<BADREQ>] 400 0 0 - - PR--",
        "parts ! GET /a\\]b HTTP/1.1;Host: h ! wait ! <134>DATE haproxy[PID]: [GET] [/a\\]b] [/a\\]b] [] [/a\\]b] [HTTP/1.1] [GET /a\\]b HTTP/1.1] [\"\"] [\"GET /a\\]b HTTP/1.1\"] [/a\\\\\\]b] 200 63 42 - - ----",
        "data ! GET /500 HTTP/1.1;Host: h ! wait ! <30>1 ISO - haproxy PID - [x@1 st=\"500\"] 127.0.0.1:PORT [TIME] data data/s T 500 52 - - ---- C 0/0 \"GET /500 HTTP/1.1\"",
        "own_errors ! GARBAGE ! wait ! <134>DATE haproxy[PID]: an error of 127.0.0.1",
        "proxied ! GARBAGE ! wait ! <131>DATE haproxy[PID]: an error of proxied",
    })
    void writesALine(String port, String request, String act, String expected) throws Exception {
        try (Client client = proxy.connect(port)) {
            if (!request.equals("NOTHING")) {
                client.send(request.endsWith("%") ? request.substring(0, request.length() - 1)
                        : request.replace(";", "\r\n") + (request.endsWith(";") ? "\r\n" : "\r\n\r\n"));
            }
            if (act.equals("wait")) {
                untilTheEnd(client);
            } else {
                Thread.sleep(50);
            }
        }
        // what is not to be logged would be before the line of the next exchange
        if (expected.equals("NONE")) {
            try (Client last = proxy.connect("refused")) {
                last.send("GET /next HTTP/1.1\r\nConnection: close\r\n\r\n").readAll();
            }
        }
        String line = syslog.next(each -> true);
        assertEquals(expected.equals("NONE") ? "<134>LINE refused refused/s T 503 217 - - SC-- C 0/0 \"GET /next HTTP/1.1\""
                : expected.stripTrailing(), mask(line).stripTrailing(), () -> product + ": " + line);
    }

    private static void untilTheEnd(Client client) {
        try {
            client.readAll();
        } catch (IOException reset) {
            // an end as well
        }
    }

    private static String mask(String line) {
        return Mask.log(line)
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\S+", "ISO").replaceAll("haproxy \\d+ ", "haproxy PID ")
                .replaceAll("\\[\\d\\d/\\w{3}/\\d{4}:\\S+ \\+\\d{4}\\]", "[DAY]")
                .replace("DATE haproxy[PID]: 127.0.0.1:PORT [TIME]", "LINE")
                .replaceAll(" -1/-1/-1/-1/\\+?\\d+ ", " -1/-1/-1/-1/T ")
                .replaceAll(" T/T/T/?-?\\d*/\\+?\\d+ | \\d+/-?\\d+/-?\\d+/-?\\d+/\\+?\\d+ (?=\\d{3} )", " T ")
                .replaceAll(" \\d+/\\d+/\\d+/\\d+/\\d+ ", " C ")
                // how much came with the head
                .replaceAll("(?<= \\d{3} \\+)\\d+", "N")
                .replaceAll("(?<=\"\" \"\" )\\d+ \\d+(?= \")", "N N")
                .replaceAll("(?<=\" )\\d+ \\d+ \\d+ \\d+ \\d+(?= --)", "N N N N N")
                .replaceAll("(?<=\" -1 -1 -1 -1 )\\d+", "N")
                .replaceAll("(?<=(--|R--) )\\d+ \\d+ \\d+ \\d+ \\d+(?= 0 0)", "N N N N N");
    }
}
