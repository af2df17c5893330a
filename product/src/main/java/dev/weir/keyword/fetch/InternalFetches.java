package dev.weir.keyword.fetch;

import dev.weir.flow.expr.Acl;
import dev.weir.flow.expr.AclResult;
import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExchangeFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.ProcessFacts;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;
import java.util.function.ToLongFunction;

/** The state of the process and of the rules (configuration.txt 7.3.2). */
final class InternalFetches {

    static final List<FetchKeyword> ALL = List.of(
            FetchKeyword.of("acl", Signature.of(1, kinds(12)), SampleType.BOOL, Need.NOTHING, InternalFetches::acls),
            process("act_conn", ProcessFacts::activeConnections),
            process("pid", ProcessFacts::pid),
            process("thread", ProcessFacts::thread),
            process("tgroup", p -> 0),
            process("uptime", ProcessFacts::uptimeSeconds),
            process("date_us", p -> p.wallMicros() % 1_000_000),
            process("cpu_usage_thr", p -> p.cpuUsage(false)),
            process("cpu_usage_grp", p -> p.cpuUsage(true)),
            process("cpu_usage_proc", p -> p.cpuUsage(true)),
            FetchKeyword.of("date", Signature.of(0, ArgumentKind.INTEGER, ArgumentKind.STRING), SampleType.INTEGER,
                    Need.NOTHING, InternalFetches::date),
            FetchKeyword.of("rand", Signature.of(0, ArgumentKind.INTEGER), SampleType.INTEGER, Need.NOTHING,
                    InternalFetches::random),
            FetchKeyword.of("uuid", Signature.of(0, ArgumentKind.INTEGER), SampleType.STRING, Need.NOTHING,
                    InternalFetches::uuid),
            FetchKeyword.of("hostname", SampleType.STRING, Need.NOTHING, (context, out) -> {
                out.string(context.process().hostname());
                return true;
            }),
            FetchKeyword.of("stopping", SampleType.BOOL, Need.INTERNAL, (context, out) -> {
                out.bool(context.process().isStopping());
                return true;
            }),
            FetchKeyword.of("wait_end", SampleType.BOOL, Need.INTERNAL, InternalFetches::waitEnd),
            FetchKeyword.of("internal.strm.is_htx", SampleType.BOOL, Need.INTERNAL, (context, out) -> {
                out.bool(context.request() != null || context.response() != null);
                return true;
            }),
            Facts.number("cpu_calls", Need.INTERNAL, ExchangeFacts.Number.CALLS),
            Facts.number("cpu_ns_tot", Need.INTERNAL, ExchangeFacts.Number.CPU_NANOS),
            Facts.number("lat_ns_tot", Need.INTERNAL, ExchangeFacts.Number.LATENCY_NANOS),
            average("cpu_ns_avg", ExchangeFacts.Number.CPU_NANOS),
            average("lat_ns_avg", ExchangeFacts.Number.LATENCY_NANOS),
            Facts.number("prio_class", Need.INTERNAL, ExchangeFacts.Number.PRIORITY_CLASS),
            Facts.number("prio_offset", Need.INTERNAL, ExchangeFacts.Number.PRIORITY_OFFSET),
            Facts.number("last_rule_line", Need.INTERNAL, ExchangeFacts.Number.LAST_RULE_LINE),
            Facts.number("txn.id32", Need.INTERNAL, ExchangeFacts.Number.ID32),
            Facts.text("last_rule_file", Need.INTERNAL, ExchangeFacts.Text.LAST_RULE_FILE),
            Facts.text("last_entity", Need.INTERNAL, ExchangeFacts.Text.LAST_ENTITY),
            Facts.text("waiting_entity", Need.INTERNAL, ExchangeFacts.Text.WAITING_ENTITY),
            Facts.text("txn.sess_term_state", Need.INTERNAL, ExchangeFacts.Text.TERMINATION),
            FetchKeyword.of("dump_all_vars",
                    Signature.of(0, ArgumentKind.STRING, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.STRING, Need.NOTHING, VariableDump::make));

    private InternalFetches() {}

    private static ArgumentKind[] kinds(int count) {
        ArgumentKind[] kinds = new ArgumentKind[count];
        java.util.Arrays.fill(kinds, ArgumentKind.STRING);
        return kinds;
    }

    private static FetchKeyword process(String name, ToLongFunction<ProcessFacts> value) {
        return FetchKeyword.of(name, SampleType.INTEGER, Need.NOTHING, (context, out) -> {
            out.integer(value.applyAsLong(context.process()));
            return true;
        });
    }

    private static FetchKeyword average(String name, ExchangeFacts.Number total) {
        return FetchKeyword.of(name, SampleType.INTEGER, Need.INTERNAL, (context, out) -> {
            ExchangeFacts exchange = context.exchange();
            long calls = exchange == null ? ExchangeFacts.NONE : exchange.number(ExchangeFacts.Number.CALLS);
            long nanos = calls == ExchangeFacts.NONE ? ExchangeFacts.NONE : exchange.number(total);
            if (nanos == ExchangeFacts.NONE) {
                return false;
            }
            out.integer(calls == 0 ? 0 : nanos / calls);
            return true;
        });
    }

    private static Fetch date(Arguments arguments) throws ExpressionError {
        long offset = arguments.number(0, 0);
        long microsPerUnit = Facts.microsPerUnit(arguments, 1);
        return (context, out) -> {
            out.integer(context.process().wallMicros() / microsPerUnit + offset);
            return true;
        };
    }

    private static Fetch random(Arguments arguments) {
        long range = arguments.number(0, 0);
        return (context, out) -> {
            long bits = context.process().random() >>> 32;
            // the upper part of a product spreads evenly over any range up to 2^32
            out.integer(range == 0 ? bits : range < 0 || range > 1L << 32
                    ? Long.remainderUnsigned(context.process().random(), range) : bits * range >>> 32);
            return true;
        };
    }

    private static Fetch uuid(Arguments arguments) throws ExpressionError {
        long version = arguments.number(0, 4);
        if (version != 4 && version != 7) {
            throw new ExpressionError("Unsupported UUID version: '" + version + "'");
        }
        return (context, out) -> {
            ProcessFacts process = context.process();
            long high = process.random();
            if (version == 7) {
                high = process.wallMicros() / 1000 << 16 | high & 0xffff;
            }
            high = high & ~0xf000L | version << 12;
            long low = process.random() & 0x3fff_ffff_ffff_ffffL | Long.MIN_VALUE;
            Area area = context.workspace().area();
            area.putHexDigits(high >>> 32, 8).put('-').putHexDigits(high >>> 16, 4).put('-').putHexDigits(high, 4)
                    .put('-').putHexDigits(low >>> 48, 4).put('-').putHexDigits(low, 12);
            out.take(SampleType.STRING, area);
            return true;
        };
    }

    /** True once nothing is waited for any more; before that there is no answer. */
    private static boolean waitEnd(ExpressionContext context, Sample out) {
        if (!context.isFinal()) {
            out.mark(Sample.MAY_CHANGE, true);
            return false;
        }
        out.bool(true);
        return true;
    }

    private static Fetch acls(Arguments arguments) throws ExpressionError {
        int count = arguments.count();
        Acl[] acls = new Acl[count];
        boolean[] negated = new boolean[count];
        for (int i = 0; i < count; i++) {
            String name = arguments.text(i);
            negated[i] = name.startsWith("!");
            acls[i] = arguments.scope().acl(negated[i] ? name.substring(1) : name);
            if (acls[i] == null) {
                throw new ExpressionError("ACL '" + (negated[i] ? name.substring(1) : name) + "' not found");
            }
        }
        return (context, out) -> {
            boolean all = true;
            for (int i = 0; i < acls.length && all; i++) {
                int result = acls[i].evaluate(context);
                if (result == AclResult.UNKNOWN) {
                    out.mark(Sample.MAY_CHANGE, true);
                    return false;
                }
                all = result == AclResult.YES != negated[i];
            }
            out.bool(all);
            return true;
        };
    }
}
