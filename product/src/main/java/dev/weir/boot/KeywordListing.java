package dev.weir.boot;

import dev.weir.admin.cli.Command;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Section;
import dev.weir.config.compile.Vocabulary;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.AclKeywords;
import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Point;
import dev.weir.flow.expr.Signature;
import dev.weir.keyword.action.Actions;
import dev.weir.keyword.command.Commands;
import dev.weir.keyword.directive.Directives;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What {@code -dK} prints: the keywords of each class, from the tables that the parsers use. Owner: boot's thread. */
final class KeywordListing {

    private static final String[] FILTERS = {"bwlim-in [BWLIM]", "bwlim-out [BWLIM]", "cache [CACHE]", "comp-req [COMP]",
        "comp-res [COMP]", "compression [COMP]", "trace [TRACE]"};

    /** A class of keywords: its purpose, its title, its lines. */
    private record Kind(String purpose, String title, Consumer<StringBuilder> lines) {}

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final dev.weir.flow.expr.Vocabulary expressions;

    KeywordListing(dev.weir.flow.expr.Vocabulary expressions, Iterable<String> services) {
        this.expressions = expressions;
        kinds.put("acl", new Kind("ACL keywords", "ACL keywords", KeywordListing::acls));
        kinds.put("cfg", new Kind("configuration keywords", "configuration keywords", KeywordListing::directives));
        kinds.put("cli", new Kind("CLI keywords", "CLI keywords", KeywordListing::commands));
        kinds.put("cnv", new Kind("sample converter keywords", "sample converter functions", this::converters));
        kinds.put("flt", new Kind("filter names", "filter names", out -> lines(out, List.of(FILTERS))));
        kinds.put("smp", new Kind("sample fetch functions", "sample fetch functions", this::fetches));
        kinds.put("svc", new Kind("service names", "service names", out -> lines(out, services)));
    }

    /** The classes named, separated by commas; {@code all} and {@code help} too. Unknown ones print nothing, as in HAProxy. */
    String of(String wanted) {
        StringBuilder out = new StringBuilder();
        for (String name : wanted.split(",")) {
            switch (name) {
                case "help" -> help(out);
                case "all" -> kinds.values().forEach(kind -> list(out, kind));
                default -> {
                    if (kinds.containsKey(name)) {
                        list(out, kinds.get(name));
                    }
                }
            }
        }
        return out.toString();
    }

    private void help(StringBuilder out) {
        out.append("# List of supported keyword classes:\nall: list all keywords\n");
        kinds.forEach((name, kind) -> out.append(name).append(": ").append(kind.purpose()).append('\n'));
    }

    private static void list(StringBuilder out, Kind kind) {
        out.append("# List of registered ").append(kind.title()).append(":\n");
        kind.lines().accept(out);
    }

    private static void lines(StringBuilder out, Iterable<String> names) {
        names.forEach(name -> out.append(name).append('\n'));
    }

    private static void acls(StringBuilder out) {
        new TreeMap<>(AclKeywords.meanings()).forEach((name, meaning) -> out.append(name).append(" = ").append(meaning)
                .append('\n'));
    }

    private static void directives(StringBuilder out) {
        Vocabulary vocabulary = Directives.vocabulary();
        for (Section section : Section.values()) {
            List<String> names = new ArrayList<>();
            for (Keyword keyword : vocabulary.keywords(section)) {
                if (keyword.status() != Keyword.Status.REMOVED && keyword.status() != Keyword.Status.HEAD) {
                    names.add(keyword.name());
                }
            }
            if (!names.isEmpty()) {
                out.append(section.word()).append('\n');
                new TreeSet<>(names).forEach(name -> out.append('\t').append(name).append('\n'));
            }
        }
        Directives.bindOptions().forEach(option -> out.append("\tbind <addr> ").append(option).append('\n'));
        Directives.serverOptions().forEach(option -> out.append("\tserver <name> <addr> ").append(option).append('\n'));
        actions(out);
    }

    private static void actions(StringBuilder out) {
        TreeSet<String> all = new TreeSet<>();
        for (ActionKeyword action : Actions.vocabulary().all()) {
            for (RuleKind kind : action.kinds()) {
                all.add(kind.text() + " " + action.name());
            }
        }
        all.forEach(name -> out.append('\t').append(name).append('\n'));
    }

    private static void commands(StringBuilder out) {
        Map<String, String> lines = new TreeMap<>();
        Commands.master(null).all().forEach(command -> lines.put(command.name(), "[MASTER] "));
        for (Command command : Commands.table(null).all()) {
            lines.put(command.name(), lines.getOrDefault(command.name(), "") + "[WORKER] " + switch (command.gate()) {
                case EXPERT -> "[EXPERT] ";
                case EXPERIMENTAL -> "[EXPERIM] ";
                case OPEN -> "";
            });
        }
        lines.forEach((name, where) -> out.append(name).append(' ').append(where).append('\n'));
    }

    private void converters(StringBuilder out) {
        for (ConverterKeyword each : new TreeMap<>(expressions.converters()).values()) {
            out.append(each.name());
            arguments(out, each.signature());
            out.append(": ").append(each.output().text()).append(" => ").append(each.input().text()).append('\n');
        }
    }

    private void fetches(StringBuilder out) {
        head(out);
        for (FetchKeyword each : new TreeMap<>(expressions.fetches()).values()) {
            out.append("[ ");
            for (Point point : Point.values()) {
                out.append(each.existsAt(point) ? "Y " : ". ");
            }
            out.append("] ").append(each.name());
            arguments(out, each.signature());
            out.append(": ").append(each.type().text()).append('\n');
        }
    }

    /** A stair of lines, one for each column of the matrix below. */
    private static void head(StringBuilder out) {
        Point[] points = Point.values();
        for (int i = 0; i < points.length; i++) {
            out.append('#').repeat(' ', points.length + 1 - i).repeat("/ ", i).append("_.").repeat('-', points.length - i)
                    .append(' ').append(points[i].text()).append('\n');
        }
        out.append("# ").repeat("/ ", points.length).append(" \n");
        out.append("# ").repeat("| ", points.length).append('\n');
    }

    private static void arguments(StringBuilder out, Signature signature) {
        ArgumentKind[] kinds = signature.kinds();
        if (kinds.length == 0) {
            return;
        }
        out.append('(');
        for (int i = 0; i < kinds.length; i++) {
            out.append(i == signature.required() ? "[" : "").append(i == 0 ? "" : ",").append(kinds[i].text());
        }
        out.append(kinds.length > signature.required() ? "])" : ")");
    }
}
