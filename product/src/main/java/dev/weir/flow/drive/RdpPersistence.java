package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.expr.Expression;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.value.Sample;
import java.util.List;

/**
 * {@code persist rdp-cookie}: terminal servers name themselves in the cookie of RDP as {@code address.port.0000}, where address and
 * port are decimal numbers whose bytes stand the other way round. Immutable.
 */
public final class RdpPersistence {

    private static final long MOST_ADDRESS = 0xffff_ffffL;
    private static final int MOST_PORT = 0xffff;

    private final Expression cookie;
    private final Backend backend;

    public RdpPersistence(Expression cookie, Backend backend) {
        this.cookie = cookie;
        this.backend = backend;
    }

    /** The server that the first bytes name, if it serves or may be down, or null. */
    Server find(ExchangeContext context, boolean acceptsDown) {
        Sample sample = context.sample();
        if (!cookie.evaluate(context, sample)) {
            return null;
        }
        byte[] text = sample.bytes();
        int dot = dot(text, sample.at(), sample.end());
        int second = dot < 0 ? -1 : dot(text, dot + 1, sample.end());
        long host = number(text, sample.at(), dot, MOST_ADDRESS);
        long port = number(text, dot + 1, second, MOST_PORT);
        if (host < 0 || port < 0) {
            return null;
        }
        Address named = Address.ipv4(Integer.reverseBytes((int) host), Short.reverseBytes((short) port) & MOST_PORT);
        List<Server> servers = backend.servers();
        for (int i = 0; i < servers.size(); i++) {
            Server server = servers.get(i);
            if (server.address().equals(named) && (acceptsDown || server.state().isReachable())) {
                return server;
            }
        }
        return null;
    }

    private static int dot(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    /** -1 for what is no number up to the most. */
    private static long number(byte[] text, int from, int to, long most) {
        long value = to <= from ? -1 : 0;
        for (int i = from; value >= 0 && i < to; i++) {
            value = text[i] >= '0' && text[i] <= '9' ? value * 10 + text[i] - '0' : -1;
            value = value > most ? -1 : value;
        }
        return value;
    }
}
