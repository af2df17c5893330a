package dev.weir.keyword.command;

import dev.weir.admin.cli.Mask;
import dev.weir.admin.cli.Terminal;
import dev.weir.base.address.Address;
import dev.weir.flow.drive.LiveExchange;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.proxy.ProxySpec;
import java.nio.charset.StandardCharsets;

/**
 * How {@code show sess} writes an exchange. The keys of HAProxy's internal state are kept for tools that cut lines at
 * them; what has no counterpart here reads 0 or nothing. On the worker of the exchange.
 */
final class ExchangeText {

    private ExchangeText() {}

    static void line(StringBuilder out, LiveExchange live, boolean uri, Terminal terminal) {
        Exchange exchange = live.exchange();
        out.append("0x").append(Long.toHexString(live.number())).append(": proto=")
                .append(protocol(exchange.clientAddress())).append(" src=")
                .append(Mask.host(terminal, exchange.clientAddress(), source(exchange)))
                .append(" fe=").append(Mask.shown(terminal, exchange.frontend().name())).append(" be=")
                .append(exchange.backend() == null ? "<NONE>" : Mask.shown(terminal, exchange.backend().name()))
                .append(" srv=")
                .append(exchange.server() == null ? "<none>" : Mask.shown(terminal, exchange.server().name()))
                .append(" ts=00 epoch=0 age=");
        duration(out, exchange.totalMs() / 1000);
        out.append(" calls=1 rate=0 cpu=0 lat=0 rq[f=0h,i=").append(exchange.bytesIn())
                .append(",an=00h,ax=] rp[f=0h,i=").append(exchange.bytesOut())
                .append(",an=00h,ax=] scf=[0,0h,fd=0/0,rex=,wex=] scb=[0,0h,fd=0/0,rex=,wex=] exp= rc=")
                .append(exchange.retries()).append(" c_exp=");
        if (uri && exchange.http() != null) {
            out.append(" uri=\"").append(new String(exchange.http().line(), exchange.http().targetAt(),
                    exchange.http().targetLength(), StandardCharsets.UTF_8)).append('"');
        }
        // what HAProxy does not know stands last, and only once there is something to tell apart
        out.append(live.generation() > 1 ? " gen=" + live.generation() : "").append('\n');
    }

    /** The session that asks, which is one of the frontend {@code GLOBAL}. */
    static String asking(Terminal terminal) {
        return "0x" + Integer.toHexString(System.identityHashCode(terminal)) + ": " + terminal.client()
                + " fe=GLOBAL be=<NONE> srv=<none> ts=00 epoch=0 age=0s calls=1 rate=0 cpu=0 lat=0"
                + " rq[f=0h,i=0,an=00h,ax=] rp[f=0h,i=0,an=00h,ax=] scf=[8,0h,fd=0/0,rex=10s,wex=]"
                + " scb=[8,1h,fd=0/-1,rex=,wex=] exp=10s rc=0 c_exp=\n";
    }

    static void whole(StringBuilder out, LiveExchange live) {
        Exchange exchange = live.exchange();
        out.append("0x").append(Long.toHexString(live.number())).append(": id=").append(live.number() >> 12)
                .append(" proto=").append(protocol(exchange.clientAddress())).append(" source=")
                .append(source(exchange)).append("\n  flags=0x0, conn_retries=").append(exchange.retries())
                .append(" waiting=").append(exchange.server() == null ? 1 : 0).append(" age=");
        duration(out, exchange.totalMs() / 1000);
        proxy(out.append("\n  frontend="), exchange.frontend().spec());
        out.append(", listener=").append(new String(exchange.entrance().nameBytes(), StandardCharsets.UTF_8))
                .append(" (id=").append(exchange.entrance().id()).append(") addr=")
                .append(exchange.frontendAddress());
        if (exchange.backend() == null) {
            out.append("\n  backend=<NONE> (id=-1 mode=-)");
        } else {
            proxy(out.append("\n  backend="), exchange.backend().spec());
            out.append(" addr=").append(exchange.outgoingAddress());
        }
        if (exchange.server() == null) {
            out.append("\n  server=<NONE> (id=-1)");
        } else {
            out.append("\n  server=").append(exchange.server().name()).append(" (id=").append(exchange.server().id())
                    .append(") addr=").append(exchange.serverAddress());
        }
        out.append("\n  req=(total=").append(exchange.bytesIn()).append(")\n  res=(total=")
                .append(exchange.bytesOut()).append(")\n");
    }

    private static void proxy(StringBuilder out, ProxySpec spec) {
        boolean http = spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        out.append(spec.name()).append(" (id=").append(spec.id()).append(" mode=").append(http ? "http" : "tcp")
                .append(')');
    }

    private static String protocol(Address address) {
        return switch (address.family()) {
            case IPV4 -> "tcpv4";
            case IPV6 -> "tcpv6";
            default -> "unix_stream";
        };
    }

    private static String source(Exchange exchange) {
        Address address = exchange.clientAddress();
        return address.family().isIp() ? address.host() + ":" + address.port() : "unix:" + exchange.entrance().id();
    }

    /** {@code 5s}, {@code 1m5s}, {@code 2h3m}, {@code 1d2h}. */
    private static void duration(StringBuilder out, long seconds) {
        if (seconds >= 86_400) {
            out.append(seconds / 86_400).append('d').append(seconds / 3600 % 24).append('h');
        } else if (seconds >= 3600) {
            out.append(seconds / 3600).append('h').append(seconds / 60 % 60).append('m');
        } else {
            out.append(seconds >= 60 ? seconds / 60 + "m" : "").append(seconds % 60).append('s');
        }
    }
}
