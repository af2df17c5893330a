package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogBalance;
import dev.weir.base.log.LogFraming;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostics;
import dev.weir.flow.drive.LogHash;
import dev.weir.flow.expr.Expression;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.BalancedOutlet;
import dev.weir.net.sock.LogOutlet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The backends of {@code mode log}: whoever logs to one has its messages spread over the servers. One per configuration. */
final class LogBackends {

    private static final int LONGEST_KEY = 65_536;

    private final Runtime runtime;
    private final Configuration configuration;
    private final LogRings rings;
    private final Diagnostics diagnostics;
    private final Map<String, LogBalance> balances = new HashMap<>();

    LogBackends(Runtime runtime, Configuration configuration, LogRings rings, Diagnostics diagnostics) {
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
        List<ServerSpec> servers = backend.servers();
        LogOutlet[] outlets = new LogOutlet[servers.size()];
        for (int i = 0; i < outlets.length; i++) {
            outlets[i] = outlet(backend, servers.get(i), worker);
        }
        Expression key = configuration.rules().balance(backend.settings());
        LogBalance balance = key != null && isHashed(backend)
                ? new LogHash(key, BalanceAssembly.function(backend.settings()), LONGEST_KEY)
                : balances.computeIfAbsent(spec.name(), name -> balance(backend));
        return new BalancedOutlet(worker, outlets, balance);
    }

    private LogOutlet outlet(ProxySpec backend, ServerSpec server, Worker worker) {
        if (!server.settings().get(ServerSpec.DATAGRAM)) {
            return rings.stream(backend, server, worker);
        }
        LogSpec.Target target = server.address().family().isIp() ? LogSpec.Target.UDP : LogSpec.Target.UNIX_DATAGRAM;
        LogSpec spec = new LogSpec(target, server.address(), server.name(), LogFraming.RAW, 0, 7, 0, 1024, List.of(), 0,
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
