package dev.weir.flow.filter;

import dev.weir.flow.expr.Expression;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.StickTable;
import dev.weir.model.value.Sample;

/**
 * {@code filter bwlim-in} or {@code bwlim-out}: bytes of bodies per period, for each exchange by itself or shared by all
 * that have the same entry of a table. It takes part where a rule has put it in force. Immutable.
 *
 * @param word {@code bwlim-in} or {@code bwlim-out}
 * @param called what rules call it
 * @param outgoing whether it is about what goes to the client
 * @param limit bytes per period
 * @param periodMs of one exchange's own limit
 * @param minimum as many bytes go at once, or the last ones; 0 for any number
 * @param key what finds the entry that shares the limit, or null
 */
public record BandwidthLimit(String word, String called, boolean outgoing, long limit, int periodMs, int minimum, Expression key,
        StickTable table) implements Filter {

    @Override
    public String name() {
        return word;
    }

    public boolean isShared() {
        return key != null;
    }

    DataType counter() {
        return outgoing ? DataType.BYTES_OUT_CNT : DataType.BYTES_IN_CNT;
    }

    DataType rate() {
        return outgoing ? DataType.BYTES_OUT_RATE : DataType.BYTES_IN_RATE;
    }

    @Override
    public Stage request(FilterHost host) {
        return outgoing ? null : stage(host);
    }

    @Override
    public Stage response(FilterHost host) {
        return outgoing ? stage(host) : null;
    }

    private Stage stage(FilterHost host) {
        LimitsInForce.Limit own = host.limits().of(this);
        return own == null ? null : new BandwidthStage(own, minimum, host.record().worker());
    }

    /** The entry whose streams share the limit, pinned; {@link StickTable#NONE} when there is none. */
    public long entry(FilterHost host, Sample sample) {
        boolean found = key.evaluate(host, sample) && table.prepareKey(sample, host.workspace());
        return found ? table.pin(sample, host.nowMs()) : StickTable.NONE;
    }
}
