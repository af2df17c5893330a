package dev.weir.keyword.action;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.FirstHeader;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;

/** Where the client's addresses come from when its socket has others: expressions, or a header that it sends first. */
final class AddressActions {

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("set-src", ActionKeyword.INBOUND, line -> address(line, true)),
            ActionKeyword.of("set-dst", ActionKeyword.INBOUND, line -> address(line, false)),
            ActionKeyword.of("set-src-port", ActionKeyword.INBOUND, line -> port(line, true)),
            ActionKeyword.of("set-dst-port", ActionKeyword.INBOUND, line -> port(line, false)),
            ActionKeyword.of("expect-proxy", RuleKind.CONNECTION, line -> expect(line, FirstHeader.PROXY)),
            ActionKeyword.of("expect-netscaler-cip", RuleKind.CONNECTION,
                    line -> expect(line, FirstHeader.NETSCALER)));

    private static final int MOST = 65535;

    private AddressActions() {}

    private static Action expect(ActionLine line, FirstHeader header) throws ExpressionError {
        // layer4, as whoever read the line has seen
        line.next();
        return context -> {
            context.expect(header);
            return Verdict.CONTINUE;
        };
    }

    private static Address current(RuleContext context, boolean source) {
        return source ? context.record().clientAddress() : context.record().frontendAddress();
    }

    private static void set(RuleContext context, boolean source, Address address) {
        if (source) {
            context.clientSource(address);
        } else {
            context.clientDestination(address);
        }
    }

    private static Action address(ActionLine line, boolean source) throws ExpressionError {
        Expression expression = line.expression();
        return context -> {
            Sample sample = context.sample();
            if (expression.evaluateAs(SampleType.ADDRESS, context, sample)) {
                Address before = current(context, source);
                int port = before.family().isIp() ? before.port() : 0;
                set(context, source, sample.type() == SampleType.IPV4 ? Address.ipv4((int) sample.low(), port)
                        : Address.ipv6(sample.high(), sample.low(), port));
            }
            return Verdict.CONTINUE;
        };
    }

    private static Action port(ActionLine line, boolean source) throws ExpressionError {
        Expression expression = line.expression();
        return context -> {
            Sample sample = context.sample();
            if (expression.evaluateAs(SampleType.INTEGER, context, sample)) {
                Address before = current(context, source);
                int port = (int) sample.number() & MOST;
                boolean hasPort = before.family() == Family.IPV4 || before.family() == Family.IPV6;
                set(context, source, hasPort ? before.withPort(port) : Address.ipv4(0, port));
            }
            return Verdict.CONTINUE;
        };
    }
}
