package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.config.rule.CompiledRules;
import dev.weir.config.rule.Findings;
import dev.weir.config.rule.Names;
import dev.weir.config.rule.RuleWorld;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compiles what commands add to a configuration after it was read: backends made of a {@code defaults} section, and the
 * expressions of servers. Kept with the configuration; on the Conductor's thread, or on that of a reload's trial.
 */
public final class Latecomers {

    /** What a command asks for: a backend's name, the defaults section it is made of, and what it says itself. */
    public record Wanted(String name, String defaults, ProxySpec.Mode mode, String guid) {}

    /** What was made, or why it was not. */
    public record Made(ProxySpec spec, String error) {}

    private final Draft draft;
    private final RuleWorld world;
    private final Names names;
    private final Map<String, List<Phrase>> errorSections;
    private final CompiledRules compiled;

    Latecomers(Draft draft, RuleWorld world, Names names, Map<String, List<Phrase>> errorSections,
            CompiledRules compiled) {
        this.draft = draft;
        this.world = world;
        this.names = names;
        this.errorSections = errorSections;
        this.compiled = compiled;
    }

    /** The names of the defaults sections that have one. */
    public List<String> defaults() {
        List<String> named = new ArrayList<>();
        for (ProxyDraft each : draft.defaults) {
            if (!each.name().isEmpty() && isKept(each)) {
                named.add(each.name());
            }
        }
        return named;
    }

    /** What a defaults section says, or null when there is none of that name. */
    public Settings defaults(String name) {
        ProxyDraft found = section(name);
        return found == null ? null : found.settings;
    }

    /** {@code tune.defaults.purge} spares sections with rules, which those who were made of them go on using. */
    private boolean isKept(ProxyDraft section) {
        return !draft.global().get(GlobalSpec.DEFAULTS_PURGE).contains("proxies")
                || !section.settings.get(ProxySpec.RULES).isEmpty();
    }

    private ProxyDraft section(String name) {
        for (ProxyDraft each : draft.defaults) {
            if (each.name().equals(name) && !name.isEmpty() && isKept(each)) {
                return each;
            }
        }
        return null;
    }

    /** Makes and compiles a backend. */
    public Made backend(Wanted wanted, int id) {
        ProxyDraft parent = section(wanted.defaults);
        if (parent == null) {
            return new Made(null, "Cannot find default proxy '" + wanted.defaults + "'.");
        }
        ProxyDraft proxy = new ProxyDraft(Section.BACKEND, wanted.name, parent, Place.BUILT_IN);
        proxy.settings.set(ProxySpec.MODE, wanted.mode, Place.BUILT_IN);
        proxy.settings.set(ProxySpec.PUBLISHED, false, Place.BUILT_IN);
        proxy.settings.set(ProxySpec.MADE_OF, wanted.defaults, Place.BUILT_IN);
        proxy.settings.set(ProxySpec.GUID, wanted.guid, Place.BUILT_IN);
        RuleReading reading = new RuleReading(draft, world, names.views());
        reading.show(proxy);
        reading.compile(proxy, names, errorSections, compiled);
        String wrong = wrong(reading.findings());
        if (wrong != null) {
            names.views().removeBackend(wanted.name);
            return new Made(null, wrong);
        }
        SpecBuilder.keepServerDefaults(proxy);
        return new Made(new ProxySpec(id, ProxySpec.Kind.BACKEND, wanted.name, proxy.settings, List.of(), List.of(),
                Place.BUILT_IN), null);
    }

    private static String wrong(Findings findings) {
        for (List<Findings.Finding> some : List.of(findings.early(), findings.late(), findings.unbuilt())) {
            for (Findings.Finding each : some) {
                if (each.level() != dev.weir.base.text.Diagnostic.Level.WARNING) {
                    return "Error during backend creation : " + each.text();
                }
            }
        }
        return null;
    }

    /** Compiles what an added server asks encrypted connections for. What is wrong, or null. */
    String server(ProxySpec backend, ServerSpec server) {
        if (compiled.serverName(server.settings()) != null) {
            return null;
        }
        ProxyDraft home = new ProxyDraft(Section.BACKEND, backend.name(), null, Place.BUILT_IN);
        RuleReading reading = new RuleReading(draft, world, names.views());
        RuleReading.serverName(backend.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP, server.settings(),
                server.name(), Place.BUILT_IN, reading.compiler(home, names, errorSections), compiled);
        return reading.findings().late().isEmpty() ? null : reading.findings().late().getFirst().text();
    }
}
