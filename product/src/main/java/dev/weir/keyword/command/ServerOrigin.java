package dev.weir.keyword.command;

import dev.weir.base.collect.Settings;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import java.util.List;

/**
 * What {@code from} behind the address of {@code add server} says the server begins with (management.txt, "add server";
 * configuration.txt 5.2).
 *
 * @param settings null for none
 * @param error what is wrong, or null
 * @param words how many words it takes
 */
record ServerOrigin(Settings settings, String error, int words) {

    private static final ServerOrigin NONE = new ServerOrigin(null, null, 0);
    private static final ServerOrigin NONE_BEHIND = new ServerOrigin(null, null, 2);

    /** @param options the words behind the address */
    static ServerOrigin of(Site site, Backend home, List<String> options) {
        if (options.isEmpty() || !options.getFirst().equals("from")) {
            return options.contains("from") && isKeyword(options)
                    ? wrong("'from' keyword must stand before all others.") : NONE;
        }
        if (options.size() < 2) {
            return wrong("from: missing value.");
        }
        if (options.lastIndexOf("from") > 1 && options.lastIndexOf("from") % 2 == 0 && options.size() > 2
                && options.get(2).equals("from")) {
            return wrong("'from' keyword can only be specified once.");
        }
        return read(site, home, options.get(1));
    }

    /** The word may also be what an option is given. */
    private static boolean isKeyword(List<String> options) {
        int at = options.indexOf("from");
        return at + 1 < options.size() && (options.get(at + 1).equals("none") || options.get(at + 1).startsWith("be:")
                || options.get(at + 1).startsWith("srv:"));
    }

    private static ServerOrigin read(Site site, Backend home, String origin) {
        if (origin.equals("none")) {
            return new ServerOrigin(null, null, 2);
        }
        if (origin.startsWith("be:")) {
            Backend backend = backend(site, home, origin.substring(3));
            return backend == null ? wrong("unknown backend '" + origin.substring(3) + "'")
                    : arePurged(site) ? NONE_BEHIND : new ServerOrigin(backend.spec().settings().get(ProxySpec.SERVER_DEFAULTS), null, 2);
        }
        if (!origin.startsWith("srv:")) {
            return wrong("invalid '" + origin + "' value for 'from' keyword.");
        }
        int slash = origin.indexOf('/');
        String of = slash < 0 ? "" : origin.substring(4, slash);
        Backend backend = backend(site, home, of);
        if (backend == null) {
            return wrong("unknown backend '" + of + "'");
        }
        String name = origin.substring(slash < 0 ? 4 : slash + 1);
        Settings settings = named(backend, name, arePurged(site));
        return settings == null ? wrong("unknown server '" + name + "' in backend '" + backend.name() + "'")
                : new ServerOrigin(settings, null, 2);
    }

    private static Backend backend(Site site, Backend home, String name) {
        return name.isEmpty() ? home : Proxies.backend(site, name);
    }

    /** Whether {@code tune.defaults.purge} has taken what default-server lines say. */
    static boolean arePurged(Site site) {
        return site.now().configuration().global().get(GlobalSpec.DEFAULTS_PURGE).contains("servers");
    }

    private static Settings named(Backend backend, String name, boolean purged) {
        for (Server server : backend.servers()) {
            if (server.name().equals(name)) {
                return server.spec().settings();
            }
        }
        return purged ? null : backend.spec().settings().get(ProxySpec.NAMED_SERVER_DEFAULTS).get(name);
    }

    private static ServerOrigin wrong(String why) {
        return new ServerOrigin(null, why, 0);
    }
}
