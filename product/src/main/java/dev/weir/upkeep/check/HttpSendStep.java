package dev.weir.upkeep.check;

import dev.weir.base.log.LogLine;
import dev.weir.flow.rule.Text;
import dev.weir.upkeep.check.HttpRequestSpec.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Sends a request. What frames the body is ours to say, and so is that the connection ends with the answer.
 *
 * @param tellsState whether the server is told how it is seen ({@code http-check send-state})
 */
public record HttpSendStep(HttpRequestSpec request, boolean tellsState, String comment) implements CheckStep {

    private static final byte[] DEFAULT_TARGET = {'/'};

    @Override
    public Progress run(CheckRun run) {
        run.sendRequest(bytes(run), methodName());
        return Progress.NEXT;
    }

    /** The host that it asks for without its port, or null. */
    String host(CheckContext context) {
        for (Field field : request.headers()) {
            if (field.name().equals("host")) {
                String host = text(written(context, field.value()));
                int colon = host.indexOf(':');
                return host.isEmpty() ? null : colon < 0 ? host : host.substring(0, colon);
            }
        }
        return null;
    }

    private String methodName() {
        return request.method() == null ? "OPTIONS" : request.method();
    }

    private byte[] bytes(CheckRun run) {
        CheckContext context = run.context();
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        byte[] body = written(context, request.body());
        byte[] host = null;
        ByteArrayOutputStream fields = new ByteArrayOutputStream(128);
        String connection = null;
        for (Field field : request.headers()) {
            byte[] value = written(context, field.value());
            switch (field.name()) {
                case "content-length", "transfer-encoding" -> { }
                case "connection" -> connection = text(value);
                default -> put(fields, field.name(), value);
            }
            host = field.name().equals("host") ? value : host;
        }
        if (tellsState) {
            put(fields, "x-haproxy-server-state", octets(run.serverState()));
        }
        String version = version();
        put(out, octets(methodName() + " "), target(context, host), octets(" " + version + "\r\n"),
                fields.toByteArray());
        if (body != null) {
            put(out, "content-length", octets(Integer.toString(body.length)));
        }
        put(out, octets(connectionField(version, connection, run.isPooled()) + "\r\n"), body == null ? new byte[0] : body);
        return out.toByteArray();
    }

    /** From version 1.1 on the end must be said, before it the contrary; of a pool's connection the pool decides. */
    private static String connectionField(String version, String wanted, boolean pooled) {
        boolean persists = version.equals("HTTP/1.1");
        if (wanted == null && pooled) {
            return "";
        } else if (wanted == null) {
            return persists ? "connection: close\r\n" : "";
        }
        boolean goesWithoutSaying = wanted.equalsIgnoreCase(persists ? "keep-alive" : "close");
        return goesWithoutSaying ? "" : "connection: " + wanted + "\r\n";
    }

    private String version() {
        String said = request.version() == null ? "HTTP/1.0" : request.version();
        return said.compareTo("HTTP/1.1") >= 0 ? "HTTP/1.1" : said;
    }

    /** The Host header names the authority of an absolute target too. */
    private byte[] target(CheckContext context, byte[] host) {
        byte[] target = request.target() == null ? DEFAULT_TARGET : written(context, request.target());
        int scheme = text(target).indexOf("://");
        if (scheme <= 0 || host == null || target[0] == '/') {
            return target;
        }
        int path = scheme + 3;
        while (path < target.length && target[path] != '/' && target[path] != '?') {
            path++;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, Arrays.copyOf(target, scheme + 3), host, Arrays.copyOfRange(target, path, target.length));
        return out.toByteArray();
    }

    private static byte[] written(CheckContext context, Text format) {
        if (format == null || format.constant() != null) {
            return format == null ? null : format.constant();
        }
        LogLine line = context.text(format);
        return Arrays.copyOf(line.array(), line.length());
    }

    private static void put(ByteArrayOutputStream out, String name, byte[] value) {
        put(out, octets(name + ": "), value, octets("\r\n"));
    }

    private static void put(ByteArrayOutputStream out, byte[]... pieces) {
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String called() {
        return "send";
    }
}
