package dev.weir.it.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frontends with random rules, each with the same few requests in mind; the same for the same seed. */
final class GeneratedRules {

    private static final List<String> CONDITIONS = List.of("{ path_beg /a }", "{ path_beg /b }", "!{ path_beg /a }",
            "{ hdr(x) -m found }", "{ hdr(x) 1 2 }", "{ hdr(x) -i ONE one }", "METH_POST", "METH_GET", "{ method GET HEAD }",
            "{ url_param(q) -m sub o }", "{ req.hdr_cnt(y) gt 1 }", "{ req.hdr(y) -m beg b }", "{ src 127.0.0.0/8 }", "TRUE",
            "FALSE", "{ var(txn.v) -m found }", "{ var(txn.v) -m str one }", "{ sc_http_req_rate(0) gt 3 }",
            "{ sc_get_gpc0(0) gt 1 }", "{ path_end .png .jpg }", "{ path_reg ^/[ab] }", "{ req.ver 1.0 }", "LOCALHOST",
            "HTTP_1.0", "{ base -m dom a }", "{ query -m len 3:9 }", "{ req.cook(c) -m found }", "one", "!one", "two",
            "{ req.body -m sub o }", "{ req.body_len gt 3 }", "{ req.body_param(k) -m found }", "{ req.body_size 9 }",
            "{ req.hdr(content-length) gt 0 }", "{ req.fhdr(y) -m found }", "{ http_first_req }", "{ req.hdr_ip(ip) 7.0.0.0/8 }");
    private static final List<String> ANSWERED = List.of("{ status 200 }", "{ status ge 400 }",
            "{ res.hdr(server) -m found }", "{ var(txn.v) -m found }", "TRUE", "FALSE", "{ res.hdr_cnt(z) 2 }",
            "{ capture.req.uri -m beg /a }", "!{ res.hdr(z) two }");
    private static final List<String> VALUES = List.of("a", "\"b c\"", "%[path]", "\"%[query,upper]-%[src]\"",
            "%[req.hdr(x)]", "\"%[str(q),concat(<,txn.v,>)]\"", "%[method]%[req.ver]", "%[req.hdr(y,-1)]",
            "\"%{+Q}[hdr(x)]\"", "%%lit", "%[int(5),add(2)]", "\"%HM %HP %HQ\"", "\"%b/%f\"", "%[url]", "%[base]",
            "\"%[req.body]\"", "%[req.body_param(k)]", "%[req.body_len]", "\"%[req.body,length]/%[req.body_size]\"",
            "\"%[req.hdr_names]\"", "%[http_first_req]", "\"%[capture.req.hdr(0)]\"", "%[urlp(q),upper]",
            "\"%[req.hdr(x),hex,lower]\"");
    private static final List<String> ANSWER_VALUES = List.of("a", "\"b c\"", "%[status]", "\"%[res.hdr(z,-1),upper]\"",
            "\"%[str(q),concat(<,txn.v,>)]\"", "%[res.hdr_cnt(z)]", "\"%ST %b\"", "\"%[res.body_len]\"");
    private static final List<String> REQUEST = List.of("set-header h VALUE", "add-header h VALUE", "set-header g VALUE",
            "set-var(txn.v) str(one)", "set-var(txn.v) req.hdr(x)", "set-var(req.w) path,length", "unset-var(txn.v)",
            "set-header h \"%[var(txn.v)]\"", "del-header x", "del-header ^y -m reg", "del-header y",
            "replace-header y (.)(.*) \\2\\1", "replace-value y (\\w)(\\w*) \\2-\\1", "replace-path ^/a(.*) /new\\1",
            "replace-uri ^/b(.*) /ub\\1", "replace-pathq ^(/a[^?]*) \\1/pq", "set-path /sp%[path]",
            "set-query q=%[query,lower]", "set-uri /su%[pathq]", "set-pathq /p?q=%[hdr(x)]",
            "set-header host h.%[req.hdr(host)]", "deny", "deny deny_status 429",
            "deny status 418 content-type text/plain string no hdr a b",
            "return status 200 content-type text/plain lf-string \"%[path]|%[query]|%[var(txn.v)]|%[req.hdrs]\" hdr k %[req.hdr(y)]",
            "redirect location /r%[path] code 301", "redirect prefix https://z.com code 302", "redirect scheme https code 307",
            "redirect prefix / drop-query append-slash set-cookie s=1", "allow", "track-sc0 src table st",
            "track-sc1 hdr(x) table names", "sc-inc-gpc0(0)", "sc-inc-gpc1(0)", "sc-set-gpt0(0) 5", "sc-inc-gpc0(1)",
            "set-header g \"%[sc_get_gpc0(0)],%[sc0_http_req_cnt],%[sc_get_gpt0(0)],%[sc1_get_gpc0],%[sc_tracked(1)]\"",
            "capture req.hdr(x) len 8", "auth realm R", "set-log-level silent", "set-log-level err",
            "set-priority-class int(3)", "wait-for-body time 50ms", "set-src hdr(ip)", "set-dst-port int(99)",
            "normalize-uri path-merge-slashes", "normalize-uri query-sort-by-name", "strict-mode off",
            "set-header long %[path,base64,base64]", "tarpit deny_status 500", "reject",
            "return status 204 hdr a b", "wait-for-body time 50ms at-least 3", "set-nice 3", "set-tos 4",
            "disable-l7-retry", "replace-header cookie c=(.) d=\\1", "add-header y %[req.hdr_cnt(y)]", "set-priority-offset int(9)",
            "set-header u \"%[url_param(q),url_dec]%[path,field(2,/)]\"", "set-var(proc.n) int(1)");
    private static final List<String> RESPONSE = List.of("set-header r VALUE", "add-header r VALUE", "set-header q VALUE",
            "del-header server", "del-header z", "replace-header z (.*) <\\1>", "replace-value z t.o 2", "set-status 201",
            "set-status 503 reason \"My reason\"", "deny", "deny deny_status 502", "set-var(txn.v) res.hdr(z)",
            "set-header v \"%[var(txn.v)]|%[status]|%[res.hdrs,length]\"", "redirect location /rr", "allow",
            "set-log-level warning", "sc-inc-gpc0(0)", "capture res.hdr(z) id 0", "strict-mode off",
            "return status 200 content-type text/plain string hi hdr k v", "wait-for-body time 50ms", "redirect location /q code 303",
            "replace-header set-cookie c=(.*) d=\\1", "set-header n %[res.hdr_names]", "set-header b \"%[res.body,length]\"");
    private static final List<String> CONTENT = List.of("accept", "reject", "set-var(txn.v) req.hdr(x)",
            "set-var(sess.q) path", "track-sc2 req.hdr(x) table names", "capture req.hdr(x) len 5", "sc-inc-gpc0(2)",
            "set-dst-port int(98)", "set-src hdr(ip)", "set-var(req.w) req.len", "set-log-level notice", "set-var-fmt(txn.v) %[src]");
    private static final List<String> CONTENT_CONDITIONS = List.of("HTTP", "{ path_beg /b }", "{ hdr(x) -m found }",
            "{ req.len gt 0 }", "METH_POST", "!HTTP", "{ req.proto_http }", "WAIT_END", "{ src 127.0.0.0/8 }", "TRUE", "FALSE",
            "REQ_CONTENT", "one", "{ var(txn.v) -m found }");
    /** Those that would leave little to the rules behind them are rare. */
    private static final List<String> RARE = List.of("deny", "reject", "tarpit", "allow", "redirect", "return", "auth");

    private final Random random;

    GeneratedRules(long seed) {
        random = new Random(seed);
    }

    /** The lines of one frontend behind its {@code bind}. */
    List<String> frontend() {
        List<String> lines = new ArrayList<>(List.of(
                "acl one " + any(List.of("path_beg /a", "hdr(x) one", "src 1.2.3.4")),
                "acl two " + any(List.of("query -m found", "req.hdr(y) two", "path,length gt 5")),
                "declare capture response len 10"));
        add(lines, 30, "monitor-uri /mon");
        add(lines, 20, "option forwardfor" + any(List.of("", " if-none", " except 127.0.0.1", " header X-C")));
        add(lines, 20, any(List.of("option originalto", "option http-buffer-request")));
        add(lines, 15, "tcp-request connection " + any(List.of("accept", "reject if { src 9.9.9.9 }",
                "track-sc0 src table st")));
        add(lines, 15, "tcp-request session " + any(List.of("accept", "set-var(sess.q) str(s)", "sc-inc-gpc0(0)")));
        if (random.nextInt(3) == 0) {
            lines.add("tcp-request inspect-delay 60ms");
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                lines.add("tcp-request content " + rule(CONTENT, VALUES) + (random.nextInt(4) == 0 ? ""
                        : any(List.of(" if ", " unless ")) + any(CONTENT_CONDITIONS)));
            }
        }
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            lines.add("http-request " + rule(REQUEST, VALUES) + when());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.add("http-response " + rule(RESPONSE, ANSWER_VALUES) + whenAnswered());
        }
        add(lines, 30, "http-after-response set-header ar " + any(ANSWER_VALUES) + whenAnswered());
        add(lines, 30, "use_backend b2 if " + any(CONDITIONS));
        add(lines, 20, "use_backend %[req.hdr(be)] if { req.hdr(be) -m found }");
        add(lines, 20, any(List.of("redirect location /L", "redirect prefix /P", "redirect scheme https")) + " if "
                + any(CONDITIONS));
        lines.add("default_backend " + any(List.of("b1", "b2", "b3")));
        return lines;
    }

    private void add(List<String> lines, int percent, String line) {
        if (random.nextInt(100) < percent) {
            lines.add(line);
        }
    }

    private String rule(List<String> rules, List<String> values) {
        String found;
        do {
            found = any(rules);
        } while (RARE.contains(found.split(" ")[0]) && random.nextInt(3) > 0);
        return found.replace("VALUE", any(values));
    }

    private String when() {
        return random.nextInt(3) == 0 ? "" : any(List.of(" if ", " if ", " unless ")) + any(CONDITIONS)
                + (random.nextBoolean() ? "" : any(List.of(" ", " or ", " || ")) + any(CONDITIONS));
    }

    private String whenAnswered() {
        return random.nextInt(5) < 2 ? "" : any(List.of(" if ", " unless ")) + any(ANSWERED);
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
