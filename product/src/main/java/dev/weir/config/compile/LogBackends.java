package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.log.LogBalance;
import dev.weir.base.log.LogFraming;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostics;
import dev.weir.flow.drive.LogHash;
import dev.weir.flow.expr.Expression;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.BalancedOutlet;
import dev.weir.net.sock.LogOutlet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The backends of {@code mode log}: whoever logs to one has its messages spread over the servers. One per configuration. */
final class LogBackends {

    private static final int LONGEST_KEY = 65_536;

    private final Runtime runtime;
    private final Configuration configuration;
    private final LogRings rings;
    private final Diagnostics diagnostics;
    private final Function<String, Backend> living;
    private final Map<String, LogBalance> balances = new HashMap<>();

    /** @param living finds a backend that is assembled, or null */
    LogBackends(Runtime runtime, Configuration configuration, LogRings rings, Diagnostics diagnostics,
            Function<String, Backend> living) {
        this.living = living;
        this.runtime = runtime;
        this.configuration = configuration;
        this.rings = rings;
        this.diagnostics = diagnostics;
    }

    /** What is wrong with a log line that names this backend, or null. */
    String error(String name) {
        ProxySpec backend = configuration.backend(name);
        if (backend == null) {
            return "uses unknown log backend '" + name + "'.";
        }
        return backend.settings().get(ProxySpec.MODE) == ProxySpec.Mode.LOG ? null
                : "uses backend '" + name + "' which is not in 'mode log'.";
    }

    LogOutlet outlet(LogSpec spec, Worker worker) {
        ProxySpec backend = configuration.backend(spec.name());
        Expression key = configuration.rules().balance(backend.settings());
        LogBalance balance = key != null && isHashed(backend)
                ? new LogHash(key, BalanceAssembly.function(backend.settings()), LONGEST_KEY)
                : balances.computeIfAbsent(spec.name(), name -> balance(backend));
        return new BalancedOutlet(worker, new Ways(backend, worker), balance);
    }

    /** The servers of a backend by their order in the file, alive as soon as the backend is. */
    private final class Ways implements BalancedOutlet.Servers {

        private final ProxySpec spec;
        private final Worker worker;
        private Server[] alive;

        Ways(ProxySpec spec, Worker worker) {
            this.spec = spec;
            this.worker = worker;
        }

        @Override
        public int count() {
            return spec.servers().size();
        }

        /** Null until the backend is assembled. */
        private Server server(int index) {
            if (alive == null) {
                Backend backend = living.apply(spec.name());
                if (backend == null) {
                    return null;
                }
                alive = new Server[count()];
                for (int i = 0; i < alive.length; i++) {
                    alive[i] = Living.server(backend, spec.servers().get(i).name());
                }
            }
            return alive[index];
        }

        @Override
        public boolean isUsable(int index) {
            Server server = server(index);
            // a weight means nothing here
            return server == null ? spec.servers().get(index).address().family() != Family.NONE
                    : server.state().operation() != ServerState.Operation.STOPPED
                            && (server.state().admin() & ServerState.Admin.DRAIN) == 0;
        }

        @Override
        public boolean isBackup(int index) {
            return spec.servers().get(index).settings().get(ServerSpec.BACKUP);
        }

        @Override
        public Address address(int index) {
            Server server = server(index);
            return server == null ? spec.servers().get(index).address() : server.address();
        }

        @Override
        public LogOutlet way(int index, Address address) {
            return outlet(spec, spec.servers().get(index), address, worker);
        }
    }

    private LogOutlet outlet(ProxySpec backend, ServerSpec server, Address address, Worker worker) {
        if (!server.settings().get(ServerSpec.DATAGRAM)) {
            return rings.stream(backend, server, address, worker);
        }
        LogSpec.Target target = address.family().isIp() ? LogSpec.Target.UDP : LogSpec.Target.UNIX_DATAGRAM;
        LogSpec spec = new LogSpec(target, address, server.name(), LogFraming.RAW, 0, 7, 0, 1024, List.of(), 0,
                null, server.place());
        return runtime.outlets().of(spec, worker, runtime.logWriter());
    }

    private static boolean isHashed(ProxySpec backend) {
        List<String> words = backend.settings().get(ProxySpec.BALANCE);
        return !words.isEmpty() && words.getFirst().equals("log-hash");
    }

    private LogBalance balance(ProxySpec backend) {
        List<String> words = backend.settings().get(ProxySpec.BALANCE);
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "roundrobin" -> LogBalance.roundRobin();
            case "", "random" -> LogBalance.random();
            case "sticky" -> LogBalance.sticky();
            default -> {
                diagnostics.alert(backend.settings().placeOf(ProxySpec.BALANCE), "'balance " + words.getFirst()
                        + "' is not supported in log backends.");
                yield LogBalance.roundRobin();
            }
        };
    }
}
