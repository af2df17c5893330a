package dev.weir.admin.stats;

import java.util.LinkedHashSet;
import java.util.Set;

/** The columns of modules on the statistics page ({@code stats show-modules}). Stateless. */
final class PageModules {

    private PageModules() {}

    private static Set<String> modules() {
        Set<String> modules = new LinkedHashSet<>();
        for (ModuleColumn column : ModuleColumn.values()) {
            modules.add(column.module());
        }
        return modules;
    }

    static String group() {
        return "<th colspan=" + modules().size() + ">Extra modules</th>";
    }

    static String titles() {
        StringBuilder out = new StringBuilder();
        modules().forEach(each -> out.append("<th>").append(each).append("</th>"));
        return out.toString();
    }

    /** A cell for each module, the numbers as a tip, before the end of the row that was written last. */
    static void write(StringBuilder out, StatsRow row) {
        StringBuilder cells = new StringBuilder();
        for (String module : modules()) {
            StringBuilder lines = new StringBuilder();
            for (ModuleColumn column : ModuleColumn.values()) {
                if (column.module().equals(module) && row.module(column) != StatsRow.ABSENT) {
                    lines.append("<tr><th>").append(column.description()).append("</th><td>").append(row.module(column))
                            .append("</td></tr>");
                }
            }
            cells.append(lines.isEmpty() ? "<td></td>" : "<td><u>" + module + "<div class=tips><table class=det>" + lines
                    + "</table></div></u></td>");
        }
        out.insert(out.lastIndexOf("</tr>"), cells);
    }
}
