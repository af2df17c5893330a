package dev.weir.it.rows;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Mask;
import dev.weir.it.rig.NameServer;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One product with the configuration of a file of rows, its origin and its log. */
final class Half implements AutoCloseable {

    private static final int QUIET_MS = 200;
    private static final int LOG_MS = 1000;
    private static final Path LISTS = Path.of("src/test/resources/rows/lists");

    private final Stage stage = new Stage();
    private final RowFile file;
    private final Proxy proxy;
    private final Syslog log;

    Half(Product product, RowFile file) throws IOException {
        this.file = file;
        Origin origin = stage.add(Mirror.open());
        log = stage.add(new Syslog());
        NameServer names = stage.add(new NameServer());
        names.addresses("one.test", "127.0.0.7");
        names.addresses("two.test", "127.0.0.8");
        Launch launch = product.launch().port("origin", origin.port()).port("syslog", log.port())
                .port("dns", names.port());
        try (Stream<Path> lists = Files.list(LISTS)) {
            for (Path list : lists.toList()) {
                Files.copy(list, launch.directory().resolve(list.getFileName()));
            }
        }
        proxy = stage.add(launch.start(file.configuration(product)));
    }

    /** What the client and, where the frontend logs, the log saw. */
    String answer(Row row) throws IOException, InterruptedException {
        log.clear();
        String seen;
        try (Client client = proxy.connect(RowFile.port(row.place()))) {
            seen = row.kind() == Row.Kind.BYTES
                    ? Conversation.all(client, Asked.bytes(row.asked()), QUIET_MS)
                    : Conversation.oneAnswer(client, Asked.request(row.asked()), row.asked().startsWith("HEAD "));
        }
        String answer = Asked.shown(Alike.answer(seen).replace(proxy.directory().toString(), "DIR"));
        if (!file.isLogged(row.place())) {
            return answer;
        }
        String line = log.poll(LOG_MS);
        return answer + " LOG " + (line == null ? "none" : Asked.shown(Alike.log(Mask.log(line))));
    }

    @Override
    public void close() throws Exception {
        stage.clear();
    }
}
