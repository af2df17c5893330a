package dev.weir.boot;

import dev.weir.base.collect.Settings;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.sys.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a process that leaves root keeps being allowed to do: what {@code setcap} names, what its own lines need, and
 * always binding low ports, so that a reload can. Stateless.
 */
final class Privileges {

    private Privileges() {}

    /** As bits for {@link dev.weir.net.sys.Credentials#become}. */
    static int bits(Configuration configuration) {
        int bits = 0;
        for (Capability each : of(configuration)) {
            bits |= each.bit();
        }
        return bits;
    }

    static Set<Capability> of(Configuration configuration) {
        Set<Capability> kept = EnumSet.of(Capability.CAP_NET_BIND_SERVICE);
        String named = configuration.global().get(GlobalSpec.SETCAP);
        for (String name : named == null ? new String[0] : named.split(",")) {
            kept.add(Capability.of(name));
        }
        for (ProxySpec proxy : configuration.proxies()) {
            Settings settings = proxy.settings();
            if (settings.get(ProxySpec.USESRC) != null || settings.get(ProxySpec.SOURCE_INTERFACE) != null) {
                kept.add(Capability.CAP_NET_RAW);
            }
            proxy.binds().forEach(bind -> addFor(bind.settings(), kept));
            for (ServerSpec server : proxy.servers()) {
                addForServer(server.settings(), kept);
            }
        }
        return kept;
    }

    private static void addFor(Settings bind, Set<Capability> kept) {
        if (bind.get(BindSpec.TRANSPARENT) || bind.get(BindSpec.INTERFACE) != null) {
            kept.add(Capability.CAP_NET_RAW);
        }
        if (bind.get(BindSpec.NAMESPACE) != null) {
            kept.add(Capability.CAP_SYS_ADMIN);
        }
    }

    private static void addForServer(Settings server, Set<Capability> kept) {
        if (server.get(ServerSpec.USESRC) != null || server.get(ServerSpec.SOURCE_INTERFACE) != null) {
            kept.add(Capability.CAP_NET_RAW);
        }
        if (server.get(ServerSpec.NAMESPACE) != null) {
            kept.add(Capability.CAP_SYS_ADMIN);
        }
    }
}
