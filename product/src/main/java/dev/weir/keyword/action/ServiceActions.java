package dev.weir.keyword.action;

import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.Service;
import java.util.EnumSet;
import java.util.List;

/** Giving a request to a service of ours (configuration manual, {@code use-service}). */
final class ServiceActions {

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("use-service", EnumSet.of(RuleKind.CONTENT, RuleKind.REQUEST), ServiceActions::use));

    private ServiceActions() {}

    private static Action use(ActionLine line) throws ExpressionError {
        if (!line.hasMore()) {
            throw new ExpressionError(line.kind() == RuleKind.REQUEST ? "'use-service' expects a service name."
                    : "'tcp-request' expects a service name.");
        }
        String name = line.next();
        Service service = line.scope().service(name);
        if (service == null) {
            throw new ExpressionError("'" + name + "' unknown service name.");
        }
        if (line.kind() != RuleKind.REQUEST) {
            throw new ExpressionError("Prometheus exporter service only available on 'http-request' rulesets");
        }
        return context -> context.serve(service);
    }
}
