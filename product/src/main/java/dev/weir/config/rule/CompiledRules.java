package dev.weir.config.rule;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.flow.cache.HttpCache;
import dev.weir.flow.drive.StickRule;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.ExpressionScope;
import dev.weir.flow.expr.Point;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.ProxyViews;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.stick.StickTables;
import dev.weir.upkeep.check.CheckProgram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of all proxies, found by the settings of the proxy they belong to. Filled once. */
public final class CompiledRules {

    private final ProxyViews views;
    private final Map<Settings, ProxyRules> rules = new IdentityHashMap<>();
    private final Map<Settings, ProxyScope> scopes = new IdentityHashMap<>();
    private final Map<Settings, List<StickRule>> stickRules = new IdentityHashMap<>();
    private final Map<Settings, Expression> balance = new IdentityHashMap<>();
    private final Map<Settings, Expression> rdpCookies = new IdentityHashMap<>();
    private final StickTables tables;
    private final int stickCounters;

    private final List<ProcessVariable> variables = new ArrayList<>();
    private ProxyScope process;
    private final Map<Settings, CheckProgram> checks = new IdentityHashMap<>();
    private final Map<Settings, Expression> serverNames = new IdentityHashMap<>();
    private final Map<Settings, Expression> poolNames = new IdentityHashMap<>();
    private final Map<String, CheckProgram> namedChecks = new HashMap<>();

    public CompiledRules(ProxyViews views, StickTables tables, int stickCounters) {
        this.views = views;
        this.tables = tables;
        this.stickCounters = stickCounters;
    }

    public static CompiledRules none() {
        return new CompiledRules(new ProxyViews(), new StickTables(), 0);
    }

    public void add(Settings proxy, RuleCompiler compiler) {
        rules.put(proxy, compiler.compile());
        scopes.put(proxy, compiler.scope());
        stickRules.put(proxy, compiler.stickRules());
        balance.put(proxy, compiler.balance());
        if (proxy.get(ProxySpec.RDP_COOKIE) != null) {
            rdpCookies.put(proxy, compiler.rdpCookie(proxy.get(ProxySpec.RDP_COOKIE)));
        }
    }

    public void addCheck(Settings proxy, CheckProgram check) {
        checks.put(proxy, check);
    }

    public void addCheck(String section, CheckProgram check) {
        namedChecks.put(section, check);
    }

    /** What gives the name that encrypted connections to a server ask for. */
    public void addServerName(Settings server, Expression name) {
        serverNames.put(server, name);
    }

    /** Null for none. */
    public Expression serverName(Settings server) {
        return serverNames.get(server);
    }

    /** What gives the name of idle connections to a server. */
    public void addPoolName(Settings server, Expression name) {
        poolNames.put(server, name);
    }

    /** Null for none. */
    public Expression poolName(Settings server) {
        return poolNames.get(server);
    }

    /** What the servers of that proxy are checked with. */
    public CheckProgram check(Settings proxy) {
        return checks.getOrDefault(proxy, CheckProgram.PLAIN);
    }

    /** The check of a {@code healthcheck} section, or null. */
    public CheckProgram check(String section) {
        return namedChecks.get(section);
    }

    /** The caches, in the order of their names. */
    public Collection<HttpCache> caches() {
        return process == null ? List.of() : new TreeMap<>(process.names().caches()).values();
    }

    /** @param lines those that set variables of the process */
    public void process(Names names, List<Phrase> lines, Findings findings) {
        process = new ProxyScope(names, "", false, false, null);
        for (Phrase line : lines) {
            ProcessVariable variable = ProcessVariable.of(line, process, findings);
            if (variable != null) {
                variables.add(variable);
            }
        }
    }

    /** What the configuration sets of the process's variables, in its order. */
    public List<ProcessVariable> variables() {
        return variables;
    }

    /** What a command is to set a variable of the process to. */
    public ProcessVariable variable(String name, String value, boolean formatted) throws ExpressionError {
        return ProcessVariable.read(name, value, formatted, process.purposed("set-var(" + name + ")"), Point.COMMAND);
    }

    public ProxyViews views() {
        return views;
    }

    public StickTables tables() {
        return tables;
    }

    /** How many entries a session or an exchange can track. */
    public int stickCounters() {
        return stickCounters;
    }

    /** What a backend hashes where its algorithm has an expression, else null. */
    public Expression balance(Settings proxy) {
        return balance.get(proxy);
    }

    /** The expression of {@code persist rdp-cookie}, or null. */
    public Expression rdpCookie(Settings proxy) {
        return rdpCookies.get(proxy);
    }

    public List<StickRule> stickRules(Settings proxy) {
        return stickRules.getOrDefault(proxy, List.of());
    }

    public ProxyRules of(Settings proxy) {
        return rules.getOrDefault(proxy, ProxyRules.NONE);
    }

    /** What expressions of that proxy can name; null when none were compiled. */
    public ExpressionScope scope(Settings proxy) {
        return scopes.get(proxy);
    }
}
