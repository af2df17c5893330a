package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Severity;
import dev.weir.admin.cli.Terminal;
import dev.weir.admin.cli.Text;
import dev.weir.config.lang.Numbers;
import java.util.List;

/** Commands about the session itself. */
final class SessionCommands {

    private static final String PROMPT_USAGE = """
            Usage: prompt [help | n | i | p | timed]*
              n      : non-interactive mode: the connection ends after the last command of the line
              i      : interactive mode without a prompt
              p      : interactive mode with a prompt
              timed  : show or hide the uptime in the prompt
            """;

    private final Site site;

    private SessionCommands(Site site) {
        this.site = site;
    }

    /** The master lists none of its sockets, as with HAProxy. */
    static void addMasterTo(List<Command> table) {
        addCommonTo(table);
        table.add(new Command("show cli sockets", Level.USER, "show cli sockets", "dump list of cli sockets",
                call -> Text.dump("")));
    }

    static void addTo(List<Command> table, Site site) {
        SessionCommands own = new SessionCommands(site);
        addCommonTo(table);
        table.add(new Command("show cli sockets", Level.USER, "show cli sockets", "dump list of cli sockets",
                call -> own.sockets()));
        table.add(new Command("set timeout", Level.USER, "set timeout [cli] <delay>", "change a timeout setting",
                SessionCommands::timeout));
        table.add(new Command("set severity-output", Level.USER, "set severity-output [none|number|string]",
                "set presence of severity level in feedback information", SessionCommands::severity));
    }

    /** Those that the master has too. */
    static void addCommonTo(List<Command> table) {
        table.add(new Command("prompt", Level.USER, null, null, SessionCommands::prompt));
        table.add(new Command("quit", Level.USER, null, null, SessionCommands::quit));
        table.add(new Command("echo", Level.USER, "echo <text>", "print the text back",
                call -> Text.info(call.rest(1))));
        table.add(new Command("user", Level.USER, "user", "lower the level of the current CLI session to user",
                call -> lower(call, Level.USER)));
        table.add(new Command("operator", Level.OPERATOR, "operator",
                "lower the level of the current CLI session to operator", call -> lower(call, Level.OPERATOR)));
        table.add(new Command("show cli level", Level.USER, "show cli level",
                "display the level of the current CLI session",
                call -> Text.info(call.terminal().level().word())));
        table.add(new Command("expert-mode", Level.ADMIN, null, null, call -> toggle(call, "expert-mode")));
        table.add(new Command("experimental-mode", Level.ADMIN, null, null,
                call -> toggle(call, "experimental-mode")));
    }

    private static Answer prompt(Call call) {
        Terminal terminal = call.terminal();
        if (!call.has(1)) {
            terminal.mode(terminal.mode() == Terminal.Mode.PROMPT ? Terminal.Mode.ONCE : Terminal.Mode.PROMPT);
            return Text.NOTHING;
        }
        for (String word : call.words().subList(1, call.words().size())) {
            switch (word) {
                case "n" -> terminal.mode(Terminal.Mode.ONCE);
                case "i" -> terminal.mode(Terminal.Mode.INTERACTIVE);
                case "p" -> terminal.mode(Terminal.Mode.PROMPT);
                case "timed" -> {
                    terminal.timed(!terminal.isTimed());
                    terminal.mode(Terminal.Mode.PROMPT);
                }
                default -> {
                    return Text.dump(PROMPT_USAGE);
                }
            }
        }
        return Text.NOTHING;
    }

    private static Answer quit(Call call) {
        call.terminal().quit();
        return Text.NOTHING;
    }

    private static Answer lower(Call call, Level level) {
        call.terminal().lower(level);
        return Text.NOTHING;
    }

    private Answer sockets() {
        StringBuilder out = new StringBuilder("# socket lvl processes\n");
        for (Site.Doors.Socket socket : site.doors().sockets()) {
            out.append(socket.name()).append(' ').append(socket.level()).append(" all\n");
        }
        return Text.dump(out);
    }

    private static Answer timeout(Call call) {
        if (!call.word(2).equals("cli")) {
            return Text.error("'set timeout' only supports 'cli'.");
        }
        if (!call.has(3)) {
            return Text.error("Expects an integer value.");
        }
        long ms = Numbers.time(call.word(3), Numbers.Unit.S, Numbers.Unit.MS);
        if (ms < 1) {
            return Text.error("Invalid timeout value.");
        }
        call.terminal().timeoutMs((int) ms);
        return Text.NOTHING;
    }

    private static Answer severity(Call call) {
        Severity.Output wanted = Severity.Output.of(call.word(2));
        if (wanted == null) {
            return Text.error("one of 'none', 'number', 'string' is a required argument");
        }
        call.terminal().severityOutput(wanted);
        return Text.NOTHING;
    }

    private static Answer toggle(Call call, String mode) {
        boolean expert = mode.equals("expert-mode");
        if (!call.has(1)) {
            boolean on = expert ? call.terminal().isExpert() : call.terminal().isExperimental();
            return Text.info(mode + " is " + (on ? "ON" : "OFF"));
        }
        boolean on = call.word(1).equals("on");
        if (expert) {
            call.terminal().expert(on);
        } else {
            call.terminal().experimental(on);
        }
        return Text.NOTHING;
    }
}
