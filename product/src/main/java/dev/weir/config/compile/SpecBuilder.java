package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogFraming;
import dev.weir.base.log.LogSpec;
import dev.weir.base.log.RingSpec;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Place;
import dev.weir.config.rule.CompiledRules;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.ProxySpec.Mode;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.BindSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the final Specs of a draft and gives numbers to what has none: proxies from 2, servers and listeners from 1 in
 * their proxy, each skipping the numbers that the file gives. Boot's thread.
 */
final class SpecBuilder {

    private final Draft draft;
    private final Set<Unbuilt> unbuilt = new LinkedHashSet<>();

    SpecBuilder(Draft draft) {
        this.draft = draft;
    }

    Configuration build(CompiledRules rules) {
        frameLogs();
        unbuilt.addAll(draft.global().get(Draft.UNBUILT));
        Set<Integer> taken = new HashSet<>();
        for (ProxyDraft proxy : draft.proxies) {
            taken.add(proxy.id());
        }
        List<ProxySpec> proxies = new ArrayList<>();
        int next = 2;
        for (ProxyDraft proxy : draft.proxies) {
            int id = proxy.id();
            if (id == 0) {
                while (taken.contains(next)) {
                    next++;
                }
                id = next++;
            }
            proxies.add(proxy(proxy, id));
        }
        for (PeersDraft peers : draft.peerSections) {
            unbuilt.addAll(peers.proxy.settings.get(Draft.UNBUILT));
            Draft.append(draft.global(), GlobalSpec.PEERS, peers.spec(binds(peers.proxy), servers(peers.proxy)),
                    peers.proxy.place);
        }
        return new Configuration(draft.global(), List.copyOf(proxies), List.copyOf(SystemResolvers.completed(draft.resolvers)),
                List.copyOf(draft.others), List.copyOf(unbuilt), draft.environment.all(), rules);
    }

    /** Log lines without a format get the default, which {@code log-send-hostname} changes wherever it stands. */
    private void frameLogs() {
        boolean hostname = draft.global().has(GlobalSpec.LOG_SEND_HOSTNAME);
        LogFraming framing = hostname ? LogFraming.RFC3164 : LogFraming.LOCAL;
        for (LogForwardSpec forward : draft.global().get(GlobalSpec.LOG_FORWARDS)) {
            frameForward(forward);
        }
        frame(draft.global(), GlobalSpec.LOGS, framing);
        for (ProxyDraft proxy : draft.proxies) {
            frame(proxy.settings, ProxySpec.LOGS, framing);
        }
    }

    /** A message that is forwarded keeps its form where a line names none, also a global one. */
    private void frameForward(LogForwardSpec forward) {
        Settings settings = forward.settings();
        List<LogSpec> all = new ArrayList<>();
        if (settings.get(LogForwardSpec.LOG_GLOBAL)) {
            all.addAll(draft.global().get(GlobalSpec.LOGS));
        }
        all.addAll(settings.get(LogForwardSpec.LOGS));
        settings.set(LogForwardSpec.LOGS, all, forward.place());
        frame(settings, LogForwardSpec.LOGS, null);
    }

    private LogFraming ringFraming(String name) {
        for (RingSpec ring : draft.global().get(GlobalSpec.RINGS)) {
            if (ring.name().equals(name)) {
                return ring.settings().get(RingSpec.FORMAT);
            }
        }
        return LogFraming.RAW;
    }

    private void frame(Settings settings, Setting<List<LogSpec>> setting, LogFraming framing) {
        if (settings.get(setting).isEmpty()) {
            return;
        }
        List<LogSpec> framed = new ArrayList<>();
        for (LogSpec log : settings.get(setting)) {
            // a ring keeps all of its messages in one form: its own wins
            framed.add(log.target() == LogSpec.Target.RING ? log.with(ringFraming(log.name()))
                    : log.framing() == null ? log.with(framing) : log);
        }
        settings.set(setting, List.copyOf(framed), settings.placeOf(setting));
    }

    private ProxySpec proxy(ProxyDraft proxy, int id) {
        boolean http = proxy.settings.get(ProxySpec.MODE) == Mode.HTTP;
        for (Unbuilt what : proxy.settings.get(Draft.UNBUILT)) {
            if (http || !what.httpOnly()) {
                unbuilt.add(what);
            }
        }
        transparent(proxy);
        keepServerDefaults(proxy);
        return new ProxySpec(id, proxy.kind(), proxy.name, proxy.settings, binds(proxy), servers(proxy), proxy.place);
    }

    static void keepServerDefaults(ProxyDraft proxy) {
        proxy.settings.set(ProxySpec.SERVER_DEFAULTS, proxy.serverDefaults(), proxy.place);
        proxy.settings.set(ProxySpec.NAMED_SERVER_DEFAULTS, Map.copyOf(proxy.namedServerDefaults()), proxy.place);
    }

    /** {@code option transparent} stands for a server, the last one, that is wherever the client wanted to go. */
    private void transparent(ProxyDraft proxy) {
        if (!proxy.settings.get(ProxySpec.TRANSPARENT) || !proxy.hasBackSide()) {
            return;
        }
        Place place = proxy.settings.placeOf(ProxySpec.TRANSPARENT);
        if (!proxy.settings.get(ProxySpec.BALANCE).isEmpty()) {
            draft.diagnostics().report(Level.ALERT, place, proxy.noun() + " '" + proxy.name
                    + "' cannot use both transparent and balance mode.");
        } else {
            Settings settings = new Settings(proxy.serverDefaults());
            settings.set(ServerSpec.PORT_MAPPING, ServerSpec.PortMapping.SAME, place);
            proxy.servers.add(new ServerDraft("transparent", null, Address.ipv4(0, 0), settings, place));
        }
    }

    private static List<BindSpec> binds(ProxyDraft proxy) {
        Set<Integer> taken = new HashSet<>();
        for (BindDraft bind : proxy.binds) {
            taken.add(bind.id);
        }
        List<BindSpec> specs = new ArrayList<>(proxy.binds.size());
        int next = 1;
        for (BindDraft bind : proxy.binds) {
            int id = bind.id;
            if (id == 0) {
                next = free(next, taken);
                id = next++;
            }
            specs.add(new BindSpec(id, bind.address, bind.settings, bind.place));
        }
        return List.copyOf(specs);
    }

    private static List<ServerSpec> servers(ProxyDraft proxy) {
        Set<Integer> taken = new HashSet<>();
        for (ServerDraft server : proxy.servers) {
            taken.add(server.id);
        }
        List<ServerSpec> specs = new ArrayList<>(proxy.servers.size());
        int next = 1;
        for (ServerDraft server : proxy.servers) {
            int id = server.id;
            if (id == 0) {
                next = free(next, taken);
                id = next++;
            }
            specs.add(new ServerSpec(id, server.name, server.host, server.address, server.settings, server.place));
        }
        return List.copyOf(specs);
    }

    private static int free(int from, Set<Integer> taken) {
        int next = from;
        while (taken.contains(next)) {
            next++;
        }
        return next;
    }
}
