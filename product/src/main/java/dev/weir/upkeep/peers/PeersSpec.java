package dev.weir.upkeep.peers;

import dev.weir.base.text.Place;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.BindSpec;
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
