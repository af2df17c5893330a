package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.upkeep.resolve.ResolversSpec;
import java.util.List;

/**
 * Everything that the files of one configuration say, as Specs. Immutable.
 *
 * @param global the settings of all {@code global} sections together
 * @param proxies frontends, backends and listens in order of declaration
 * @param resolvers the {@code resolvers} sections in order
 */
public record Configuration(Settings global, List<ProxySpec> proxies, List<ResolversSpec> resolvers) {}
