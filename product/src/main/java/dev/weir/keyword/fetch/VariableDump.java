package dev.weir.keyword.fetch;

import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.model.value.Area;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableNames;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;
import java.util.List;

/** The fetch {@code dump_all_vars}: all variables of some scopes as text. */
final class VariableDump {

    private static final List<VariableScope> SCOPES = List.of(VariableScope.SESS, VariableScope.TXN,
            VariableScope.REQ, VariableScope.RES, VariableScope.PROC);

    private VariableDump() {}

    static Fetch make(Arguments arguments) throws ExpressionError {
        List<VariableScope> scopes = SCOPES;
        if (arguments.hasText(0)) {
            VariableScope scope = VariableScope.find(arguments.text(0));
            if (scope == null || !SCOPES.contains(scope)) {
                throw new ExpressionError("invalid scope '" + arguments.text(0)
                        + "', must be one of 'sess', 'txn', 'req', 'res' or 'proc'");
            }
            scopes = List.of(scope);
        }
        String prefix = arguments.text(1);
        byte[] delimiter = arguments.has(2) ? arguments.bytes(2) : Casts.bytes(", ");
        VariableNames names = arguments.scope().variables();
        List<VariableScope> wanted = scopes;
        return (context, out) -> {
            Area area = context.workspace().area();
            for (VariableScope scope : wanted) {
                Variables variables = context.variables(scope);
                if (variables != null) {
                    dump(scope, variables, names, prefix, delimiter, context.workspace().spare(), area);
                }
            }
            out.take(SampleType.STRING, area);
            return !area.overflowed();
        };
    }

    private static void dump(VariableScope scope, Variables variables, VariableNames names, String prefix,
            byte[] delimiter, Sample value, Area out) {
        for (int i = 0; i < variables.count(); i++) {
            int number = variables.numberAt(i);
            if (!variables.get(number, value)) {
                continue;
            }
            String name = names.name(number);
            if (name.startsWith(prefix)) {
                if (out.length() > 0) {
                    out.put(delimiter);
                }
                out.put(scope.text()).put('.').put(name).put('=');
                append(value, out);
            }
        }
    }

    private static void append(Sample value, Area out) {
        switch (value.type()) {
            case BOOL -> out.put(value.isTrue() ? "true" : "false");
            case BINARY -> {
                out.put('x');
                for (int i = 0; i < value.length(); i++) {
                    out.putHexDigits(value.byteAt(i), 2);
                }
            }
            case STRING, METHOD -> quoted(value, out);
            default -> Casts.append(value, out);
        }
    }

    private static void quoted(Sample value, Area out) {
        out.put('"');
        for (int i = 0; i < value.length(); i++) {
            byte c = value.byteAt(i);
            switch (c) {
                case '"', '\\' -> out.put('\\').put(c);
                case '\r' -> out.put('\\').put('r');
                case '\n' -> out.put('\\').put('n');
                case '\b' -> out.put('\\').put('b');
                case 0 -> out.put('\\').put('0');
                default -> out.put(c);
            }
        }
        out.put('"');
    }
}
