package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.flow.drive.Splices;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.ProxySpec.Splice;
import dev.weir.net.mux.KernelPipes;

/** What a file says of bytes that the kernel may move. */
public final class SpliceAssembly {

    private SpliceAssembly() {}

    static Splices of(Settings proxy) {
        return new Splices(proxy.get(ProxySpec.SPLICE_REQUEST), proxy.get(ProxySpec.SPLICE_RESPONSE));
    }

    /** Where nothing is said, as many pipes as a quarter of the connections, if anybody wants some. */
    public static void limit(Configuration configuration, int maxconn) {
        Settings global = configuration.global();
        int said = global.get(GlobalSpec.MAXPIPES);
        boolean wanted = configuration.proxies().stream().anyMatch(proxy -> asks(proxy.settings()));
        int most = said == 0 && wanted ? Math.max(1, maxconn / 4) : said;
        KernelPipes.limit(global.get(GlobalSpec.NOSPLICE) ? 0 : most, global.get(GlobalSpec.PIPESIZE));
    }

    private static boolean asks(Settings proxy) {
        return proxy.get(ProxySpec.SPLICE_REQUEST) != Splice.NO || proxy.get(ProxySpec.SPLICE_RESPONSE) != Splice.NO;
    }
}
