package dev.weir.boot;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.lang.Numbers;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.model.server.ServerState.Admin;
import dev.weir.model.server.ServerState.Operation;
import dev.weir.upkeep.check.ServerChecks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code show servers state} wrote in an earlier process ({@code load-server-state-from-file}), applied before any
 * traffic comes. Lines of servers that are not there any more, and fields that make no sense, are passed over. By the
 * main thread.
 */
final class ServerStateFiles {

    private static final String VERSION = "1";
    private static final int BACKEND = 1;
    private static final int NAME = 3;
    private static final int ADDRESS = 4;
    private static final int OPERATION = 5;
    private static final int ADMIN = 6;
    private static final int WEIGHT = 7;
    private static final int WEIGHT_OF_FILE = 8;
    private static final int FQDN = 17;
    private static final int PORT = 18;
    private static final int SERVICE = 19;
    private static final int LEAST_FIELDS = 9;

    private final Generation generation;
    private final ServerChecks checks;
    private final Console console;
    private final Settings global;
    private final Map<String, List<String[]>> files = new HashMap<>();

    ServerStateFiles(Generation generation, ServerChecks checks, Console console) {
        this.generation = generation;
        this.checks = checks;
        this.console = console;
        this.global = generation.configuration().global();
    }

    /** What the files say that lines name. */
    void apply() {
        generation.backends().forEach(each -> apply(each.backend(), linesFor(each.backend().spec())));
    }

    /** All that a text of that format says. */
    void apply(String text) {
        List<String[]> all = fields(List.of(text.split("\n")));
        generation.backends().forEach(each -> apply(each.backend(), all));
    }

    private void apply(Backend backend, List<String[]> lines) {
        long nowMs = checks.nowMs();
        for (String[] line : lines) {
            Server server = line[BACKEND].equals(backend.name()) ? named(backend, line[NAME]) : null;
            if (server != null) {
                apply(server, line, nowMs);
                backend.serverChanged(server);
            }
        }
    }

    private static Server named(Backend backend, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return backend.server(bytes, bytes.length);
    }

    private List<String[]> linesFor(ProxySpec backend) {
        String own = backend.settings().get(ProxySpec.STATE_FILE_NAME);
        String file = global.get(GlobalSpec.SERVER_STATE_FILE);
        return switch (backend.settings().get(ProxySpec.LOAD_STATE)) {
            case "global" -> file == null ? List.of() : files.computeIfAbsent(file,
                    name -> read(name, "config: ", "global server state file"));
            case "local" -> read(own == null ? backend.name() : own, "Proxy '" + backend.name() + "': ",
                    "server state file");
            default -> List.of();
        };
    }

    private List<String[]> read(String name, String whose, String what) {
        String base = global.get(GlobalSpec.SERVER_STATE_BASE);
        String path = name.startsWith("/") || base == null ? name : base + "/" + name;
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(path), StandardCharsets.ISO_8859_1);
        } catch (IOException | InvalidPathException e) {
            boolean exists = Files.exists(Path.of(path));
            warn(whose + "Can't open " + what + " '" + path + "': "
                    + (exists ? "Permission denied" : "No such file or directory")
                    + (whose.startsWith("Proxy") ? "." : ""));
            return List.of();
        }
        if (lines.isEmpty() || !lines.getFirst().strip().equals(VERSION)) {
            warn(whose + "Can't get version of the " + what + " '" + path + "'.");
            return List.of();
        }
        return fields(lines.subList(1, lines.size()));
    }

    private static List<String[]> fields(List<String> lines) {
        List<String[]> fields = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.strip().split(" +");
            if (!line.startsWith("#") && words.length >= LEAST_FIELDS) {
                fields.add(words);
            }
        }
        return fields;
    }

    private void warn(String text) {
        console.print(Diagnostic.Level.WARNING, "config : " + text);
    }

    private void apply(Server server, String[] line, long nowMs) {
        service(server, line);
        address(server, line);
        ServerState state = server.state();
        long weight = Numbers.leading(line[WEIGHT]);
        if (Numbers.leading(line[WEIGHT_OF_FILE]) == server.spec().weight() && weight >= 0 && weight <= 256) {
            state = state.withWeight((int) weight);
        }
        state = administered(state, server.spec().settings().get(ServerSpec.DISABLED), (int) Numbers.leading(line[ADMIN]));
        int operation = (int) Numbers.leading(line[OPERATION]);
        boolean down = operation == Operation.STOPPED.ordinal() && !state.inMaintenance();
        boolean wasDisabled = (Numbers.leading(line[ADMIN]) & Admin.FORCED_MAINTENANCE) != 0;
        if (down && !wasDisabled) {
            state = state.withOperation(Operation.STOPPED);
            if (checks.of(server) != null) {
                checks.of(server).force(false);
            }
        } else if (operation == Operation.STOPPING.ordinal() && !state.inMaintenance()) {
            state = state.withOperation(Operation.STOPPING);
        }
        server.publish(state, nowMs);
    }

    /** What the file of that time said itself is no reason: only what commands did counts. */
    private static ServerState administered(ServerState now, boolean disabled, int then) {
        boolean maintained = (then & Admin.FORCED_MAINTENANCE) != 0;
        boolean byFile = (then & Admin.CONFIGURED_MAINTENANCE) != 0;
        int bits = now.admin() | then & Admin.FORCED_DRAIN;
        if (maintained && !byFile) {
            return now.withAdmin(bits | Admin.FORCED_MAINTENANCE).withOperation(Operation.STOPPED);
        } else if (!maintained && byFile && disabled) {
            ServerState next = now.withAdmin(bits & ~Admin.FORCED_MAINTENANCE);
            return next.inMaintenance() ? next : next.withOperation(Operation.RUNNING);
        }
        return now.withAdmin(bits);
    }

    /** The instance that the server was, if its line still asks for the same service. */
    private static void service(Server server, String[] line) {
        boolean same = server.service() != null && line.length > SERVICE && line[SERVICE].equals(server.service());
        long port = same ? Numbers.leading(line[PORT]) : -1;
        if (port > 0 && port < 65536 && !line[FQDN].equals("-")) {
            server.host(line[FQDN]);
            server.portMapping(ServerSpec.PortMapping.FIXED);
            server.address(Address.NONE.withPort((int) port));
        }
    }

    private static void address(Server server, String[] line) {
        boolean last = server.spec().host() == null || server.spec().settings().get(ServerSpec.INIT_ADDR).contains("last");
        boolean nobody = server.service() != null && server.host() == null;
        Address said = IpText.parse(line[ADDRESS]);
        if (said == null || !last || nobody) {
            return;
        }
        int port = line.length > PORT ? (int) Numbers.leading(line[PORT]) : server.address().port();
        boolean fits = server.portMapping() == ServerSpec.PortMapping.FIXED && port > 0
                && port < 65536;
        server.address(said.withPort(fits ? port : server.address().port()));
        int bits = server.state().admin();
        if ((bits & Admin.RESOLUTION_MAINTENANCE) != 0) {
            ServerState next = server.state().withAdmin(bits & ~Admin.RESOLUTION_MAINTENANCE);
            server.publish(next.inMaintenance() ? next : next.withOperation(Operation.RUNNING), 0);
        }
    }
}
