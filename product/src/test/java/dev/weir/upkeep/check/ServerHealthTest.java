package dev.weir.upkeep.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.base.time.Clock;
import dev.weir.flow.drive.RuleKit;
import dev.weir.flow.rule.ProcessView;
import dev.weir.flow.rule.ProxyViews;
import dev.weir.model.balance.RoundRobin;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.Totals;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.value.ProcessVariables;
import dev.weir.model.value.VariableBudget;
import dev.weir.model.value.Workspace;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.Dialer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What results of a server's check ({@code +}, {@code -}, {@code 0} for a conditional pass) and of its agent ({@code u} up,
 * {@code d} down, {@code x} unreachable) make of it, and of a server that tracks it. Nothing is connected.
 */
class ServerHealthTest {

    private static final Place PLACE = new Place("t", 1);
    private static final ServerSpec.PortMapping FIXED = ServerSpec.PortMapping.FIXED;

    private final List<String> said = new ArrayList<>();
    private final Worker conductor = new Worker(0, "test", Engine.NIO, Clock.SYSTEM);

    @ParameterizedTest
    @CsvSource({
        "false, +, RUNNING, ''",
        "false, -, STOPPED, DOWN",
        "false, +-, RUNNING, ''",
        "false, +--, STOPPED, DOWN",
        "false, -++, RUNNING, DOWN UP",
        "false, +0, STOPPING, stopping",
        "false, +0+, RUNNING, stopping UP",
        "false, +0--, STOPPED, stopping DOWN",
        "false, -0, STOPPED, DOWN",
        "true, +u, RUNNING, ''",
        "true, +d, STOPPED, DOWN",
        "true, +x, RUNNING, ''",
        "true, +d+, STOPPED, DOWN",
        "true, +du, RUNNING, DOWN UP",
        "true, -u, STOPPED, DOWN",
        "true, -d++, STOPPED, DOWN",
        "true, -d++u, RUNNING, DOWN UP",
        "true, +0u, STOPPING, stopping"
    })
    void becomes(boolean agent, String events, String operation, String sentences) {
        Settings settings = new Settings();
        settings.set(ServerSpec.CHECK, true, PLACE);
        settings.set(ServerSpec.AGENT_CHECK, agent, PLACE);
        settings.set(ServerSpec.RISE, 2, PLACE);
        settings.set(ServerSpec.FALL, 2, PLACE);
        Settings following = new Settings();
        following.set(ServerSpec.TRACK, "s", PLACE);
        Server server = server(1, "s", settings);
        Server follower = server(2, "f", following);
        Backend backend = backend(List.of(server, follower));
        ServerChecks checks = new ServerChecks(kit(), changes(), (backend1, server1) -> CheckProgram.PLAIN);
        checks.add(backend, server, CheckProgram.PLAIN, null);
        checks.add(backend, follower, CheckProgram.PLAIN, null);
        checks.start();
        for (char event : events.toCharArray()) {
            CheckStatus status = switch (event) {
                case '+' -> CheckStatus.L4_OK;
                case '0' -> CheckStatus.L7_OK_CONDITIONALLY;
                case 'u' -> CheckStatus.L7_OK;
                case 'd' -> CheckStatus.L7_STATUS;
                case 'x' -> CheckStatus.L4_CONNECTION;
                default -> CheckStatus.L4_TIMEOUT;
            };
            ("udx".indexOf(event) >= 0 ? checks.agentOf(server) : checks.of(server))
                    .over(CheckResult.of(status, ""));
        }
        checks.stop();
        assertEquals(operation, server.state().operation().toString());
        assertEquals(operation, follower.state().operation().toString());
        assertEquals(sentences, String.join(" ", said));
    }

    private ServerChanges changes() {
        return new ServerChanges(conductor, (proxy, level, onAlert, text, onStderr) -> {
            for (String word : List.of("DOWN", "UP", "stopping")) {
                if (text.startsWith("Server b/s is " + word)) {
                    said.add(word);
                }
            }
        });
    }

    private CheckKit kit() {
        ProxyViews views = new ProxyViews();
        views.addBackend("b");
        VariableBudget all = new VariableBudget(null, 0);
        RuleKit rules = new RuleKit(new Workspace(1024), new ProcessView(conductor, new Totals(1), views, "h", 1, 0),
                new ProcessVariables(all), all, new RuleKit.Limits(0, 0, 0), null);
        return new CheckKit(conductor, rules, views, 1024, "node", 0, 0, false, false, List.of(), settings -> null);
    }

    private static Server server(int id, String name, Settings settings) {
        settings.set(ServerSpec.PORT_MAPPING, FIXED, PLACE);
        return new Server(new ServerSpec(id, name, null, Address.ipv4(0x7f000001, 1), settings, PLACE),
                Address.ipv4(0x7f000001, 1), "b", Dialer.PLAIN, 1, 0);
    }

    private static Backend backend(List<Server> servers) {
        Settings settings = new Settings();
        settings.set(ProxySpec.LOG_HEALTH_CHECKS, true, PLACE);
        ProxySpec spec = new ProxySpec(1, ProxySpec.Kind.BACKEND, "b", settings, List.of(), List.of(), PLACE);
        Backend backend = new Backend(spec, 1, 0);
        backend.configure(spec, servers, new RoundRobin<>(servers, false));
        return backend;
    }
}
