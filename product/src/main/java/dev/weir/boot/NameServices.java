package dev.weir.boot;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Worker;
import dev.weir.upkeep.check.ServerChanges;
import dev.weir.upkeep.resolve.DnsFamilies;
import dev.weir.upkeep.resolve.NameService;
import dev.weir.upkeep.resolve.ResolversSpec;
import dev.weir.upkeep.resolve.ServerMaker;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The {@code resolvers} sections at work, and which server's address comes from which. Owned by the Conductor. */
final class NameServices {

    private final Worker conductor;
    private final ServerChanges changes;
    private final ServerMaker maker;
    private volatile Map<String, NameService> byName = Map.of();

    NameServices(Worker conductor, ServerChanges changes, ServerMaker maker) {
        this.maker = maker;
        this.conductor = conductor;
        this.changes = changes;
    }

    List<NameService> all() {
        return List.copyOf(byName.values());
    }

    /** Looks up a name for a rule. From any thread. */
    void find(String section, String name, Family preferred, Consumer<Address> answered) {
        NameService service = byName.get(section);
        if (service == null) {
            answered.accept(null);
        } else {
            conductor.execute(() -> service.ask(name, preferred, answered));
        }
    }

    /** Keeps addresses up to date as that generation says; sections and names that say the same go on as they are. */
    void renew(Generation now) {
        DnsFamilies.accept(now.configuration().global().get(GlobalSpec.DNS_FAMILIES));
        Map<String, NameService> next = new LinkedHashMap<>();
        for (ResolversSpec spec : now.configuration().resolvers()) {
            NameService known = byName.get(spec.name());
            boolean same = known != null && known.isAs(spec);
            NameService service = same ? known : new NameService(conductor, spec, changes, maker);
            if (spec.place() != Place.BUILT_IN) {
                service.open();
            }
            next.put(spec.name(), service);
        }
        byName.values().stream().filter(each -> !next.containsValue(each)).forEach(NameService::close);
        byName = next;
        follow(now);
    }

    private void follow(Generation now) {
        Set<Server> living = new HashSet<>();
        for (BackendProgram program : now.backends()) {
            for (Server server : program.backend().servers()) {
                NameService service = byName.get(server.spec().settings().get(ServerSpec.RESOLVERS));
                String wanted = server.service() != null ? server.service() : server.host();
                if (wanted != null && service != null) {
                    living.add(server);
                    if (!service.follows(server, wanted)) {
                        service.forget(server);
                        service.follow(program.backend(), server);
                    }
                }
            }
        }
        for (NameService service : byName.values()) {
            for (Server server : service.followed()) {
                if (!living.contains(server) || byName.get(server.spec().settings().get(ServerSpec.RESOLVERS)) != service) {
                    service.forget(server);
                }
            }
        }
    }
}
