package dev.weir.flow.drive;

import dev.weir.base.log.LogLine;
import dev.weir.flow.rule.SwitchRule;
import dev.weir.flow.rule.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Where the traffic of a frontend goes: {@code use_backend} rules in order, then the default. Immutable.
 *
 * @param all the backends by name, for rules whose name is made for each exchange
 * @param otherwise where traffic goes that no rule sends elsewhere, or null
 */
public record Routes(List<Route> routes, Map<String, BackendProgram> all, BackendProgram otherwise) {

    /**
     * One rule.
     *
     * @param fixed the backend, or null where the rule makes its name
     */
    public record Route(SwitchRule rule, BackendProgram fixed) {}

    public static Routes to(BackendProgram backend) {
        return new Routes(List.of(), Map.of(), backend);
    }

    /** Whether any exchange may go there, as far as the names are fixed. */
    public boolean leadTo(BackendProgram backend) {
        boolean leads = otherwise == backend;
        for (Route route : routes) {
            leads |= route.fixed() == backend;
        }
        return leads;
    }

    /** The backend for this exchange, or null. */
    BackendProgram choose(ExchangeContext context) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (route.rule().applies(context)) {
                BackendProgram found = route.fixed() != null ? route.fixed() : named(context, route.rule().name());
                if (found == null) {
                    break;
                } else if (context.mayGoTo(found)) {
                    return found;
                }
            }
        }
        return otherwise != null && context.mayGoTo(otherwise) ? otherwise : null;
    }

    private BackendProgram named(ExchangeContext context, Text name) {
        LogLine line = context.text(name);
        return all.get(new String(line.array(), 0, line.length(), StandardCharsets.UTF_8));
    }
}
