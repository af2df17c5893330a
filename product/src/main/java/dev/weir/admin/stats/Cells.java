package dev.weir.admin.stats;

/** Writes the cells of the page's tables: numbers, limits, and what shows under the pointer. One per page. */
final class Cells {

    private final StringBuilder out;
    private StatsRow row;

    Cells(StringBuilder out) {
        this.out = out;
    }

    /** From here on values are this row's. */
    Cells of(StatsRow next) {
        row = next;
        return this;
    }

    boolean has(Metric metric) {
        return metric.isFor(row.kind()) && row.has(metric);
    }

    /** 0 for what there is not. */
    long value(Metric metric) {
        return has(metric) ? row.number(metric) : 0;
    }

    /** Empty for what there is not. */
    String text(Metric metric) {
        return has(metric) ? row.text(metric) : "";
    }

    Cells raw(String html) {
        out.append(html);
        return this;
    }

    Cells escaped(String text) {
        Html.text(out, text);
        return this;
    }

    Cells figure(long value) {
        Html.number(out, value);
        return this;
    }

    Cells span(long seconds) {
        if (seconds < 0) {
            out.append('?');
        } else {
            Html.duration(out, seconds);
        }
        return this;
    }

    Cells number(Metric metric) {
        return raw("<td>").figure(value(metric)).raw("</td>");
    }

    Cells numbers(Metric... metrics) {
        for (Metric metric : metrics) {
            number(metric);
        }
        return this;
    }

    /** A dash where there is no limit. */
    Cells limit(Metric metric) {
        raw("<td>");
        return (value(metric) > 0 ? figure(value(metric)) : raw("-")).raw("</td>");
    }

    /** A number with a table under the pointer, which {@link #endTips} ends. */
    Cells tips(long value) {
        return raw("<td><u>").figure(value).raw("<div class=tips><table class=det>");
    }

    Cells endTips() {
        return raw("</table></div></u></td>");
    }

    Cells line(String name, long value) {
        return begin(name).figure(value).raw("</td></tr>");
    }

    Cells rate(String name, Metric metric) {
        return begin(name).figure(value(metric)).raw("/s</td></tr>");
    }

    /** With its part of a whole. */
    Cells share(String name, long value, long whole) {
        return begin(name).figure(value).raw("</td><td>(" + (whole > 0 ? 100 * value / whole : 0) + "%)</td></tr>");
    }

    /** The most and the average of a time. */
    Cells times(String name, Metric most, Metric average) {
        return begin(name).figure(value(most)).raw(" / ").figure(value(average)).raw("</td><td>ms</td></tr>");
    }

    private Cells begin(String name) {
        return raw("<tr><th>").raw(name).raw("</th><td>");
    }
}
