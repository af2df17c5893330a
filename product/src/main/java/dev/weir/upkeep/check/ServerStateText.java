package dev.weir.upkeep.check;

import dev.weir.model.proxy.Backend;
import dev.weir.model.server.CheckView;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerState;

/** How a server is seen, in the words of the header {@code X-Haproxy-Server-State}. Stateless. */
final class ServerStateText {

    private ServerStateText() {}

    static String of(Backend backend, Server server, String node) {
        boolean ip = server.address().family().isIp();
        int all = 0;
        for (Server other : backend.servers()) {
            all += other.usable() ? other.state().weight() : 0;
        }
        int own = server.usable() ? server.state().weight() : 0;
        return word(server) + "; address=" + (ip ? server.address().host() : "unix") + "; port="
                + (ip ? Integer.toString(server.address().port()) : "unix") + "; name=" + server + "; node=" + node
                + "; weight=" + own + "/" + all + "; scur=" + server.sessions().value() + "/"
                + backend.sessions().value() + "; qcur=" + server.queue().value();
    }

    private static String word(Server server) {
        CheckView check = server.check();
        ServerState.Operation operation = server.state().operation();
        if (check == null) {
            return "no check";
        }
        if (operation == ServerState.Operation.STOPPED) {
            return check.health() > 0 ? "DOWN " + check.health() + "/" + check.rise() : "DOWN";
        }
        String up = operation == ServerState.Operation.STOPPING ? "NOLB" : "UP";
        boolean settled = check.health() >= check.rise() + check.fall() - 1;
        return settled ? up : up + " " + (check.health() - check.rise() + 1) + "/" + check.fall();
    }
}
