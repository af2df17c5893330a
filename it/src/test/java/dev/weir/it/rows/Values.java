package dev.weir.it.rows;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One product with a file of values: takes all its steps and keeps what was given. */
final class Values {

    private static final Pattern WRONG = Pattern.compile("haproxy\\.cfg:(\\d+)\\][ :]+(.*)");
    private static final int QUIET_MS = 150;
    /** Until what is sent and not answered has reached the origin. */
    private static final int HOLD_MS = 60;
    private static final int LOG_MS = 2000;
    /** Until the end of a connection has been seen. */
    private static final int END_MS = 10;

    private final ValueFile file;
    private final Product product;
    private final Set<ValueRow> refused = new HashSet<>();
    private final Map<ValueRow, String> given = new HashMap<>();
    private final List<Client> held = new ArrayList<>();
    private Proxy proxy;
    private Syslog log;

    private Values(Product product, ValueFile file) {
        this.product = product;
        this.file = file;
    }

    /** What each row gave: {@code ok value}, {@code none}, or why it was refused. */
    static Map<ValueRow, String> of(Product product, ValueFile file) throws Exception {
        Values values = new Values(product, file);
        Stage stage = new Stage();
        try {
            values.run(stage);
        } finally {
            stage.clear();
        }
        return values.given;
    }

    private void run(Stage stage) throws Exception {
        Origin mirror = stage.add(Mirror.open());
        Origin echo = stage.add(Origin.echo());
        log = stage.add(new Syslog());
        Launch launch = product.launch().port("origin", mirror.port()).port("echo", echo.port()).port("syslog", log.port());
        if (product == Product.HAPROXY) {
            for (ValueRow row : file.rows()) {
                if (row.reason().equals("newer")) {
                    refuse(row, "not asked");
                }
            }
        }
        while (proxy == null) {
            List<ValueRow> asked = new ArrayList<>();
            String configuration = file.configuration(product, asked, refused);
            Finished check = launch.run(configuration, "-c");
            if (check.code() == 0) {
                proxy = stage.add(launch.start(configuration));
            } else {
                drop(asked, check.err());
            }
        }
        for (ValueStep step : file.steps()) {
            take(step);
            Thread.sleep(END_MS);
        }
        for (Client client : held) {
            client.close();
        }
    }

    private void refuse(ValueRow row, String why) {
        refused.add(row);
        given.put(row, "refused: " + why);
    }

    private void drop(List<ValueRow> asked, String messages) {
        int before = refused.size();
        Matcher wrong = WRONG.matcher(messages);
        while (wrong.find()) {
            ValueRow row = asked.get(Integer.parseInt(wrong.group(1)) - 1);
            if (row != null) {
                refuse(row, wrong.group(2));
            }
        }
        if (refused.size() == before) {
            throw new AssertionError(product + " " + file.name() + ": " + messages);
        }
    }

    private void take(ValueStep step) throws IOException, InterruptedException {
        log.clear();
        String seen = "";
        Client client = new Client(new Socket(step.dialled(), proxy.port(step.port())));
        if (step.hasOption("hold")) {
            held.add(client);
            client.send(Asked.request(step.sent().getFirst()));
            Thread.sleep(HOLD_MS);
            return;
        }
        try (client) {
            for (String each : step.sent()) {
                seen = step.isHttp()
                        ? Conversation.oneAnswer(client, Asked.request(each), each.startsWith("HEAD "))
                        : Conversation.all(client, Asked.bytes(each), QUIET_MS);
            }
        }
        Map<String, String> found = new HashMap<>();
        Matcher header = Pattern.compile("(?m)^(v\\d+): ?(.*?)\r?$").matcher(seen);
        while (header.find()) {
            found.put(header.group(1), header.group(2));
        }
        if (step.isLogged()) {
            String line = log.poll(LOG_MS);
            while (line != null && !step.hasOption("only") && !line.contains("|" + step.address() + "|")) {
                line = log.poll(LOG_MS);
            }
            Matcher cell = Pattern.compile("(v\\d+)=(-|[^|]*\\.)\\|").matcher(line == null ? "" : line);
            while (cell.find()) {
                if (!cell.group(2).equals("-")) {
                    found.put(cell.group(1), cell.group(2).substring(0, cell.group(2).length() - 1));
                }
            }
        }
        for (ValueRow row : step.rows()) {
            String value = found.get(row.name());
            given.putIfAbsent(row, value != null ? "ok " + value : "none");
        }
    }
}
