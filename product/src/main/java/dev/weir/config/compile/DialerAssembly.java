package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostics;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.Buffers;
import dev.weir.net.sock.Dialer;
import dev.weir.net.sock.Dialer.Borrowed;
import dev.weir.net.sock.PortRange;
import dev.weir.net.sys.NetNamespace;

/** Makes the {@link Dialer} of a server: its own settings, and the backend's {@code source} where it has none. */
final class DialerAssembly {

    private final Diagnostics diagnostics;
    private final Buffers buffers;

    DialerAssembly(Settings global, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        buffers = new Buffers(global.get(GlobalSpec.RCVBUF_SERVER), global.get(GlobalSpec.SNDBUF_SERVER));
    }

    Dialer of(Settings proxy, ServerSpec spec) {
        Settings server = spec.settings();
        Dialer.KeepAlive keepAlive = proxy.get(ProxySpec.SRVTCPKA)
                ? new Dialer.KeepAlive(proxy.get(ProxySpec.SRVTCPKA_IDLE), proxy.get(ProxySpec.SRVTCPKA_INTVL),
                        proxy.get(ProxySpec.SRVTCPKA_CNT)) : null;
        Dialer.Source source = server.get(ServerSpec.SOURCE) != null
                ? source(server, ServerSpec.SOURCE, ServerSpec.USESRC, ServerSpec.USESRC_ADDRESS,
                        ServerSpec.SOURCE_INTERFACE)
                : source(proxy, ProxySpec.SOURCE, ProxySpec.USESRC, ProxySpec.USESRC_ADDRESS,
                        ProxySpec.SOURCE_INTERFACE);
        return new Dialer(source, server.get(ServerSpec.TCP_UT_MS), server.get(ServerSpec.TFO),
                server.get(ServerSpec.TCP_MD5SIG), namespace(spec), keepAlive, buffers);
    }

    private static Dialer.Source source(Settings settings, Setting<Address> address, Setting<String> usesrc,
            Setting<Address> foreign, Setting<String> device) {
        Address own = settings.get(address);
        if (own == null) {
            return Dialer.Source.ANY;
        }
        String word = settings.get(usesrc);
        Borrowed borrowed = switch (word) {
            case null -> Borrowed.NONE;
            case "client" -> Borrowed.CLIENT;
            case "clientip" -> Borrowed.CLIENT_IP;
            default -> settings.get(foreign) == null ? Borrowed.NONE : Borrowed.ADDRESS;
        };
        int last = address == ServerSpec.SOURCE ? settings.get(ServerSpec.SOURCE_PORT_LAST) : 0;
        PortRange ports = last > own.port() ? new PortRange(own.port(), last) : null;
        return new Dialer.Source(own, ports, borrowed, settings.get(foreign), settings.get(device));
    }

    private NetNamespace namespace(ServerSpec spec) {
        String name = spec.settings().get(ServerSpec.NAMESPACE);
        if (name == null || name.equals("*")) {
            return null;
        }
        NetNamespace namespace = NetNamespace.open(name);
        if (namespace == null) {
            diagnostics.alert(spec.place(), "Cannot open namespace '" + name + "'.");
        }
        return namespace;
    }
}
