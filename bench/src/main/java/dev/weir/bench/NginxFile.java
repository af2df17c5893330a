package dev.weir.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What nginx runs where it can do the job: the plainest file for each way, its defaults elsewhere. */
final class NginxFile {

    private static final Path STREAM = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

    private static final String HEAD = """
            daemon off;
            master_process off;
            worker_processes 1;
            error_log /dev/null;
            pid {dir}/nginx-{id}.pid;
            worker_rlimit_nofile 20000;
            events { worker_connections 16000; }
            """;

    private static final String TCP = """
            load_module STREAM;
            stream {
                server {
                    listen 127.0.0.1:{TCP};
                    proxy_pass 127.0.0.1:{tcp-origin};
                }
            }
            """.replace("STREAM", STREAM.toString());

    private static final String WEB = """
            http {
                access_log off;
                default_type text/html;
                keepalive_requests 1000000000;
                proxy_http_version 1.1;
                proxy_max_temp_file_size 0;
                client_body_temp_path {dir}/nginx-temp;
                proxy_temp_path {dir}/nginx-temp;
                fastcgi_temp_path {dir}/nginx-temp;
                uwsgi_temp_path {dir}/nginx-temp;
                scgi_temp_path {dir}/nginx-temp;
                ssl_session_cache shared:bench:10m;
                ssl_protocols TLSv1.2 TLSv1.3;
                upstream origin {
                    server 127.0.0.1:{web-origin};
                    keepalive 64;
                    keepalive_requests 1000000000;
                }
                server {
                    listen 127.0.0.1:{HTTP};
                    listen 127.0.0.1:{TLS} ssl http2;
                    ssl_certificate {dir}/rsa.crt;
                    ssl_certificate_key {dir}/rsa.key;
                    location / { proxy_pass http://origin; proxy_set_header Connection ""; }
                    location /echo {
                        proxy_pass http://origin;
                        proxy_set_header Upgrade websocket;
                        proxy_set_header Connection Upgrade;
                    }
                }
                server {
                    listen 127.0.0.1:{TLS_EC} ssl http2;
                    ssl_certificate {dir}/ec.crt;
                    ssl_certificate_key {dir}/ec.key;
                    location / { proxy_pass http://origin; proxy_set_header Connection ""; }
                }
                server {
                    listen 127.0.0.1:{GZIP};
                    gzip on;
                    location / { proxy_pass http://origin; proxy_set_header Connection ""; }
                }
            }
            """;

    private NginxFile() {}

    static Set<Way> ways() {
        return Files.exists(STREAM) ? Set.of(Way.TCP, Way.HTTP, Way.TLS, Way.TLS_EC, Way.GZIP)
                : Set.of(Way.HTTP, Way.TLS, Way.TLS_EC, Way.GZIP);
    }

    static String text(Scene scene, Map<Way, Integer> ports) throws java.io.IOException {
        String stream = Files.exists(STREAM) ? TCP : "";
        // a module is loaded before anything else is said
        int line = stream.indexOf('\n') + 1;
        return HaproxyFile.filled(stream.substring(0, line) + HEAD.replace("{id}", "subject") + stream.substring(line) + WEB,
                scene, ports);
    }

    /** An origin that speaks HTTP/2 on a clear connection and answers 128 bytes. */
    static String h2Origin(Scene scene, int port) {
        return (HEAD.replace("{id}", "origin") + """
                http {
                    access_log off;
                    keepalive_requests 1000000000;
                    server {
                        listen 127.0.0.1:PORT http2;
                        location / { return 200 "BODY"; }
                    }
                }
                """.replace("PORT", Integer.toString(port)).replace("BODY", "x".repeat(128)))
                .replace("{dir}", scene.path("").toString());
    }
}
