package dev.weir.upkeep.peers;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.tls.TlsServerEnd;
import java.util.List;

/**
 * A {@code peers} section as parsed (configuration manual 11.2). Immutable.
 *
 * @param local our own name
 * @param shards how many parts the keys are spread over, 0 for none
 * @param binds where we listen
 * @param peers all of them, ourselves included
 */
public record PeersSpec(String name, String local, boolean disabled, int shards, List<BindSpec> binds,
        List<ServerSpec> peers, Place place) {

    /** Whether a section says the same, wherever it stands. */
    boolean sameAs(PeersSpec other) {
        if (!name.equals(other.name) || !local.equals(other.local) || disabled != other.disabled || shards != other.shards
                || peers.size() != other.peers.size()) {
            return false;
        }
        for (int i = 0; i < peers.size(); i++) {
            ServerSpec one = peers.get(i);
            ServerSpec two = other.peers.get(i);
            if (!one.name().equals(two.name()) || !one.address().equals(two.address())
                    || !sameLine(one.settings(), two.settings())) {
                return false;
            }
        }
        return true;
    }

    /** Whether connections are opened the same way. */
    private static boolean sameLine(Settings one, Settings two) {
        return one.same(two, ServerSpec.SHARD) && one.same(two, ServerSpec.SOURCE) && one.same(two, ServerSpec.SSL)
                && one.same(two, ServerSpec.SEND_PROXY) && one.same(two, ServerSpec.SOCKS4)
                && sameEncryption(one.get(ServerSpec.TLS), two.get(ServerSpec.TLS));
    }

    private static boolean sameEncryption(TlsServerEnd one, TlsServerEnd two) {
        return one == two || one != null && two != null && one.isAlike(two);
    }

    /** Ourselves, or null when none has our name. */
    public ServerSpec own() {
        for (ServerSpec peer : peers) {
            if (peer.name().equals(local)) {
                return peer;
            }
        }
        return null;
    }
}
