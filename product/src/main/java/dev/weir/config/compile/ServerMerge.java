package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.model.server.ServerState.Admin;
import dev.weir.model.server.ServerState.Operation;
import dev.weir.net.sock.Dialer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Brings a living server under its line in another configuration. Three-way, per setting: base is what its line said
 * before, mine what commands, agents and names have made of it, theirs what the line says now. Mine stays if base and
 * theirs are the same. On the Conductor's thread.
 */
final class ServerMerge {

    /** Settings that say where and how connections are made: idle ones made before are of no use any more. */
    private static final List<Setting<?>> WAY = List.of(ServerSpec.SEND_PROXY, ServerSpec.SOCKS4, ServerSpec.SOURCE,
            ServerSpec.USESRC, ServerSpec.SOURCE_INTERFACE, ServerSpec.NAMESPACE, ServerSpec.SSL,
            ServerSpec.PROXY_V2_OPTIONS, ServerSpec.PROXY_TLVS, ServerSpec.OTHER_OPTIONS);

    /** Settings that say how it is checked: its health begins anew. Intervals may change on the way. */
    private static final List<Setting<?>> HEALTH = List.of(ServerSpec.CHECK, ServerSpec.RISE, ServerSpec.FALL,
            ServerSpec.CHECK_ADDR, ServerSpec.CHECK_PORT, ServerSpec.CHECK_SEND_PROXY, ServerSpec.CHECK_VIA_SOCKS4,
            ServerSpec.CHECK_REUSE_POOL, ServerSpec.CHECK_POOL_NAME,
            ServerSpec.TRACK, ServerSpec.AGENT_CHECK, ServerSpec.AGENT_PORT, ServerSpec.AGENT_ADDR,
            ServerSpec.AGENT_SEND, ServerSpec.HEALTHCHECK, ServerSpec.INIT_STATE, ServerSpec.OTHER_OPTIONS);

    private final Server server;
    private final ServerSpec base;
    private final ServerSpec theirs;
    private final long nowMs;
    private boolean elsewhere;
    private boolean begunAnew;

    ServerMerge(Server server, ServerSpec theirs, long nowMs) {
        this.server = server;
        this.base = server.spec();
        this.theirs = theirs;
        this.nowMs = nowMs;
    }

    /** @param found what the line's address or name is now */
    void apply(Address found, Dialer dialer) {
        boolean moved = mergeAddress(found);
        elsewhere = moved || differ(WAY);
        begunAnew = moved || differ(HEALTH);
        mergeLimits();
        ServerState merged = mergeWeight(mergeMaintenance(server.state()));
        if (begunAnew && !merged.inMaintenance()) {
            merged = merged.withOperation(Operation.RUNNING).withSlowstart(100);
        }
        server.adopt(theirs, dialer);
        server.publish(merged, nowMs);
    }

    /** Whether connections to it lead somewhere else now. */
    boolean isElsewhere() {
        return elsewhere;
    }

    /** Whether what checks said of it before says nothing any more. */
    boolean isBegunAnew() {
        return begunAnew;
    }

    private boolean mergeAddress(Address found) {
        boolean sameLine = Objects.equals(base.host(), theirs.host()) && base.address().equals(theirs.address())
                && base.settings().same(theirs.settings(), ServerSpec.PORT_MAPPING);
        boolean followed = theirs.host() != null && theirs.settings().get(ServerSpec.RESOLVERS) != null;
        boolean sameFinding = followed || found.family() == Family.NONE || found.equals(server.givenAddress());
        Address given = found.family() == Family.NONE ? server.givenAddress() : found;
        server.givenAddress(given);
        if (sameLine && sameFinding) {
            return false;
        }
        Address before = server.address();
        boolean onlyPort = followed && Objects.equals(base.host(), theirs.host());
        server.address(onlyPort ? before.withPort(theirs.address().port()) : found);
        server.host(theirs.isService() ? null : theirs.host());
        server.rank(0);
        server.portMapping(theirs.settings().get(ServerSpec.PORT_MAPPING));
        return !server.address().equals(before);
    }

    private void mergeLimits() {
        Settings old = base.settings();
        Settings next = theirs.settings();
        if (!old.same(next, ServerSpec.MAXCONN) || !old.same(next, ServerSpec.MINCONN)) {
            server.limits(next.get(ServerSpec.MAXCONN), next.get(ServerSpec.MINCONN));
        }
    }

    private ServerState mergeWeight(ServerState mine) {
        return base.weight() == theirs.weight() ? mine : mine.withWeight(theirs.weight());
    }

    private ServerState mergeMaintenance(ServerState mine) {
        boolean disabled = theirs.settings().get(ServerSpec.DISABLED);
        int forced = Admin.FORCED_MAINTENANCE | Admin.CONFIGURED_MAINTENANCE;
        int bits = mine.admin();
        if (base.settings().get(ServerSpec.DISABLED) != disabled) {
            bits = disabled ? bits & ~Admin.DRAIN | forced : bits & ~forced;
        }
        boolean nowhere = theirs.host() != null && server.address().family() == Family.NONE;
        bits = nowhere ? bits | Admin.RESOLUTION_MAINTENANCE : bits & ~Admin.RESOLUTION_MAINTENANCE;
        ServerState next = mine.withAdmin(bits);
        if (next.inMaintenance() == mine.inMaintenance()) {
            return next;
        }
        begunAnew = true;
        return next.withOperation(next.inMaintenance() ? Operation.STOPPED : Operation.RUNNING).withSlowstart(100);
    }

    private boolean differ(List<Setting<?>> which) {
        for (Setting<?> each : which) {
            if (!Objects.equals(words(base.settings().get(each)), words(theirs.settings().get(each)))) {
                return true;
            }
        }
        return false;
    }

    /** Lines move about in files: what they say counts, not where they stand. */
    static Object words(Object value) {
        if (value instanceof Phrase phrase) {
            return phrase.words();
        }
        if (!(value instanceof List<?> list)) {
            return value;
        }
        List<Object> all = new ArrayList<>();
        list.forEach(each -> all.add(words(each)));
        return all;
    }
}
