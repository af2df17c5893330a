package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.flow.drive.Errand;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.mux.PoolKey;
import io.netty.buffer.ByteBuf;

/**
 * The way over connections that traffic has ({@code check-reuse-pool}): the request of a check is an errand of a worker, whose
 * news are told to the Conductor. Owned by the Conductor.
 */
final class PooledLine implements CheckLine, Errand.Told {

    private final CheckKit kit;
    private final CheckConnection.Owner owner;
    private final Errand errand;
    private boolean securing;
    private boolean over;

    PooledLine(CheckKit kit, CheckConnection.Owner owner, Backend backend, Server server, String name) {
        this.kit = kit;
        this.owner = owner;
        Settings settings = server.spec().settings();
        String said = settings.get(ServerSpec.CHECK_POOL_NAME);
        String key = said != null ? said : server.tls() != null || server.isReversed() ? name : null;
        String reuse = backend.spec().settings().get(ProxySpec.HTTP_REUSE);
        boolean reuses = server.isReversed() || reuse.equals("always") || reuse.equals("aggressive");
        errand = new Errand(kit.places(), server, new Errand.Terms(PoolKey.of(server.idleShare(),
                server.dialer().source().address(), key), name, kit.peers().apply(backend.spec().settings()), reuses,
                !reuse.equals("never")), kit.bufferSize(), this);
        errand.begin();
    }

    /** Whether the checks of a server go this way, by its line and the step. */
    static boolean isFor(Server server, CheckProgram program, ConnectStep step) {
        Settings settings = server.spec().settings();
        if (program.kind() != CheckProgram.Kind.HTTP || !step.implied()) {
            return false;
        } else if (server.isReversed()) {
            return true;
        }
        return settings.get(ServerSpec.CHECK_REUSE_POOL) && isUsual(server) && !saysHow(settings);
    }

    /** Whether connections of traffic are such that checks may have them: they all go there, and begin alike. */
    private static boolean isUsual(Server server) {
        Address to = server.address();
        boolean some = !to.family().isIp() || to.low() != 0 || to.high() != 0;
        return some && server.portMapping() == ServerSpec.PortMapping.FIXED && server.socks4() == null
                && server.sendProxy() == ServerSpec.SendProxy.NONE && server.dialer().source().isOurs();
    }

    /** Whether the server's line says something of how checks connect. */
    private static boolean saysHow(Settings settings) {
        for (Phrase other : settings.get(ServerSpec.OTHER_OPTIONS)) {
            if (other.words().getFirst().equals("check-alpn")) {
                return true;
            }
        }
        return settings.get(ServerSpec.CHECK_ADDR) != null || settings.get(ServerSpec.CHECK_PORT) > 0
                || settings.get(ServerSpec.CHECK_PROTO) != null || settings.get(ServerSpec.CHECK_SEND_PROXY)
                || settings.get(ServerSpec.CHECK_VIA_SOCKS4)
                || settings.get(ServerSpec.CHECK_SSL) && !settings.get(ServerSpec.SSL);
    }

    @Override
    public void write(byte[] bytes) {
        errand.ask(bytes);
    }

    @Override
    public void flush() {
        // a request leaves as a whole
    }

    @Override
    public void end() {
        over = true;
        errand.leave();
    }

    @Override
    public boolean isSecuring() {
        return securing;
    }

    private void tell(Runnable news) {
        kit.conductor().execute(() -> {
            if (!over) {
                news.run();
            }
        });
    }

    @Override
    public void connected() {
        tell(() -> {
            securing = false;
            owner.connected();
        });
    }

    @Override
    public void securing() {
        tell(() -> securing = true);
    }

    @Override
    public void failed(boolean ofOurs, String why) {
        tell(() -> owner.failed(ofOurs, why));
    }

    @Override
    public void refused(String why) {
        tell(() -> owner.refused(why));
    }

    @Override
    public void received(ByteBuf bytes) {
        kit.conductor().execute(() -> {
            if (over) {
                bytes.release();
            } else {
                owner.received(bytes);
            }
        });
    }

    @Override
    public void ended() {
        tell(owner::ended);
    }

    @Override
    public void broken() {
        tell(owner::broken);
    }
}
