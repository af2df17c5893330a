package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.BindSpec;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A process of the operator's that says by its exit whether the server is well (configuration.txt {@code external-check
 * command}). Owned by the Conductor.
 */
final class ExternalCheck {

    private static final String NONE = "NOT_USED";
    private static final int NOT_STARTED = 255;

    private final Worker conductor;
    private final Consumer<CheckResult> told;
    private Process process;
    private boolean over;

    ExternalCheck(Worker conductor, Consumer<CheckResult> told) {
        this.conductor = conductor;
        this.told = told;
    }

    void begin(Backend backend, Server server, boolean keepsEnvironment) {
        ProcessBuilder builder = new ProcessBuilder(words(backend, server));
        builder.redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        if (!keepsEnvironment) {
            environment.clear();
        }
        fill(environment, backend, server);
        try {
            process = builder.start();
        } catch (IOException e) {
            over(new CheckResult(CheckStatus.PROCESS_ERROR, NOT_STARTED, ""));
            return;
        }
        process.onExit().thenAccept(ended -> conductor.execute(() -> exited(ended.exitValue())));
    }

    private void exited(int code) {
        over(new CheckResult(code == 0 ? CheckStatus.PROCESS_OK : CheckStatus.PROCESS_ERROR, code, ""));
    }

    void timedOut() {
        process.destroyForcibly();
        over(CheckResult.of(CheckStatus.PROCESS_TIMEOUT, ""));
    }

    void abandon() {
        over = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void over(CheckResult result) {
        if (!over) {
            over = true;
            told.accept(result);
        }
    }

    private static List<String> words(Backend backend, Server server) {
        Address entrance = entrance(backend.spec());
        Address to = server.address();
        List<String> words = new ArrayList<>();
        words.add(backend.spec().settings().get(ProxySpec.EXTERNAL_COMMAND));
        words.add(entrance == null ? NONE : host(entrance));
        words.add(entrance == null || !entrance.family().isIp() ? NONE : Integer.toString(entrance.port()));
        words.add(host(to));
        words.add(to.family().isIp() ? Integer.toString(to.port()) : NONE);
        return words;
    }

    /** The first address that the proxy listens on, or null. */
    private static Address entrance(ProxySpec proxy) {
        for (BindSpec bind : proxy.binds()) {
            if (bind.address().family().isIp() || bind.address().family().isUnix()) {
                return bind.address();
            }
        }
        return null;
    }

    private static String host(Address address) {
        return address.family().isIp() ? address.host() : address.path();
    }

    private static void fill(Map<String, String> environment, Backend backend, Server server) {
        Address entrance = entrance(backend.spec());
        Address to = server.address();
        boolean hasPort = entrance != null && entrance.family().isIp();
        String path = backend.spec().settings().get(ProxySpec.EXTERNAL_PATH);
        environment.put("HAPROXY_PROXY_ADDR", entrance == null ? "" : host(entrance));
        environment.put("HAPROXY_PROXY_PORT", hasPort ? Integer.toString(entrance.port()) : "");
        environment.put("HAPROXY_PROXY_NAME", backend.name());
        environment.put("HAPROXY_PROXY_ID", Integer.toString(backend.id()));
        environment.put("HAPROXY_SERVER_ADDR", host(to));
        environment.put("HAPROXY_SERVER_PORT", to.family().isIp() ? Integer.toString(to.port()) : "");
        environment.put("HAPROXY_SERVER_NAME", server.name());
        environment.put("HAPROXY_SERVER_ID", Integer.toString(server.id()));
        environment.put("HAPROXY_SERVER_MAXCONN", Integer.toString(server.maxconn()));
        environment.put("HAPROXY_SERVER_CURCONN", Integer.toString(server.sessions().value()));
        environment.put("HAPROXY_SERVER_SSL", "0");
        environment.put("HAPROXY_SERVER_PROTO",
                backend.spec().settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP ? "h1" : "tcp");
        environment.put("PATH", path == null ? "" : path);
    }
}
