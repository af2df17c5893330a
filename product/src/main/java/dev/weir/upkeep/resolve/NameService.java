package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Setting;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.DatagramPort;
import dev.weir.upkeep.check.ServerChanges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One {@code resolvers} section at work: its name servers, the names that servers wait for, and what their addresses
 * become. Servers that ask for the same name share one resolution. Owned by the Conductor.
 */
public final class NameService implements DnsSender {

    /** Whoever makes rules ask for more names at once than this is not worth an answer. */
    private static final int MOST_QUESTIONS = 4096;

    private final Worker conductor;
    private final ResolversSpec spec;
    private final ServerChanges changes;
    private final List<Route> routes = new ArrayList<>();
    /** The ways over TCP; null until a cut answer asks for one. */
    private final List<StreamRoute> streams = new ArrayList<>();
    private final long[][] counters;
    private final ServerMaker maker;
    private final Map<String, Watch<?>> watches = new LinkedHashMap<>();
    private final Map<String, NameQuestion> questions = new LinkedHashMap<>();
    private int answering;

    /** @param maker makes more servers of a template that has no fixed number of them */
    public NameService(Worker conductor, ResolversSpec spec, ServerChanges changes, ServerMaker maker) {
        this.maker = maker;
        this.conductor = conductor;
        this.spec = spec;
        this.changes = changes;
        this.counters = new long[spec.nameservers().size()][DnsCounter.values().length];
    }

    /** A way to a name server. */
    private record Route(Predicate<ByteBuf> sending, Runnable closing) {

        boolean send(ByteBuf message) {
            return sending.test(message);
        }
    }

    public ResolversSpec spec() {
        return spec;
    }

    /** What a name server's counter holds. */
    public long count(int nameserver, DnsCounter counter) {
        return counters[nameserver][counter.ordinal()];
    }

    /** Opens the ways to the name servers, which takes a moment; at the latest when somebody asks for a name. */
    public void open() {
        if (!routes.isEmpty()) {
            return;
        }
        for (int i = 0; i < spec.nameservers().size(); i++) {
            int index = i;
            ResolversSpec.Nameserver each = spec.nameservers().get(i);
            DatagramPort.Receiver receiver = message -> received(index, message);
            if (each.tcp()) {
                StreamRoute route = new StreamRoute(conductor, each.address(), receiver);
                routes.add(new Route(route::send, () -> {}));
                streams.add(route);
            } else {
                DatagramPort route = DatagramPort.open(conductor, each.address(), receiver);
                routes.add(new Route(route::send, route::close));
                streams.add(null);
            }
        }
    }

    /** Whether that section asks the same name servers in the same way. */
    public boolean isAs(ResolversSpec other) {
        boolean same = spec.nameservers().size() == other.nameservers().size();
        for (int i = 0; same && i < other.nameservers().size(); i++) {
            ResolversSpec.Nameserver own = spec.nameservers().get(i);
            ResolversSpec.Nameserver its = other.nameservers().get(i);
            same = own.name().equals(its.name()) && own.address().equals(its.address()) && own.tcp() == its.tcp();
        }
        for (Setting<?> each : ResolversSpec.SETTINGS) {
            same &= spec.settings().same(other.settings(), each);
        }
        return same;
    }

    /** Asks nobody any more. */
    public void close() {
        watches.values().forEach(conductor::remove);
        watches.clear();
        List.copyOf(questions.values()).forEach(NameQuestion::close);
        questions.clear();
        routes.forEach(route -> route.closing.run());
        streams.forEach(route -> {
            if (route != null) {
                route.close();
            }
        });
    }

    /** The server's address is not looked after any more. */
    public void forget(Server server) {
        watches.values().removeIf(watch -> {
            watch.forget(server);
            if (watch.isIdle()) {
                conductor.remove(watch);
            }
            return watch.isIdle();
        });
    }

    /** The same of its name alone: its service goes on telling where it is. */
    void forgetHost(Server server) {
        watches.values().removeIf(watch -> {
            boolean ours = watch instanceof HostWatch;
            if (ours) {
                watch.forget(server);
            }
            if (ours && watch.isIdle()) {
                conductor.remove(watch);
            }
            return ours && watch.isIdle();
        });
    }

    /** The servers whose addresses it looks after. */
    public Set<Server> followed() {
        Set<Server> all = new LinkedHashSet<>();
        watches.values().forEach(watch -> all.addAll(watch.servers()));
        return all;
    }

    /** Whether the server's address comes from here, by what it is to follow now: its service, or else its name. */
    public boolean follows(Server server, String wanted) {
        for (Watch<?> watch : watches.values()) {
            if (watch.servers().contains(server) && watch.name().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private void received(int nameserver, ByteBuf message) {
        answering = nameserver;
        int start = message.readerIndex();
        int id = DnsAnswer.id(message);
        boolean expected = false;
        for (Watch<?> watch : List.copyOf(watches.values())) {
            if (watch.asksWith(id)) {
                expected = true;
                message.readerIndex(start);
                watch.received(nameserver, message);
            }
        }
        for (NameQuestion question : List.copyOf(questions.values())) {
            if (question.asksWith(id)) {
                expected = true;
                message.readerIndex(start);
                question.received(nameserver, message);
            }
        }
        if (!expected) {
            boolean big = message.readableBytes() > spec.settings().get(ResolversSpec.PAYLOAD_SIZE);
            counters[nameserver][(big ? DnsCounter.TOO_BIG : DnsCounter.OUTDATED).ordinal()]++;
        }
    }

    /** Looks up a name for a rule: an address, the preferred family's if there is one, or null. */
    public void ask(String name, Family preferred, Consumer<Address> answered) {
        String key = preferred + " " + name;
        NameQuestion question = questions.get(key);
        if (question == null) {
            open();
            if (questions.size() >= MOST_QUESTIONS || routes.isEmpty() || !DnsName.write(Unpooled.buffer(), name)) {
                answered.accept(null);
                return;
            }
            question = new NameQuestion(this, key, name, preferred);
            questions.put(key, question);
        }
        question.ask(answered);
    }

    void forget(String key) {
        NameQuestion question = questions.remove(key);
        if (question != null) {
            conductor.remove(question);
        }
    }

    /** Keeps the server where its service is, or its address what its name resolves to. */
    public void follow(Backend backend, Server server) {
        if (server.service() == null) {
            followHost(backend, server);
            return;
        }
        String name = server.service();
        watch("service " + name, () -> new ServiceWatch(this, name)).add(backend, server);
    }

    /** The same unless it is so already. */
    void followHostOnce(Backend backend, Server server) {
        for (Watch<?> watch : watches.values()) {
            if (watch instanceof HostWatch && watch.servers().contains(server)) {
                return;
            }
        }
        followHost(backend, server);
    }

    /** Keeps the server's address what its name resolves to. */
    void followHost(Backend backend, Server server) {
        Family preferred = "ipv4".equals(server.spec().settings().get(ServerSpec.RESOLVE_PREFER)) ? Family.IPV4
                : Family.IPV6;
        String name = server.host();
        watch(preferred + " " + name, () -> new HostWatch(this, name, preferred)).add(backend, server);
    }

    private Watch<?> watch(String key, Supplier<Watch<?>> maker) {
        open();
        Watch<?> watch = watches.get(key);
        if (watch == null) {
            watch = maker.get();
            watches.put(key, watch);
            conductor.arm(watch, 1);
        }
        return watch;
    }

    /** Keeps the server's address what another name resolves to; nothing changes before that is known. False for no name. */
    public boolean rename(Backend backend, Server server, String name) {
        if (!DnsName.write(Unpooled.buffer(), name)) {
            return false;
        }
        forget(server);
        server.host(name);
        followHost(backend, server);
        return true;
    }

    /** Whether the server's address comes from here, by a name of its own. */
    public boolean follows(Server server) {
        return server.service() == null && followed().contains(server);
    }

    Worker conductor() {
        return conductor;
    }

    ServerChanges changes() {
        return changes;
    }

    /** Answers tell of fewer servers than there are. */
    void spare(Backend backend, Server server) {
        if (server.spec().settings().get(ServerSpec.OPEN_TEMPLATE) != null) {
            maker.spare(backend, server);
        }
    }

    /** Who makes more servers of a template. */
    ServerMaker maker() {
        return maker;
    }

    long[][] counters() {
        return counters;
    }

    /** Asks again what was answered with a cut message; a name server over TCP has no other way. */
    @Override
    public boolean sendOverTcp(int nameserver, ByteBuf message) {
        ResolversSpec.Nameserver asked = spec.nameservers().get(nameserver);
        if (asked.tcp() || !asked.address().family().isIp()) {
            message.release();
            return false;
        }
        if (streams.get(nameserver) == null) {
            streams.set(nameserver, new StreamRoute(conductor, asked.address(),
                    answer -> received(nameserver, answer)));
        }
        return streams.get(nameserver).send(message);
    }

    @Override
    public boolean send(int nameserver, ByteBuf message) {
        return routes.get(nameserver).send(message);
    }

    /** The name server whose answer is being read, as messages name it. */
    String answering() {
        return spec.name() + "/" + spec.nameservers().get(answering).name();
    }
}
