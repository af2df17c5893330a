package dev.weir.upkeep.check;

import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.upkeep.check.CheckStep.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Does what an agent says in its line: weight, limit, administrative state, up or down (configuration.txt 5.2,
 * {@code agent-check}). Owned by the Conductor.
 */
final class AgentAnswer implements CheckStep {

    private static final int FULL_WEIGHT = 256;

    private final ServerChanges changes;
    private final Backend backend;
    private final Server server;

    private AgentAnswer(ServerChanges changes, Backend backend, Server server) {
        this.changes = changes;
        this.backend = backend;
        this.server = server;
    }

    /** @param question what is sent to the agent first, or null */
    static CheckProgram program(ServerChanges changes, Backend backend, Server server, String question) {
        List<CheckStep> steps = new ArrayList<>();
        steps.add(new ConnectStep(true, false, 0, null, null, false, false, null, false, null, null));
        if (question != null) {
            steps.add(SendStep.of(question.getBytes(StandardCharsets.ISO_8859_1), null));
        }
        steps.add(new AgentAnswer(changes, backend, server));
        return new CheckProgram(CheckProgram.Kind.AGENT, List.copyOf(steps), false);
    }

    @Override
    public Progress run(CheckRun run) {
        if (run.isEmpty() && run.hasEnded()) {
            return run.over(CheckResult.of(CheckStatus.L7_RESPONSE, "TCPCHK got an empty response at step "
                    + run.number()));
        }
        int end = 0;
        while (end < run.length() && run.bytes()[end] != '\r' && run.bytes()[end] != '\n') {
            end++;
        }
        if (end == run.length()) {
            return run.isComplete() ? run.over(CheckResult.of(CheckStatus.L7_TIMEOUT,
                    "Ignoring incomplete line from agent")) : Progress.WAIT;
        }
        return run.over(obey(new String(run.bytes(), 0, end, StandardCharsets.ISO_8859_1)));
    }

    /** The words of one line, as far as they can be understood. */
    private static final class Orders {

        private String weight;
        private String maxconn;
        private String state;
        private String health;
        private String wrong;

        void take(String word) {
            String lower = word.toLowerCase(java.util.Locale.ROOT);
            switch (lower) {
                case "ready", "drain", "maint" -> state = lower;
                case "up", "down", "fail", "stopped" -> health = word;
                default -> {
                    if (lower.startsWith("weight:") && weightOf(word.substring(7), 1) >= 0) {
                        weight = word.substring(7);
                    } else if (word.endsWith("%") && weightOf(word, 1) >= 0) {
                        weight = word;
                    } else if (lower.startsWith("maxconn:")) {
                        maxconn = word.substring(8);
                    } else if (wrong == null) {
                        wrong = word;
                    }
                }
            }
        }
    }

    /** The weight that a word asks for, -1 when it is none. */
    private static int weightOf(String word, int initial) {
        boolean relative = word.endsWith("%");
        int number = number(relative ? word.substring(0, word.length() - 1) : word);
        if (number < 0 || !relative && number > FULL_WEIGHT) {
            return -1;
        }
        return relative ? (int) Math.min(FULL_WEIGHT, (long) initial * number / 100) : number;
    }

    private static int number(String text) {
        int number = text.isEmpty() || text.length() > 9 ? -1 : 0;
        for (int i = 0; i < text.length() && number >= 0; i++) {
            int digit = text.charAt(i) - '0';
            number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
        }
        return number;
    }

    private CheckResult obey(String line) {
        int sharp = line.indexOf('#');
        String description = sharp < 0 ? "" : line.substring(sharp + 1).strip();
        Orders orders = new Orders();
        StringTokenizer words = new StringTokenizer(sharp < 0 ? line : line.substring(0, sharp), " \t,");
        while (words.hasMoreTokens()) {
            orders.take(words.nextToken());
        }
        if (orders.weight != null) {
            changes.weigh(backend, server, weightOf(orders.weight, server.spec().weight()));
        }
        if (orders.maxconn != null && number(orders.maxconn) >= 0) {
            server.maxconn(number(orders.maxconn));
            backend.serverChanged(server);
        }
        if (orders.state != null) {
            administer(orders.state);
        }
        if (orders.health != null) {
            boolean up = orders.health.equalsIgnoreCase("up");
            return CheckResult.of(up ? CheckStatus.L7_OK : CheckStatus.L7_STATUS, "via agent : " + orders.health
                    + (description.isEmpty() ? "" : " (" + description + ")"));
        }
        return CheckResult.of(CheckStatus.CHECKED,
                orders.wrong == null ? "" : "agent reports an error : " + orders.wrong);
    }

    private void administer(String state) {
        switch (state) {
            case "ready" -> changes.ready(backend, server);
            case "drain" -> changes.drain(backend, server);
            default -> changes.maintain(backend, server);
        }
    }
}
