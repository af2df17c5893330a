package dev.weir.flow.drive;

import dev.weir.model.value.LocalVariables;
import dev.weir.model.value.VariableBudget;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;

/** The variables of a session and of the exchange in it, made when the first of a scope is asked for. Worker-owned. */
final class SessionVariables {

    private RuleKit kit;
    private final VariableBudget sessionBudget;
    private final VariableBudget transactionBudget;
    /** Where the variables of the session are, when they are not here; else null. */
    private final SessionVariables shared;
    private final LocalVariables[] scopes = new LocalVariables[VariableScope.values().length];

    SessionVariables(RuleKit kit) {
        this.kit = kit;
        sessionBudget = new VariableBudget(kit.budget(), kit.limits().session());
        transactionBudget = new VariableBudget(sessionBudget, kit.limits().transaction());
        shared = null;
    }

    /** Of one exchange among several of a session. */
    SessionVariables(SessionVariables session) {
        kit = session.kit;
        sessionBudget = session.sessionBudget;
        transactionBudget = new VariableBudget(sessionBudget, kit.limits().transaction());
        shared = session;
    }

    /** What another configuration allows holds for scopes that begin from now on. */
    void adopt(RuleKit next) {
        kit = next;
    }

    /** Null for scopes that do not exist in traffic. */
    Variables of(VariableScope scope) {
        return switch (scope) {
            case PROC -> kit.variables();
            case SESS, TXN, REQ, RES -> {
                if (scope == VariableScope.SESS && shared != null) {
                    yield shared.of(scope);
                }
                LocalVariables known = scopes[scope.ordinal()];
                yield known != null ? known : first(scope);
            }
            default -> null;
        };
    }

    private Variables first(VariableScope scope) {
        VariableBudget budget = switch (scope) {
            case SESS -> sessionBudget;
            case TXN -> transactionBudget;
            default -> new VariableBudget(transactionBudget, kit.limits().message());
        };
        LocalVariables made = new LocalVariables(budget);
        scopes[scope.ordinal()] = made;
        return made;
    }

    /** An exchange is over: its own go, those of the session stay. */
    void endExchange() {
        clear(VariableScope.TXN);
        clear(VariableScope.REQ);
        clear(VariableScope.RES);
    }

    void endSession() {
        endExchange();
        clear(VariableScope.SESS);
    }

    void clear(VariableScope scope) {
        LocalVariables known = scopes[scope.ordinal()];
        if (known != null) {
            known.clear();
        }
    }
}
