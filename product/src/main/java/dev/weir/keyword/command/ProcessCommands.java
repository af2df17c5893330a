package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Rows;
import dev.weir.admin.cli.Text;
import dev.weir.admin.stats.InfoField;
import dev.weir.admin.stats.TypedValues;
import dev.weir.config.lang.VersionNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands about the process. */
final class ProcessCommands {

    private final Site site;

    private ProcessCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        ProcessCommands own = new ProcessCommands(site);
        addCommonTo(table, site);
        table.add(new Command("show info", Level.USER, "show info [desc|json|typed|float]*",
                "report information about the running process", own::info));
    }

    /** Those that the master has too. */
    static void addCommonTo(List<Command> table, Site site) {
        ProcessCommands own = new ProcessCommands(site);
        table.add(new Command("show version", Level.USER, "show version", "show version of the current process",
                call -> Text.info(VersionNumbers.COMPATIBLE)));
        table.add(new Command("show env", Level.OPERATOR, "show env [var]",
                "dump environment variables known to the process", own::environment));
        table.add(new Command("show startup-logs", Level.OPERATOR, "show startup-logs",
                "report logs emitted during HAProxy startup",
                call -> Text.dump(site.story().startupMessages().get() + "\n")));
    }

    private Answer info(Call call) {
        List<String> words = call.words();
        List<InfoField> fields = ProcessInfo.of(site, site.nowMs());
        boolean exact = words.contains("float");
        boolean described = words.contains("desc");
        if (words.contains("json")) {
            return json(fields, exact);
        }
        boolean typed = words.contains("typed");
        return new Rows<>("", fields, (out, field) -> {
            if (typed) {
                out.append(field.id()).append('.').append(field.name()).append(".1:").append(field.tags()).append(':')
                        .append(field.type(exact)).append(':').append(field.value(exact));
            } else {
                out.append(field.name()).append(": ").append(field.value(exact));
            }
            if (described) {
                out.append(":\"").append(field.purpose()).append('"');
            }
            out.append('\n');
        });
    }

    private static Answer json(List<InfoField> fields, boolean exact) {
        StringBuilder out = new StringBuilder();
        for (InfoField field : fields) {
            out.append(out.isEmpty() ? "[{" : ",{");
            TypedValues.json(out, field.id(), field.name(), field.tags());
            if (field.text() != null) {
                TypedValues.jsonText(out, field.text());
            } else {
                TypedValues.jsonNumber(out, field.type(exact), field.value(exact));
            }
            out.append('}');
        }
        return Text.dump(out.append("]\n"));
    }

    private Answer environment(Call call) {
        Map<String, String> all = site.now().configuration().environment();
        if (call.has(2)) {
            String value = all.get(call.word(2));
            return value == null ? Text.error("Variable not found") : Text.dump(call.word(2) + "=" + value + "\n");
        }
        return new Rows<>("", new ArrayList<>(all.entrySet()),
                (out, each) -> out.append(each.getKey()).append('=').append(each.getValue()).append('\n'));
    }
}
