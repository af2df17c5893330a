package dev.weir.it.rows;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One product with a rule for each of many expressions, which answers with its value. The address that a PROXY header
 * names as the destination chooses the rule, so that requests stay as the rows have them.
 */
final class Expressions implements AutoCloseable {

    private static final String HEAD = """
            defaults
                mode http
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            userlist ul
                group g1 users bob
                user bob insecure-password pw
                user al insecure-password pw2
            backend b1
                server s1 127.0.0.1:1
                server s2 127.0.0.1:1 disabled
            backend tip
                stick-table type ip size 1k expire 1m store conn_cnt,gpc0,gpc0_rate(1s)
            backend tint
                stick-table type integer size 1k store conn_cnt,gpc(2)
            backend tbin
                stick-table type binary len 32 size 1k store conn_cnt
            backend tstr
                stick-table type string len 32 size 1k store conn_cnt
            frontend f
                bind 127.0.0.1:{port:f} accept-proxy
            """;
    private static final int HEAD_LINES = (int) HEAD.lines().count();
    private static final Pattern WRONG = Pattern.compile("haproxy\\.cfg:(\\d+)\\][ :]+(.*)");

    private final Stage stage = new Stage();
    private final Map<ExpressionRow, String> refused = new HashMap<>();
    private final List<ExpressionRow> rows;
    private final Proxy proxy;

    Expressions(Product product, List<ExpressionRow> rows) throws IOException {
        this.rows = rows;
        while (true) {
            Launch launch = product.launch();
            Finished check = launch.run(configuration(), "-c");
            if (check.code() == 0) {
                proxy = stage.add(launch.start(configuration()));
                return;
            }
            int before = refused.size();
            Matcher wrong = WRONG.matcher(check.err());
            while (wrong.find()) {
                int row = (Integer.parseInt(wrong.group(1)) - HEAD_LINES - 1) / 2;
                if (row >= 0 && row < rows.size()) {
                    refused.put(rows.get(row), "refused: " + wrong.group(2));
                }
            }
            if (refused.size() == before) {
                throw new AssertionError(product + ": " + check.err());
            }
        }
    }

    /** Two lines for each row, whether it can be used or not. */
    private String configuration() {
        StringBuilder file = new StringBuilder(HEAD);
        for (int i = 0; i < rows.size(); i++) {
            ExpressionRow row = rows.get(i);
            String text = word(row.expression());
            String condition = " if { dst " + address(i) + " } { " + text + " -m found }\n";
            file.append(refused.containsKey(row) ? "# \n# \n" : "# \n    http-request return status 200 content-type text/plain lf-string %["
                    + text + "]" + condition);
        }
        return file.append("    http-request return status 404 content-type text/plain string none\n").toString();
    }

    private static String address(int row) {
        return "10.0." + row / 250 + "." + (row % 250 + 1);
    }

    /** With backslashes where the configuration needs them. */
    private static String word(String expression) {
        return expression.replaceAll("([ '\"#\\\\])", "\\\\$1");
    }

    /** {@code ok value}, {@code none}, or why the expression was refused. */
    String answer(ExpressionRow row) throws IOException {
        if (refused.containsKey(row)) {
            return refused.get(row);
        }
        String preface = "PROXY TCP4 127.0.0.1 " + address(rows.indexOf(row)) + " 1234 80\r\n";
        try (Client client = proxy.connect("f")) {
            String all = Conversation.oneAnswer(client, preface + row.request(), false);
            String body = all.substring(all.indexOf("\r\n\r\n") + 4).replace("<closed>", "");
            return all.startsWith("HTTP/1.1 200 ") ? "ok " + body : all.startsWith("HTTP/1.1 404 ") ? "none" : all;
        }
    }

    @Override
    public void close() throws Exception {
        stage.clear();
    }
}
