package dev.weir.flow.expr;

import dev.weir.model.pattern.MatchMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keywords that only ACLs know: another name of a fetch, with a way to match; and the ACLs that need no declaration. */
public final class AclKeywords {

    /** What such a keyword stands for. */
    record Alias(String fetch, MatchMethod method) {}

    private static final Map<String, Alias> ALIASES = new HashMap<>();
    private static final Map<String, List<String>> PREDEFINED = new HashMap<>();

    static {
        for (String family : new String[] {"base base", "cook req.cook", "hdr req.hdr", "path path", "scook res.cook",
            "shdr res.hdr", "url url", "urlp urlp"}) {
            String name = family.substring(0, family.indexOf(' '));
            String fetch = family.substring(family.indexOf(' ') + 1);
            alias(name, fetch, MatchMethod.STR);
            alias(name + "_beg", fetch, MatchMethod.BEG);
            alias(name + "_dir", fetch, MatchMethod.DIR);
            alias(name + "_dom", fetch, MatchMethod.DOM);
            alias(name + "_end", fetch, MatchMethod.END);
            alias(name + "_len", fetch, MatchMethod.LEN);
            alias(name + "_reg", fetch, MatchMethod.REG);
            alias(name + "_sub", fetch, MatchMethod.SUB);
        }
        alias("http_auth_group", "http_auth_group", MatchMethod.GROUP);
        alias("method", "method", MatchMethod.METHOD);
        alias("payload", "req.payload", MatchMethod.BIN);
        alias("payload_lv", "req.payload_lv", MatchMethod.BIN);
        alias("req.ssl_ver", "req.ssl_ver", MatchMethod.VERSION);
        alias("req_ssl_ver", "req.ssl_ver", MatchMethod.VERSION);
        alias("req_rdp_cookie", "req.rdp_cookie", MatchMethod.STR);
        alias("req_rdp_cookie_cnt", "req.rdp_cookie_cnt", MatchMethod.INT);
        alias("req_ssl_sni", "req.ssl_sni", MatchMethod.STR);
        alias("req_ver", "req.ver", MatchMethod.STR);
        alias("resp_ver", "res.ver", MatchMethod.STR);
        alias("ssl_fc_sni_end", "ssl_fc_sni", MatchMethod.END);
        alias("ssl_fc_sni_reg", "ssl_fc_sni", MatchMethod.REG);
        predefine("FALSE", "always_false");
        predefine("HTTP", "req.proto_http");
        predefine("HTTP_1.0", "req.ver", "1.0");
        predefine("HTTP_1.1", "req.ver", "1.1");
        predefine("HTTP_2.0", "req.ver", "2.0");
        predefine("HTTP_3.0", "req.ver", "3.0");
        predefine("HTTP_CONTENT", "req.hdr_val(content-length)", "gt", "0");
        predefine("HTTP_URL_ABS", "url_reg", "^[^/:]*://");
        predefine("HTTP_URL_SLASH", "url_beg", "/");
        predefine("HTTP_URL_STAR", "url", "*");
        predefine("LOCALHOST", "src", "127.0.0.1/8", "::1");
        predefine("METH_CONNECT", "method", "CONNECT");
        predefine("METH_DELETE", "method", "DELETE");
        predefine("METH_GET", "method", "GET", "HEAD");
        predefine("METH_HEAD", "method", "HEAD");
        predefine("METH_OPTIONS", "method", "OPTIONS");
        predefine("METH_POST", "method", "POST");
        predefine("METH_PUT", "method", "PUT");
        predefine("METH_TRACE", "method", "TRACE");
        predefine("RDP_COOKIE", "req.rdp_cookie_cnt", "gt", "0");
        predefine("REQ_CONTENT", "req.len", "gt", "0");
        predefine("TRUE", "always_true");
        predefine("WAIT_END", "wait_end");
    }

    private AclKeywords() {}

    private static void alias(String name, String fetch, MatchMethod method) {
        ALIASES.put(name, new Alias(fetch, method));
    }

    private static void predefine(String name, String... words) {
        PREDEFINED.put(name, List.of(words));
    }

    static Alias alias(String name) {
        return ALIASES.get(name);
    }

    static Map<String, Alias> aliases() {
        return ALIASES;
    }

    /** What each stands for, as it would be written without it: {@code path -m beg}. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new HashMap<>();
        ALIASES.forEach((name, alias) -> meanings.put(name, alias.fetch() + " -m " + switch (alias.method()) {
            case VERSION -> "int";
            case METHOD, GROUP -> "str";
            default -> alias.method().name().toLowerCase(Locale.ROOT);
        }));
        return meanings;
    }

    /** The words that such an ACL would be declared with, or null. */
    static List<String> predefined(String name) {
        return PREDEFINED.get(name);
    }
}
