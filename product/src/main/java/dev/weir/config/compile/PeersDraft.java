package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.BindSpec;
import dev.weir.upkeep.peers.PeersSpec;
import java.util.ArrayList;
import java.util.List;

/** A {@code peers} section while it is read: a proxy of its own kind that nobody else sees. Boot's thread. */
public final class PeersDraft {

    final ProxyDraft proxy;
    private final String local;
    private final Settings bindDefaults = new Settings();
    private int shards;
    private boolean disabled;
    private Place firstPeer;
    private Place firstBind;
    private ServerDraft own;

    PeersDraft(String name, String local, Place place) {
        proxy = new ProxyDraft(Section.PEERS, name, null, place);
        this.local = local;
    }

    public boolean isLocal(String name) {
        return name.equals(local);
    }

    public Settings bindDefaults() {
        return bindDefaults;
    }

    public void shards(int count) {
        shards = count;
    }

    public void disabled(boolean now) {
        disabled = now;
    }

    /** Where the first line of the old kind stands, or null. */
    public Place firstPeer() {
        return firstPeer;
    }

    public void firstPeer(Place place) {
        firstPeer = firstPeer == null ? place : firstPeer;
    }

    /** Where we listen, if a {@code bind} line says so, or null. */
    public Place firstBind() {
        return firstBind;
    }

    public void firstBind(Place place) {
        firstBind = place;
    }

    /** The line about ourselves, or null. */
    public ServerDraft own() {
        return own;
    }

    public void own(ServerDraft ourselves) {
        own = ourselves;
    }

    PeersSpec spec(List<BindSpec> binds, List<ServerSpec> servers) {
        List<ServerSpec> peers = new ArrayList<>();
        for (ServerSpec peer : servers) {
            boolean listening = peer.name().equals(local) && firstBind != null && !binds.isEmpty();
            peers.add(!listening ? peer : new ServerSpec(peer.id(), peer.name(), null, binds.getFirst().address(),
                    peer.settings(), peer.place()));
        }
        return new PeersSpec(proxy.name(), local, disabled || proxy.settings().get(ProxySpec.DISABLED), shards, binds,
                List.copyOf(peers), proxy.place());
    }
}
