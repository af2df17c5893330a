package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Text;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerState.Operation;
import dev.weir.upkeep.check.ServerCheck;

/** What is done to the agent of a server. */
final class AgentCommands {

    private static final String OFF = "agent checks are not enabled on this server.";

    private final Site site;

    AgentCommands(Site site) {
        this.site = site;
    }

    Answer enable(Server server, boolean on) {
        ServerCheck agent = site.checks().agentOf(server);
        if (agent == null) {
            return on ? Text.error("Agent was not configured on this server, cannot enable.") : Text.NOTHING;
        }
        agent.enable(on);
        return Text.NOTHING;
    }

    /** As if the agent had said it. */
    Answer force(Backend backend, Server server, Call call) {
        ServerCheck agent = site.checks().agentOf(server);
        if (agent == null || !agent.isEnabled()) {
            return Text.error(OFF);
        }
        boolean up = call.word(4).equals("up");
        if (!up && !call.word(4).equals("down")) {
            return Text.error("'set server <srv> agent' expects 'up' or 'down'.");
        }
        force(backend, server, up);
        return Text.NOTHING;
    }

    void force(Backend backend, Server server, boolean up) {
        site.checks().agentOf(server).force(up);
        site.checks().force(backend, server, up ? Operation.RUNNING : Operation.STOPPED, ServerCommands.CHANGED);
    }

    /** What the agent is asked. */
    Answer question(Server server, Call call) {
        ServerCheck agent = site.checks().agentOf(server);
        if (agent == null || !agent.isEnabled()) {
            return Text.error(OFF);
        }
        agent.question(call.word(4));
        return Text.NOTHING;
    }
}
