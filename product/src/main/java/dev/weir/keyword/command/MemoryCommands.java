package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Rows;
import dev.weir.admin.cli.Text;
import dev.weir.config.rule.ProcessVariable;
import dev.weir.flow.cache.HttpCache;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.ProcessContext;
import dev.weir.flow.drive.RuleKit;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.VariableNames;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Workspace;
import dev.weir.upkeep.resolve.DnsCounter;
import dev.weir.upkeep.resolve.NameService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Commands that show what the process keeps: variables, counters of resolvers, libraries, memory. */
final class MemoryCommands {

    private static final int WORK_BYTES = 16_384;
    private static final int COUNTER_WIDTH = 13;

    private final Site site;
    private final Workspace workspace = new Workspace(WORK_BYTES);

    private MemoryCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        MemoryCommands own = new MemoryCommands(site);
        table.add(new Command("get var", Level.OPERATOR, "get var <name>",
                "retrieve contents of a process-wide variable", own::variable));
        table.add(new Command("set var", Level.OPERATOR, "set var <name> [fmt|expr] {<fmt>|<expr>}",
                "set variable from an expression/format", own::setVariable).behind(Command.Gate.EXPERIMENTAL));
        table.add(new Command("show resolvers", Level.USER, "show resolvers [id]",
                "dumps counters from all resolvers section and associated name servers", own::resolvers));
        table.add(new Command("show cache", Level.ADMIN, "show cache", "show cache status", call -> own.caches()));
        table.add(new Command("show libs", Level.OPERATOR, "show libs", "show loaded object files and libraries",
                call -> libraries()));
        table.add(new Command("show pools", Level.USER, "show pools",
                "report information about the memory pools usage", PoolText::of));
    }

    private Answer variable(Call call) {
        if (!call.has(2)) {
            return Text.error("Missing process-wide variable identifier.");
        }
        VariableNames.Parsed parsed = call.word(2).startsWith("proc.")
                ? site.world().variables().parse(call.word(2)) : null;
        VariableName name = parsed == null ? null : parsed.name();
        Sample value = new Sample();
        if (name == null || name.scope() != VariableScope.PROC || !isSet(name, value)) {
            return Text.error("Variable not found.");
        }
        SampleType type = value.type();
        String text = Casts.toText(value, workspace)
                ? new String(value.bytes(), value.at(), value.length(), StandardCharsets.UTF_8) : "";
        return Text.tightInfo(call.word(2) + ": type=" + type.text() + " value=<" + text + ">");
    }

    private Answer setVariable(Call call) {
        String name = call.word(2);
        if (!call.has(2)) {
            return Text.error("Missing process-wide variable identifier.");
        }
        if (!call.has(3)) {
            return Text.error("Missing either 'expr', 'fmt' or expression.");
        }
        String kind = call.has(4) ? call.word(3) : "expr";
        if (!kind.equals("expr") && !kind.equals("fmt")) {
            return Text.tightError("'set var': arg type must be either 'expr' or 'fmt' but got '" + kind + "'.");
        }
        if (name.indexOf('.') >= 0 && !name.startsWith("proc.")) {
            return Text.tightError("'set var': cannot set variable '" + name + "', only scope 'proc' is permitted here.");
        }
        try {
            ProcessVariable variable = site.now().configuration().rules()
                    .variable(name, call.word(call.has(4) ? 4 : 3), kind.equals("fmt"));
            variable.set(new ProcessContext(site.runtime().conductor(), kit()));
            return Text.NOTHING;
        } catch (ExpressionError e) {
            return Text.tightError(e.getMessage());
        }
    }

    /** The Conductor's; all proxies share it. */
    private RuleKit kit() {
        RuleKit[] kits = site.now().frontends().getFirst().program().ruleKits();
        return kits[kits.length - 1];
    }

    private boolean isSet(VariableName name, Sample out) {
        for (FrontendProgram program : site.now().frontends()) {
            // all proxies share the process's variables
            return program.program().ruleKits()[0].variables().get(name.number(), out);
        }
        return false;
    }

    private Answer caches() {
        StringBuilder out = new StringBuilder();
        for (HttpCache cache : site.now().configuration().rules().caches()) {
            cache.describe(out, site.runtime().conductor().nowMs());
        }
        return Text.dump(out);
    }

    private Answer resolvers(Call call) {
        List<NameService> shown = new ArrayList<>();
        for (NameService service : site.resolvers().get()) {
            if (!call.has(2) || service.spec().name().equals(call.word(2))) {
                shown.add(service);
            }
        }
        if (call.has(2) && shown.isEmpty()) {
            return Text.error("Can't find that resolvers section");
        }
        return new Rows<>("", shown, MemoryCommands::section);
    }

    private static void section(StringBuilder out, NameService service) {
        out.append("Resolvers section ").append(service.spec().name()).append('\n');
        for (int i = 0; i < service.spec().nameservers().size(); i++) {
            out.append(" nameserver ").append(service.spec().nameservers().get(i).name()).append(":\n");
            for (DnsCounter counter : DnsCounter.values()) {
                String name = (counter == DnsCounter.SEND_ERROR ? "snd_error" : counter.name().toLowerCase(Locale.ROOT))
                        + ":";
                out.append("  ").append(name).append(" ".repeat(COUNTER_WIDTH - name.length()))
                        .append(service.count(i, counter)).append('\n');
            }
        }
    }

    /** What the kernel says of the files that are mapped into the process, each once. */
    private static Answer libraries() {
        StringBuilder out = new StringBuilder();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                int path = line.indexOf('/');
                if (path > 0 && line.contains(" r-xp ")) {
                    int dash = line.indexOf('-');
                    long start = Long.parseUnsignedLong(line, 0, dash, 16);
                    long end = Long.parseUnsignedLong(line, dash + 1, line.indexOf(' '), 16);
                    out.append("0x").append(line, 0, dash).append("-0x").append(line, dash + 1, line.indexOf(' '))
                            .append(" (0x").append(Long.toHexString(end - start)).append(") ")
                            .append(line, path, line.length()).append('\n');
                }
            }
        } catch (IOException e) {
            return Text.error("Not supported on this system.");
        }
        return Text.dump(out);
    }

}
