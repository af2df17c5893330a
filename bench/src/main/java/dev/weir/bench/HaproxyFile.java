package dev.weir.bench;

import java.io.IOException;
import java.util.Map;

/** The configuration that Weir and HAProxy both run. */
final class HaproxyFile {

    private static final String TEXT = """
            global
                nbthread 1
                maxconn 9000
                tune.h2.max-concurrent-streams 100
            defaults
                mode http
                timeout connect 5s
                timeout client 10m
                timeout server 10m
                maxconn 6000
            listen bench
                mode tcp
                bind 127.0.0.1:{TCP}
                server origin 127.0.0.1:{tcp-origin}
            listen web
                bind 127.0.0.1:{HTTP}
                bind 127.0.0.1:{TLS} ssl crt {dir}/rsa.pem alpn h2,http/1.1
                bind 127.0.0.1:{TLS_EC} ssl crt {dir}/ec.pem alpn h2,http/1.1
                server origin 127.0.0.1:{web-origin}
            listen h2
                bind 127.0.0.1:{H2_H2} ssl crt {dir}/rsa.pem alpn h2,http/1.1
                server origin 127.0.0.1:{h2-origin} proto h2
            listen gzip
                bind 127.0.0.1:{GZIP}
                compression algo gzip
                compression type text/html
                server origin 127.0.0.1:{web-origin}
            frontend rules
                bind 127.0.0.1:{RULES}
                log 127.0.0.1:{syslog} local0
                option httplog
                option forwardfor
            {rules}
                use_backend %[path,map_beg({dir}/origins.map,origins)]
            listen sticky
                bind 127.0.0.1:{STICK}
                stick-table type string len 64 size 100k expire 10m store http_req_cnt
                stick on path
                server origin 127.0.0.1:{web-origin}
            backend origins
                http-response set-header X-Served-By %s
                http-response del-header Server
                http-response add-header Strict-Transport-Security "max-age=31536000"
                server origin 127.0.0.1:{web-origin}
            """;

    private HaproxyFile() {}

    static String text(Scene scene, Map<Way, Integer> ports) throws IOException {
        return filled(TEXT.replace("{rules}", rules()), scene, ports);
    }

    static String filled(String text, Scene scene, Map<Way, Integer> ports) throws IOException {
        String out = text.replace("{dir}", scene.path("").toString())
                .replace("{tcp-origin}", Integer.toString(scene.tcpPort()))
                .replace("{web-origin}", Integer.toString(scene.webPort()))
                .replace("{h2-origin}", Integer.toString(scene.h2Port()))
                .replace("{syslog}", Integer.toString(scene.syslogPort()));
        for (Map.Entry<Way, Integer> each : ports.entrySet()) {
            out = out.replace("{" + each.getKey() + "}", each.getValue().toString());
        }
        return out;
    }

    /** Twenty ACLs of which the request passes all, and seven edits of its headers. */
    private static String rules() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            out.append("    acl path").append(i).append(" path_beg /admin").append(i).append(" /private").append(i)
                    .append("\n    acl agent").append(i).append(" req.hdr(user-agent) -m sub bot").append(i)
                    .append("\n    http-request deny if path").append(i).append(" or agent").append(i).append('\n');
        }
        return out.append("""
                    http-request set-header X-Real-IP %[src]
                    http-request set-header X-Forwarded-Proto http
                    http-request set-header X-Forwarded-Host %[req.hdr(host)]
                    http-request set-header X-Request-Start t=%Ts
                    http-request del-header X-Evil
                    http-request add-header Via proxy
                    http-request set-header X-Path %[path,lower]
                """).toString();
    }

    /** A proxy in front of so many backends, of which requests reach the last. */
    static String many(Scene scene, Map<Way, Integer> ports, int backends) throws IOException {
        StringBuilder out = new StringBuilder("""
                global
                    nbthread 1
                    maxconn 2000
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 10m
                    timeout server 10m
                frontend web
                    bind 127.0.0.1:{HTTP}
                    use_backend b%[str(LAST)]
                """.replace("LAST", Integer.toString(backends)));
        for (int i = 1; i <= backends; i++) {
            out.append("backend b").append(i).append("\n    server s1 127.0.0.1:{web-origin}\n");
        }
        return filled(out.toString(), scene, ports);
    }
}
