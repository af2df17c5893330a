package dev.weir.config.rule;

import dev.weir.base.collect.Settings;
import dev.weir.flow.expr.ExpressionScope;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.ProxyViews;
import dev.weir.upkeep.check.CheckProgram;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** The rules of all proxies, found by the settings of the proxy they belong to. Filled once. */
public final class CompiledRules {

    private final ProxyViews views;
    private final Map<Settings, ProxyRules> rules = new IdentityHashMap<>();
    private final Map<Settings, ProxyScope> scopes = new IdentityHashMap<>();

    private final Map<Settings, CheckProgram> checks = new IdentityHashMap<>();
    private final Map<String, CheckProgram> namedChecks = new HashMap<>();

    public CompiledRules(ProxyViews views) {
        this.views = views;
    }

    public void add(Settings proxy, RuleCompiler compiler) {
        rules.put(proxy, compiler.compile());
        scopes.put(proxy, compiler.scope());
    }

    public void addCheck(Settings proxy, CheckProgram check) {
        checks.put(proxy, check);
    }

    public void addCheck(String section, CheckProgram check) {
        namedChecks.put(section, check);
    }

    /** What the servers of that proxy are checked with. */
    public CheckProgram check(Settings proxy) {
        return checks.getOrDefault(proxy, CheckProgram.PLAIN);
    }

    /** The check of a {@code healthcheck} section, or null. */
    public CheckProgram check(String section) {
        return namedChecks.get(section);
    }

    public ProxyViews views() {
        return views;
    }

    public ProxyRules of(Settings proxy) {
        return rules.getOrDefault(proxy, ProxyRules.NONE);
    }

    /** What expressions of that proxy can name; null when none were compiled. */
    public ExpressionScope scope(Settings proxy) {
        return scopes.get(proxy);
    }
}
