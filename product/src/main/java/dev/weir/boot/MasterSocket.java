package dev.weir.boot;

import dev.weir.admin.cli.CliDoor;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.MasterCommands;
import dev.weir.admin.cli.Severity;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.ConfigurationReader;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.ReadingOptions;
import dev.weir.config.lang.ConditionFacts;
import dev.weir.config.lang.Conditions;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.SystemNames;
import dev.weir.keyword.command.Commands;
import dev.weir.keyword.directive.Directives;
import dev.weir.net.sock.BindSpec;
import java.util.List;
import java.util.Map;

/** The socket of {@code -S}: bound once, for the process's whole life. Used by the main thread. */
final class MasterSocket {

    private final Running running;
    private final Console console;
    private CommandSockets sockets;

    MasterSocket(Running running, Console console) {
        this.running = running;
        this.console = console;
    }

    /** @param argument the address, and options behind commas */
    boolean bind(String argument) {
        List<BindSpec> specs = read(argument);
        if (specs == null) {
            return false;
        }
        Settings global = running.generation().configuration().global();
        sockets = new CommandSockets(running.runtime(), global, specs, console, null);
        return sockets.bind(null) && sockets.publish();
    }

    /** As a {@code stats socket} line would be read, with other rights where nothing is said of them. */
    private List<BindSpec> read(String argument) {
        String[] words = argument.split(",");
        StringBuilder line = new StringBuilder("global\n stats socket '").append(words[0].replace("'", "'\\''"))
                .append("' level admin");
        for (int i = 1; i < words.length; i++) {
            line.append(" '").append(words[i].replace("'", "'\\''")).append('\'');
        }
        Environment variables = new Environment(Map.of());
        ConfigurationReader reader = new ConfigurationReader(Directives.vocabulary(), variables, new ReadingOptions(
                Conditions.evaluator(ConditionFacts.of(variables)), new SystemNames(), false, false, null));
        Configuration read = reader.read("-S", line.append('\n').toString());
        if (read == null) {
            console.print(reader.diagnostics());
            console.print(Diagnostic.Level.ALERT, "Cannot create the master's CLI");
        }
        return read == null ? null : read.global().get(GlobalSpec.STATS_SOCKETS);
    }

    void start() {
        MasterCommands commands = new MasterCommands(Commands.master(running.site()), running.commands(),
                running.runtime().identity().pid(), () -> running.site().reloads().failed() > 0);
        sockets.start((spec, terms) -> new CliDoor(running.runtime().conductor(), commands,
                Level.of(spec.settings().get(BindSpec.LEVEL)),
                Severity.Output.of(spec.settings().get(BindSpec.SEVERITY_OUTPUT)), terms));
    }

    /** As variables name it. */
    static String name(String argument) {
        String address = argument.split(",")[0];
        return address.startsWith("/") ? "unix@" + address : address;
    }
}
