package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.base.collect.Settings;
import dev.weir.config.lang.NameResolver;
import dev.weir.config.lang.Numbers;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.RuleKit;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.upkeep.check.CheckKit;
import dev.weir.upkeep.check.CheckProgram;
import dev.weir.upkeep.check.ServerChanges;
import dev.weir.upkeep.check.ServerChecks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the checks of all servers of a generation. */
public final class CheckAssembly {

    private final Runtime runtime;
    private final Configuration configuration;
    private final NameResolver names;

    public CheckAssembly(Runtime runtime, Configuration configuration, NameResolver names) {
        this.runtime = runtime;
        this.configuration = configuration;
        this.names = names;
    }

    /** @param rules what expressions of the Conductor need */
    public ServerChecks assemble(Generation generation, RuleKit rules, ServerChanges changes) {
        ServerChecks checks = new ServerChecks(kit(rules), changes,
                this::program);
        for (BackendProgram back : generation.backends()) {
            for (Server server : back.backend().servers()) {
                checks.add(back.backend(), server, program(back.backend(), server), agentAddress(server));
            }
        }
        return checks;
    }

    /** Brings living checks under this configuration: where nothing about a check has changed it goes on. */
    public void renew(ServerChecks checks, Generation generation, RuleKit rules, Living living) {
        checks.under(kit(rules), this::program);
        Set<Server> remaining = new HashSet<>();
        Set<Server> fresh = new HashSet<>();
        for (BackendProgram back : generation.backends()) {
            for (Server server : back.backend().servers()) {
                CheckProgram program = program(back.backend(), server);
                remaining.add(server);
                boolean goesOn = living.keepsHealth(server, back.backend().spec()) && checks.goOn(server, program,
                        server.spec().settings().get(ServerSpec.AGENT_SEND));
                if (!goesOn) {
                    checks.remove(server);
                    server.check(null);
                    server.agent(null);
                    checks.add(back.backend(), server, program, agentAddress(server));
                    fresh.add(server);
                }
            }
        }
        checks.settle(remaining, fresh);
    }

    private CheckKit kit(RuleKit rules) {
        Settings global = configuration.global();
        String node = global.get(GlobalSpec.NODE);
        return new CheckKit(runtime.conductor(), rules, configuration.rules().views(),
                global.get(GlobalSpec.TUNE_BUFSIZE), node == null ? runtime.identity().hostName() : node,
                global.get(GlobalSpec.SPREAD_CHECKS), maxSpreadMs(global),
                global.get(GlobalSpec.EXTERNAL_KEEPS_ENVIRONMENT), KeptLines.isOn(global, "pp2-never-send-local"),
                runtime.places(), HttpAssembly::serverPeer);
    }

    private CheckProgram program(Backend backend, Server server) {
        String section = server.spec().settings().get(ServerSpec.HEALTHCHECK);
        CheckProgram own = section == null ? null : configuration.rules().check(section);
        return own != null ? own : configuration.rules().check(backend.spec().settings());
    }

    private Address agentAddress(Server server) {
        String said = server.spec().settings().get(ServerSpec.AGENT_ADDR);
        if (said == null) {
            return null;
        }
        Address literal = IpText.parse(said);
        if (literal != null) {
            return literal;
        }
        List<Address> found = names.resolve(said);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static int maxSpreadMs(Settings global) {
        String word = KeptLines.word(global, "max-spread-checks");
        return word == null ? 0 : (int) Math.max(0, Numbers.millis(word));
    }
}
