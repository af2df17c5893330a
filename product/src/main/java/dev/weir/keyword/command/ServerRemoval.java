package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Severity;
import dev.weir.admin.cli.Terminal;
import dev.weir.admin.cli.Text;
import dev.weir.base.time.Timer;
import dev.weir.config.compile.DynamicTls;
import dev.weir.config.compile.Living;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;

/**
 * {@code del server}: takes a server out that nobody uses; with {@code drain} or {@code force}, additions of ours, sees to
 * it that nobody does. Drained means maintenance: what is under way ends by itself within the time given and is cut off
 * then. Goes on when its client leaves. Owned by the Conductor.
 */
final class ServerRemoval extends Timer implements Answer {

    private static final int LOOK_EVERY_MS = 20;
    private static final int CUT_MS = 2000;
    static final String NAMED =
            "This server cannot be removed at runtime due to other configuration elements pointing to it.";

    private final Site site;
    private final Terminal terminal;
    private final Backend backend;
    private final Server server;
    private long deadlineMs;
    private boolean cut;
    private boolean abandoned;
    private String failure;
    private boolean over;

    private ServerRemoval(Site site, Terminal terminal, Backend backend, Server server, long drainMs) {
        this.site = site;
        this.terminal = terminal;
        this.backend = backend;
        this.server = server;
        deadlineMs = site.nowMs() + drainMs;
    }

    /** Takes it out now, or says why not. */
    static Answer now(Site site, Backend backend, Server server) {
        String hindrance = hindrance(site, backend, server);
        if (hindrance != null) {
            return Text.tightError(hindrance);
        }
        remove(site, backend, server);
        return Text.tightInfo("Server deleted.");
    }

    /** Takes it out when what is under way has ended, or has had so long. */
    static Answer after(Site site, Terminal terminal, Backend backend, Server server, long drainMs) {
        if (isNamed(site, backend, server)) {
            return Text.tightError(NAMED);
        }
        site.changes().maintain(backend, server);
        site.checks().administered(server);
        ServerRemoval removal = new ServerRemoval(site, terminal, backend, server, drainMs);
        removal.look();
        return removal;
    }

    private void look() {
        IdleConnections.close(site, server);
        if (!backend.servers().contains(server)) {
            conclude("No such server.");
        } else if (hindrance(site, backend, server) == null) {
            remove(site, backend, server);
            conclude(null);
        } else if (!server.state().inMaintenance()) {
            conclude("Server has left maintenance meanwhile, it is not deleted.");
        } else if (site.nowMs() < deadlineMs) {
            site.runtime().conductor().arm(this, LOOK_EVERY_MS);
        } else if (!cut) {
            cut = true;
            deadlineMs = site.nowMs() + CUT_MS;
            site.changes().cutOff(server);
            site.runtime().conductor().arm(this, 1);
        } else {
            conclude("Server still has connections attached to it, cannot remove it.");
        }
    }

    private void conclude(String why) {
        failure = why;
        over = true;
    }

    @Override
    protected void fire(long nowMs) {
        look();
        if (over && !abandoned) {
            terminal.resume();
        }
    }

    @Override
    public Progress write(StringBuilder out, int atLeast) {
        if (!over) {
            return Progress.WAITING;
        }
        out.append(failure == null ? "Server deleted." : failure);
        return Progress.DONE;
    }

    @Override
    public Severity severity() {
        return failure == null ? Severity.INFO : Severity.ERR;
    }

    @Override
    public void abandoned() {
        abandoned = true;
    }

    /** Takes it out, which nothing hinders. */
    static void remove(Site site, Backend backend, Server server) {
        boolean wasUp = backend.isUp();
        site.checks().remove(server);
        site.resolvers().get().forEach(each -> each.forget(server));
        backend.leave(server);
        DynamicTls.forget(site.now().configuration().global(), server.spec());
        site.changes().reckon(backend, wasUp);
    }

    /** Why a server cannot be removed now, or null. */
    static String hindrance(Site site, Backend backend, Server server) {
        if (isNamed(site, backend, server)) {
            return NAMED;
        }
        if (!server.state().inMaintenance()) {
            return "Only servers in maintenance mode can be deleted.";
        }
        boolean used = server.served() > 0 || server.sessions().value() > 0 || server.queue().value() > 0
                || server.idleShare().total() > 0;
        return used ? "Server still has connections attached to it, cannot remove it." : null;
    }

    static boolean isNamed(Site site, Backend backend, Server server) {
        return References.toServer(site, backend, server)
                || server.spec().host() != null && server.spec().settings().get(ServerSpec.RESOLVERS) != null
                && Living.isOfFile(backend, server);
    }
}
