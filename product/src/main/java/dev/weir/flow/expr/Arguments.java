package dev.weir.flow.expr;

import dev.weir.model.pattern.PatternError;
import dev.weir.model.pattern.Regex;
import dev.weir.model.stick.StickTable;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.VariableNames;
import java.nio.charset.StandardCharsets;

/**
 * The arguments of one use of a keyword, read and checked as far as their types say. Owner: whoever reads configurations.
 */
public final class Arguments {

    private final ExpressionScope scope;
    private final String owner;
    private final boolean iterates;
    private final String[] texts;
    private final Object[] values;
    private boolean readsVariables;

    /**
     * What was between the parentheses.
     *
     * @param owner whose arguments they are, as messages about missing things say it
     * @param iterates whether a fetch is to give all its values one after the other
     */
    Arguments(ExpressionScope scope, String owner, boolean iterates, String[] texts, Object[] values) {
        this.scope = scope;
        this.owner = owner;
        this.iterates = iterates;
        this.texts = texts;
        this.values = values;
    }

    public ExpressionScope scope() {
        return scope;
    }

    public boolean iterates() {
        return iterates;
    }

    public int count() {
        return texts.length;
    }

    public boolean has(int index) {
        return index < texts.length;
    }

    /** Given and not empty. */
    public boolean hasText(int index) {
        return index < texts.length && !texts[index].isEmpty();
    }

    /** Empty when it was not given. */
    public String text(int index) {
        return index < texts.length ? texts[index] : "";
    }

    public byte[] bytes(int index) {
        return text(index).getBytes(StandardCharsets.ISO_8859_1);
    }

    public long number(int index, long otherwise) {
        return index < texts.length && values[index] instanceof Sample number ? number.number() : otherwise;
    }

    /** An address, a mask or the field numbers of a message. */
    public Object value(int index) {
        return index < values.length ? values[index] : null;
    }

    public VariableName variable(int index) throws ExpressionError {
        readsVariables = true;
        VariableNames.Parsed parsed = scope.variables().parse(text(index));
        if (parsed.name() == null) {
            throw new ExpressionError(parsed.error());
        }
        return parsed.name();
    }

    /** A variable that another text could not be, so that its own message is short. */
    public VariableName registered(int index) throws ExpressionError {
        readsVariables = true;
        VariableNames.Parsed parsed = scope.variables().parse(text(index));
        if (parsed.name() == null) {
            throw new ExpressionError("failed to register variable name '" + text(index) + "'");
        }
        return parsed.name();
    }

    /** The variable that the argument names, or null when it is something else. */
    public VariableName variableOrNull(int index) {
        VariableName name = scope.variables().parse(text(index)).name();
        readsVariables |= name != null;
        return name;
    }

    /** Whether what is made of these arguments can change from call to call. */
    boolean readsVariables() {
        return readsVariables;
    }

    public Regex regex(int index, boolean ignoreCase) throws ExpressionError {
        try {
            return scope.regexes().compile(bytes(index), ignoreCase);
        } catch (PatternError e) {
            throw ExpressionError.unresolved("error in regex '" + text(index) + "'" + in(index, "in") + " : "
                    + e.getMessage());
        }
    }

    /** The backend of that name, the current proxy without one. */
    public ProxyFacts backend(int index) throws ExpressionError {
        return proxy(index, false);
    }

    public ProxyFacts frontend(int index) throws ExpressionError {
        return proxy(index, true);
    }

    private ProxyFacts proxy(int index, boolean frontend) throws ExpressionError {
        String kind = frontend ? "frontend" : "backend";
        boolean named = hasText(index);
        String name = named ? text(index) : scope.proxyName();
        ProxyFacts found = frontend ? scope.frontend(name) : scope.backend(name);
        if (found == null && named) {
            throw ExpressionError.unresolved("unable to find " + kind + " '" + name + "'" + in(index, "referenced in"));
        }
        if (found == null) {
            throw ExpressionError.unresolved("proxy '" + name + "'," + in(index, "referenced in")
                    + ", has not " + kind + " capability");
        }
        return found;
    }

    public ServerFacts server(int index) throws ExpressionError {
        String text = text(index);
        if (text.isEmpty()) {
            throw ExpressionError.unresolved("missing server name" + in(index, "in"));
        }
        int slash = text.indexOf('/');
        String backend = slash < 0 ? scope.proxyName() : text.substring(0, slash);
        String name = text.substring(slash + 1);
        if (slash >= 0 && scope.backend(backend) == null && scope.frontend(backend) == null) {
            throw ExpressionError.unresolved("unable to find proxy '" + backend + "'" + in(index, "referenced in"));
        }
        ServerFacts server = scope.server(backend, name);
        if (server == null) {
            throw ExpressionError.unresolved("unable to find server '" + name + "' in proxy '" + backend + "',"
                    + in(index, "referenced in"));
        }
        return server;
    }

    public Users users(int index) throws ExpressionError {
        Users users = scope.users(text(index));
        if (users == null) {
            throw ExpressionError.unresolved("unable to find userlist '" + text(index) + "'"
                    + in(index, "referenced in"));
        }
        return users;
    }

    /** The table of that name, that of the current proxy without one. */
    public StickTable table(int index) throws ExpressionError {
        String name = hasText(index) ? text(index) : scope.proxyName();
        StickTable table = scope.table(name);
        if (table == null) {
            throw ExpressionError.unresolved("unable to find table '" + name + "'" + in(index, "referenced in"));
        }
        return table;
    }

    private String in(int index, String words) {
        return " " + words + " arg " + (index + 1) + " of " + owner;
    }

    /** The address of an argument of that type, as a sample's value. */
    public Sample address(int index) {
        return (Sample) values[index];
    }
}
