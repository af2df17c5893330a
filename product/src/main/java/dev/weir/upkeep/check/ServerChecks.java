package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Observation;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState.Operation;
import dev.weir.net.loop.Worker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The checks and agents of all servers that have some, and who tracks whom. Filled at start; owned by the Conductor. */
public final class ServerChecks {

    private final Worker conductor;
    private CheckKit kit;
    private final ServerChanges changes;
    private BiFunction<Backend, Server, CheckProgram> programs;
    private boolean prepared;
    private final Map<Server, ServerHealth> all = new LinkedHashMap<>();

    /** @param programs what servers of a backend are checked with that come later */
    public ServerChecks(CheckKit kit, ServerChanges changes, BiFunction<Backend, Server, CheckProgram> programs) {
        this.programs = programs;
        this.conductor = kit.conductor();
        this.kit = kit;
        this.changes = changes;
    }

    public long nowMs() {
        return conductor.nowMs();
    }

    /** Takes in a server that has come while the process runs. */
    public void add(Backend backend, Server server) {
        add(backend, server, programs.apply(backend, server), null);
        ServerHealth health = all.get(server);
        ServerHealth target = health == null || server.spec().settings().get(ServerSpec.TRACK) == null ? null
                : tracked(health);
        if (target != null) {
            health.follow(target);
        }
    }

    /**
     * Makes the check of a server that wants one. It makes none before it is started or enabled.
     *
     * @param program what it is checked with
     * @param agentAddress where its agent is instead of where it is itself, or null
     */
    public void add(Backend backend, Server server, CheckProgram program, Address agentAddress) {
        boolean checked = server.spec().settings().get(ServerSpec.CHECK);
        boolean asked = server.spec().settings().get(ServerSpec.AGENT_CHECK);
        if (!checked && !asked && server.spec().settings().get(ServerSpec.TRACK) == null) {
            return;
        }
        ServerHealth health = new ServerHealth(conductor, backend, server, changes);
        ServerCheck check = checked ? new ServerCheck(kit, health, false, program,
                server.spec().settings().get(ServerSpec.CHECK_ADDR)) : null;
        ServerCheck agent = asked ? new ServerCheck(kit, health, true, AgentAnswer.program(changes, backend, server,
                server.spec().settings().get(ServerSpec.AGENT_SEND)), agentAddress) : null;
        health.watch(check, agent);
        all.put(server, health);
        watch(server, check);
    }

    private void watch(Server server, ServerCheck check) {
        if (check != null && server.observation() != null) {
            Observation observation = server.observation();
            observation.report(what -> conductor.execute(() -> check.suspected("Detected " + observation.limit()
                    + " consecutive errors, last one was: " + what.text())));
        }
    }

    /** From now on this is what checks share. */
    public void under(CheckKit next, BiFunction<Backend, Server, CheckProgram> nextPrograms) {
        kit = next;
        programs = nextPrograms;
    }

    /** A server that is checked as before; false when nothing is known of it. */
    public boolean goOn(Server server, CheckProgram program, String agentSends) {
        ServerHealth health = all.get(server);
        if (health == null) {
            return false;
        }
        if (health.check() != null) {
            health.check().adopt(kit, program);
        }
        if (health.agent() != null) {
            health.agent().adopt(kit, AgentAnswer.program(changes, health.backend(), server, agentSends));
        }
        watch(server, health.check());
        return true;
    }

    /** Those that are none of these go; those that were not started yet begin. */
    public void settle(Set<Server> remaining, Set<Server> fresh) {
        for (Server known : List.copyOf(all.keySet())) {
            if (!remaining.contains(known)) {
                remove(known);
            }
        }
        all.values().forEach(ServerHealth::followedByNobody);
        track();
        List<ServerHealth> starting = new ArrayList<>();
        for (ServerHealth health : all.values()) {
            if (fresh.contains(health.server())) {
                health.begin();
                starting.add(health);
            }
        }
        start(starting);
    }

    /** The check of a server, or null when none was configured. */
    public ServerCheck of(Server server) {
        ServerHealth health = all.get(server);
        return health == null ? null : health.check();
    }

    /** The same of its agent. */
    public ServerCheck agentOf(Server server) {
        ServerHealth health = all.get(server);
        return health == null ? null : health.agent();
    }

    /** A command says how a server is: whoever tracks it is told as well. */
    public void force(Backend backend, Server server, Operation operation, String cause) {
        ServerHealth health = all.get(server);
        (health != null ? health : new ServerHealth(conductor, backend, server, changes)).become(operation, cause);
    }

    /** A command has taken a server out or brought it back: so it is with whoever tracks it. */
    public void administered(Server server) {
        ServerHealth health = all.get(server);
        if (health != null) {
            health.handOn();
        }
    }

    /** Has servers begin as those that they track. Before any thread runs, so that nobody sees them otherwise. */
    public void prepare() {
        prepared = true;
        track();
    }

    /** Starts them, spread over the shortest interval, so that they do not come in bursts ever after. */
    public void start() {
        if (!prepared) {
            prepare();
        }
        all.values().forEach(ServerHealth::begin);
        start(all.values());
    }

    /** Starts those of one server. */
    public void start(Server server) {
        ServerHealth health = all.get(server);
        if (health != null) {
            health.begin();
            start(List.of(health));
        }
    }

    private void start(Collection<ServerHealth> these) {
        List<ServerCheck> checks = new ArrayList<>();
        long shortest = Long.MAX_VALUE;
        for (ServerHealth health : these) {
            if (health.check() != null) {
                checks.add(health.check());
                shortest = Math.min(shortest, health.server().spec().settings().get(ServerSpec.INTER_MS));
            }
            if (health.agent() != null) {
                checks.add(health.agent());
                int said = health.server().spec().settings().get(ServerSpec.AGENT_INTER_MS);
                shortest = said > 0 ? Math.min(shortest, said) : shortest;
            }
        }
        long within = kit.maxSpreadMs() > 0 ? Math.min(shortest, kit.maxSpreadMs()) : shortest;
        within = within == Long.MAX_VALUE ? ServerSpec.INTER_MS.absent() : within;
        for (int i = 0; i < checks.size(); i++) {
            checks.get(i).start(within * i / checks.size());
        }
    }

    /** The first of a chain first, so that each begins as what it follows. */
    private void track() {
        List<ServerHealth> left = new ArrayList<>(all.values());
        left.removeIf(each -> each.server().spec().settings().get(ServerSpec.TRACK) == null);
        boolean moved = true;
        while (moved) {
            moved = left.removeIf(each -> {
                ServerHealth target = tracked(each);
                boolean ready = target != null && !left.contains(target);
                if (ready) {
                    each.follow(target);
                }
                return ready || target == null;
            });
        }
    }

    private ServerHealth tracked(ServerHealth follower) {
        String name = follower.server().spec().settings().get(ServerSpec.TRACK);
        String full = name.indexOf('/') < 0 ? follower.backend().name() + "/" + name : name;
        for (ServerHealth each : all.values()) {
            if (each.server().toString().equals(full)) {
                return each;
            }
        }
        return null;
    }

    public void remove(Server server) {
        ServerHealth health = all.remove(server);
        if (health != null) {
            stop(health);
            all.values().forEach(each -> each.leftBy(health));
        }
    }

    public void stop() {
        all.values().forEach(ServerChecks::stop);
    }

    private static void stop(ServerHealth health) {
        if (health.check() != null) {
            health.check().stop();
        }
        if (health.agent() != null) {
            health.agent().stop();
        }
    }
}
