package dev.weir.config.rule;

import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Forwarded;

/** Reads the words of {@code option forwarded}. */
final class ForwardedLine {

    /** What is said of a node so far. */
    private static final class NodeWords {
        boolean own;
        Expression name;
        boolean ownPort;
        Expression port;

        Forwarded.Node node() {
            return own || name != null ? new Forwarded.Node(own, name, ownPort, port) : null;
        }
    }

    private final ActionLine line;
    private final NodeWords by = new NodeWords();
    private final NodeWords from = new NodeWords();
    private boolean proto;
    private boolean plainHost;
    private Expression host;

    ForwardedLine(ActionLine line) {
        this.line = line;
    }

    Forwarded read() throws ExpressionError {
        if (!line.hasMore()) {
            return new Forwarded(true, null, false, null, new Forwarded.Node(true, null, false, null));
        }
        while (line.hasMore()) {
            String word = line.next();
            switch (word) {
                case "proto" -> proto = true;
                case "host" -> plainHost = true;
                case "host-expr" -> host = line.expression();
                case "by" -> by.own = true;
                case "by-expr" -> by.name = line.expression();
                case "by_port" -> by.ownPort = true;
                case "by_port-expr" -> by.port = line.expression();
                case "for" -> from.own = true;
                case "for-expr" -> from.name = line.expression();
                case "for_port" -> from.ownPort = true;
                case "for_port-expr" -> from.port = line.expression();
                default -> throw new ExpressionError("unknown keyword '" + word + "'");
            }
        }
        return new Forwarded(proto, host, plainHost, by.node(), from.node());
    }
}
