package dev.weir.flow.filter;

import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.wire.http.Head;

/** The exchange, as filters see it. Worker-owned. */
public interface FilterHost extends ExpressionContext {

    Exchange record();

    /** Null in TCP mode. */
    Head requestHead();

    /** Null in TCP mode and before there is one. */
    Head responseHead();

    /** The limits that rules have put in force. */
    LimitsInForce limits();
}
