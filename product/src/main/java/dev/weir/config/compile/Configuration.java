package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.config.rule.CompiledRules;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.upkeep.resolve.ResolversSpec;
import java.util.List;
import java.util.Map;

/**
 * Everything that the files of one configuration say, as Specs. Immutable.
 *
 * @param global the settings of all {@code global} sections together
 * @param proxies frontends, backends and listens in order of declaration
 * @param resolvers the {@code resolvers} sections in order
 * @param others sections of all other kinds, as words
 * @param unbuilt what stands in the way of a start
 * @param environment the variables as the files left them
 * @param rules the compiled rules of all proxies
 */
public record Configuration(Settings global, List<ProxySpec> proxies, List<ResolversSpec> resolvers,
        List<SectionSpec> others, List<Unbuilt> unbuilt, Map<String, String> environment,
        CompiledRules rules) {

    public Configuration(Settings global, List<ProxySpec> proxies, List<ResolversSpec> resolvers) {
        this(global, proxies, resolvers, List.of(), List.of(), Map.of(), CompiledRules.none());
    }

    /** The proxy of this name that has a backend's side, or null. */
    public ProxySpec backend(String name) {
        for (ProxySpec proxy : proxies) {
            if (proxy.kind().isBack() && proxy.name().equals(name)) {
                return proxy;
            }
        }
        return null;
    }
}
