package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Frames;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What clients of HTTP/1 see of servers of HTTP/2, good ones and others, beside HAProxy. */
class Http2ServersTest {

    private static final int HEADERS = 1;
    private static final Stage STAGE = new Stage();

    private record Row(String name, byte[] says, String seen, String oracle) {}

    private static List<Row> rows;
    private static Proxy weir;
    private static Proxy haproxy;

    @BeforeAll
    static void start() throws IOException {
        rows = read();
        weir = start(Product.WEIR);
        haproxy = Tools.find("haproxy") == null ? null : start(Product.HAPROXY);
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static List<Row> read() throws IOException {
        List<Row> all = new ArrayList<>();
        try (InputStream in = Http2ServersTest.class.getResourceAsStream("/h2/servers.rows")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : Arrays.asList(text.split("(?m)^== ")).subList(1, text.split("(?m)^== ").length)) {
                List<String> lines = block.lines().filter(l -> !l.isBlank()).toList();
                byte[] says = {};
                String seen = "";
                String oracle = null;
                for (String line : lines.subList(1, lines.size())) {
                    String rest = line.substring(2);
                    switch (line.charAt(0)) {
                        case '>' -> says = join(says, Frames.bytes(rest));
                        case '=' -> seen = rest;
                        case '~' -> oracle = rest;
                        default -> throw new IllegalArgumentException(line);
                    }
                }
                all.add(new Row(lines.getFirst(), says, seen, oracle == null ? seen : oracle));
            }
        }
        return all;
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static Proxy start(Product product) throws IOException {
        StringBuilder file = new StringBuilder("""
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 3s
                    timeout server 1s
                """);
        for (int i = 0; i < rows.size(); i++) {
            int port = STAGE.add(server(rows.get(i).says())).port();
            file.append("listen l").append(i).append("\n    bind 127.0.0.1:{port:l").append(i)
                    .append("}\n    server s 127.0.0.1:").append(port).append(" proto h2\n");
        }
        return STAGE.add(product.launch().start(file.toString()));
    }

    /** To the first request it says what the row wants, to every later one a good answer. */
    private static Origin server(byte[] says) throws IOException {
        int[] asked = {0};
        return Origin.of((socket, in, out) -> {
            DataInputStream frames = new DataInputStream(in);
            frames.readFully(new byte[Frames.PREFACE.length]);
            out.write(Frames.frame(4, 0, 0, new byte[0]));
            while (true) {
                int length = frames.readUnsignedByte() << 16 | frames.readUnsignedShort();
                int type = frames.readUnsignedByte();
                frames.readUnsignedByte();
                int stream = frames.readInt();
                frames.readFully(new byte[length]);
                if (type == HEADERS) {
                    answer(out, asked[0]++ == 0 ? says : join(Frames.bytes("headers h " + stream + " :status: 200"),
                            Frames.bytes("data e " + stream + " again")));
                }
            }
        });
    }

    private static void answer(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
    }

    private static String ask(Proxy proxy, int row) {
        try (Client client = proxy.connect("l" + row)) {
            client.send("GET / HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n");
            return told(client.readAll());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Statuses and the body, or that it is not whole. */
    private static String told(String answer) {
        String rest = answer;
        StringBuilder told = new StringBuilder();
        String head = "";
        while (rest.startsWith("HTTP/1.1 ")) {
            int end = rest.indexOf("\r\n\r\n");
            head = end < 0 ? rest : rest.substring(0, end);
            told.append(head, 9, 12).append(' ');
            rest = end < 0 ? "" : rest.substring(end + 4);
        }
        if (told.toString().startsWith("502")) {
            return "502";
        }
        boolean whole = true;
        if (head.contains("chunked")) {
            whole = rest.contains("0\r\n");
            rest = rest.replaceAll("(?s)[0-9a-f]+\r\n", "").replaceAll("(?s)\r\n.*", "");
        } else if (head.contains("content-length: ")) {
            int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
            whole = rest.length() == length;
        }
        return (told + rest + (whole ? "" : " cut")).replace("  ", " ").trim();
    }

    @TestFactory
    List<DynamicTest> clientsSeeWhatTheyShould() {
        Map<String, String> seen = new ConcurrentHashMap<>();
        try (var all = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < rows.size(); i++) {
                int row = i;
                all.submit(() -> seen.put("weir" + row, ask(weir, row)));
                if (haproxy != null && !rows.get(i).oracle().equals("?")) {
                    all.submit(() -> seen.put("haproxy" + row, ask(haproxy, row)));
                }
            }
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int number = i;
            Row row = rows.get(i);
            tests.add(DynamicTest.dynamicTest(row.name(), () -> {
                assertEquals(row.seen(), seen.get("weir" + number), "Weir");
                if (haproxy != null && !row.oracle().equals("?")) {
                    assertEquals(row.oracle(), seen.get("haproxy" + number), "HAProxy");
                }
            }));
        }
        return tests;
    }
}
