package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Mask;
import dev.weir.admin.cli.Rows;
import dev.weir.admin.cli.Terminal;
import dev.weir.admin.cli.Text;
import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.CheckView;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import java.util.ArrayList;
import java.util.List;

/** Commands that show the state and the connections of servers, a line for each. */
final class ServerStateCommands {

    private static final String STATE_HEAD = "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state "
            + "srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health "
            + "srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl "
            + "srv_check_port srv_check_addr srv_agent_addr srv_agent_port\n";

    private static final int AGENT = 16;

    /** A server with its backend. */
    private record Placed(Terminal terminal, Backend backend, Server server) {}

    private final Site site;

    private ServerStateCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        ServerStateCommands own = new ServerStateCommands(site);
        table.add(new Command("show servers state", Level.USER, "show servers state [<backend>]",
                "dump volatile server information (all or for a single backend)",
                call -> own.dump(call, STATE_HEAD, own::state)));
        table.add(new Command("show servers conn", Level.USER, "show servers conn [<backend>]",
                "dump server connections status (all or for a single backend)",
                call -> own.dump(call, own.connectionsHead(), own::connections)));
    }

    private Answer dump(Call call, String head, java.util.function.BiConsumer<StringBuilder, Placed> row) {
        List<Placed> servers = new ArrayList<>();
        Backend only = call.has(3) ? Proxies.backend(site, call.word(3)) : null;
        if (call.has(3) && only == null) {
            return Text.error("Can't find backend.");
        }
        for (BackendProgram program : site.now().backends()) {
            if (only == null || program.backend() == only) {
                program.backend().servers().forEach(each -> servers.add(new Placed(call.terminal(), program.backend(), each)));
            }
        }
        return new Rows<>(head, servers, row);
    }

    private void state(StringBuilder out, Placed placed) {
        Server server = placed.server;
        ServerState state = server.state();
        CheckView check = server.check();
        CheckView agent = server.agent();
        Address address = server.address();
        out.append(placed.backend.id()).append(' ').append(Mask.shown(placed.terminal, placed.backend.name())).append(' ').append(server.id())
                .append(' ').append(Mask.shown(placed.terminal, server.name())).append(' ')
                .append(Mask.host(placed.terminal, address, host(address))).append(' ')
                .append(state.operation().ordinal()).append(' ').append(state.admin()).append(' ')
                .append(state.weight()).append(' ').append(server.spec().weight()).append(' ')
                .append((site.nowMs() - server.stateSinceMs()) / 1000).append(' ')
                .append(check == null ? "1 0 0 " + (paused(state) ? 8 : 0) : check(check, state)).append(' ')
                .append(agent == null ? 0 : AGENT | bits(agent)).append(" 0 0 ")
                .append(server.host() == null ? "-" : Mask.shown(placed.terminal, server.host())).append(' ').append(address.port())
                .append(' ').append(server.service() == null ? "-" : server.service()).append(' ')
                .append(server.spec().settings().get(ServerSpec.SSL) ? 1 : 0).append(' ')
                .append(check == null ? "0 -" : check.detail().port() + " " + host(check.detail().address()))
                .append(' ').append(agent == null ? "- 0" : host(agent.detail().address()) + " " + agent.detail().port())
                .append('\n');
    }

    private static String check(CheckView check, ServerState state) {
        CheckView.Detail detail = check.detail();
        int bits = bits(check) | (state.inMaintenance() && detail.enabled() ? 8 : 0);
        return detail.number() + " " + detail.result() + " " + check.health() + " " + bits;
    }

    /** Want of an address alone does not suspend checks that there are none of. */
    private static boolean paused(ServerState state) {
        return (state.admin() & (ServerState.Admin.FORCED_MAINTENANCE | ServerState.Admin.INHERITED_MAINTENANCE)) != 0;
    }

    private static int bits(CheckView check) {
        return 2 | (check.detail().running() ? 1 : 0) | (check.detail().enabled() ? 4 : 0);
    }

    private static String host(Address address) {
        if (address == null || address.family() == Family.NONE) {
            return "-";
        }
        return address.family().isIp() ? address.host() : address.path();
    }

    private String connectionsHead() {
        return "# bkname/svname bkid/svid addr port - purge_delay served used_cur used_max need_est idle_sess unsafe_nb "
                + "safe_nb idle_lim idle_cur idle_per_thr[" + site.runtime().workers().size() + "]\n";
    }

    private void connections(StringBuilder out, Placed placed) {
        Server server = placed.server;
        int idle = server.idleShare().total();
        int most = server.sessions().max();
        out.append(Mask.shown(placed.terminal, placed.backend.name())).append('/')
                .append(Mask.shown(placed.terminal, server.name())).append(' ').append(placed.backend.id())
                .append('/').append(server.id()).append(' ')
                .append(Mask.host(placed.terminal, server.address(), host(server.address()))).append(' ')
                .append(server.address().port()).append(" - ")
                .append(server.spec().settings().get(ServerSpec.POOL_PURGE_MS)).append(' ').append(server.served()).append(' ')
                .append(server.sessions().value()).append(' ').append(most).append(' ').append(most).append(" 0 0 ")
                .append(idle).append(" -1 ").append(idle);
        for (int i = 0; i < site.runtime().workers().size(); i++) {
            out.append(' ').append(server.idleShare().of(i));
        }
        out.append('\n');
    }
}
