package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.TrackedEntries;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose entry a fetch is about: the one tracked under a number that an argument gives or that is in the name, or the one of
 * the client's address. Immutable.
 */
final class StickSubject {

    /** What is done to an entry; those that only read say how to do it without pinning one. */
    @FunctionalInterface
    interface Operation {

        boolean onEntry(StickTable table, long entry, long nowMs, Sample out);

        /** With the entry of a key: made if need be, and changed. */
        default boolean onKey(StickTable table, Sample key, long nowMs, Sample out) {
            long entry = table.pin(key, nowMs);
            if (entry == StickTable.NONE) {
                return false;
            }
            boolean done = onEntry(table, entry, nowMs, out);
            table.unpin(entry, nowMs);
            return done;
        }
    }

    /** Makes the operation for an element of an array, 0 for what is none. */
    @FunctionalInterface
    interface Factory {
        Operation make(Arguments arguments, int element) throws ExpressionError;
    }

    private static final int BY_ARGUMENT = -1;
    private static final int BY_SOURCE = -2;

    static final StickSubject TRACKED = new StickSubject(BY_ARGUMENT);
    static final StickSubject SOURCE = new StickSubject(BY_SOURCE);

    private final int number;

    private StickSubject(int number) {
        this.number = number;
    }

    static StickSubject numbered(int number) {
        return new StickSubject(number);
    }

    boolean isNumbered() {
        return number >= 0;
    }

    /** A row whose arguments are the element if it has one, then the number if it is not in the name, then the table. */
    FetchKeyword row(String name, boolean ofArray, Factory factory) {
        List<ArgumentKind> kinds = new ArrayList<>();
        if (ofArray) {
            kinds.add(ArgumentKind.INTEGER);
        }
        if (number == BY_ARGUMENT) {
            kinds.add(ArgumentKind.INTEGER);
        }
        kinds.add(ArgumentKind.TABLE);
        int required = number == BY_SOURCE ? kinds.size() : kinds.size() - 1;
        Need need = number == BY_SOURCE ? Need.CLIENT_ADDRESS : Need.INTERNAL;
        return FetchKeyword.of(name, Signature.of(required, kinds.toArray(new ArgumentKind[0])), SampleType.INTEGER, need,
                arguments -> fetch(arguments, ofArray, factory));
    }

    private Fetch fetch(Arguments arguments, boolean ofArray, Factory factory) throws ExpressionError {
        int at = 0;
        int element = ofArray ? (int) Math.clamp(arguments.number(at++, 0), -1, Integer.MAX_VALUE) : 0;
        long which = number == BY_ARGUMENT ? arguments.number(at++, 0) : number;
        Operation operation = factory.make(arguments, element);
        if (number == BY_SOURCE) {
            StickTable table = arguments.table(at);
            return (context, out) -> ofSource(context, table, operation, out);
        }
        StickTable elsewhere = arguments.hasText(at) ? arguments.table(at) : null;
        return (context, out) -> ofTracked(context, which, elsewhere, operation, out);
    }

    private static boolean ofSource(ExpressionContext context, StickTable table, Operation operation, Sample out) {
        ConnectionFacts client = context.client();
        return client != null && out.address(client.source()) && table.prepareKey(out, context.workspace())
                && operation.onKey(table, out, context.nowMs(), out);
    }

    /** In another table it is the entry of the same key. */
    private static boolean ofTracked(ExpressionContext context, long which, StickTable elsewhere, Operation operation,
            Sample out) {
        TrackedEntries tracked = StickFetches.tracked(context, which);
        if (tracked == null) {
            return false;
        }
        StickTable own = tracked.table((int) which);
        if (elsewhere == null || elsewhere == own) {
            return operation.onEntry(own, tracked.entry((int) which), context.nowMs(), out);
        }
        return tracked.key((int) which, out, context.workspace().area())
                && elsewhere.prepareKey(out, context.workspace())
                && operation.onKey(elsewhere, out, context.nowMs(), out);
    }

    /** Whether anything is tracked under the number; in which table does not matter. */
    FetchKeyword tracked(String name) {
        return FetchKeyword.of(name, signature(true), SampleType.BOOL, Need.INTERNAL, arguments -> {
            long which = number == BY_ARGUMENT ? arguments.number(0, 0) : number;
            int at = number == BY_ARGUMENT ? 1 : 0;
            if (arguments.hasText(at)) {
                arguments.table(at);
            }
            return (context, out) -> {
                out.bool(StickFetches.tracked(context, which) != null);
                return true;
            };
        });
    }

    FetchKeyword key(String name) {
        return FetchKeyword.of(name, signature(false), SampleType.ANY, Need.INTERNAL, arguments -> {
            long which = number == BY_ARGUMENT ? arguments.number(0, 0) : number;
            return (context, out) -> {
                TrackedEntries tracked = StickFetches.tracked(context, which);
                return tracked != null && tracked.key((int) which, out, context.workspace().area());
            };
        });
    }

    private Signature signature(boolean withTable) {
        if (number == BY_ARGUMENT) {
            return withTable ? Signature.of(1, ArgumentKind.INTEGER, ArgumentKind.TABLE)
                    : Signature.of(1, ArgumentKind.INTEGER);
        }
        return withTable ? Signature.of(0, ArgumentKind.TABLE) : Signature.NONE;
    }
}
