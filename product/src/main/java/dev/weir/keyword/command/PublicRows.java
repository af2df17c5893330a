package dev.weir.keyword.command;

import dev.weir.admin.stats.Metric;
import dev.weir.admin.stats.ModuleColumn;
import dev.weir.admin.stats.RowKind;
import dev.weir.admin.stats.StatsRow;
import dev.weir.admin.stats.StatsSource;
import dev.weir.model.proxy.ProxySpec;

/** Rows without what only operators may see: addresses, cookies, algorithms. One use. */
final class PublicRows implements StatsSource, StatsRow {

    private final StatsSource all;
    private StatsRow row;

    PublicRows(StatsSource all) {
        this.all = all;
    }

    @Override
    public StatsRow next() {
        row = all.next();
        return row == null ? null : this;
    }

    @Override
    public RowKind kind() {
        return row.kind();
    }

    @Override
    public ProxySpec proxy() {
        return row.proxy();
    }

    @Override
    public boolean has(Metric metric) {
        return metric != Metric.ADDR && metric != Metric.COOKIE && metric != Metric.ALGO && row.has(metric);
    }

    @Override
    public long module(ModuleColumn column) {
        return row.module(column);
    }

    @Override
    public long numberOrAbsent(Metric metric) {
        return row.numberOrAbsent(metric);
    }

    @Override
    public long number(Metric metric) {
        return row.number(metric);
    }

    @Override
    public String text(Metric metric) {
        return row.text(metric);
    }
}
