package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.flow.drive.HttpClients;
import dev.weir.flow.drive.HttpKit;
import dev.weir.flow.drive.LiveExchanges;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.H1Setup;
import dev.weir.net.mux.H2Pool;
import dev.weir.net.mux.H2Setup;
import dev.weir.net.mux.IdlePool;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.http.Heads;
import java.util.List;

/** Makes what the HTTP connections of each worker share. Pools, heads and lists of exchanges outlive configurations. */
public final class KitAssembly {

    private KitAssembly() {}

    /** Those of the first configuration, by the number of the worker. */
    public static HttpKit[] first(List<Worker> workers, Settings global) {
        IdlePool[] pools = IdlePool.forWorkers(workers.toArray(new Worker[0]));
        // the Conductor's number comes behind, and has none
        HttpKit[] kits = new HttpKit[pools.length + 1];
        for (int i = 0; i < pools.length; i++) {
            kits[i] = kit(global, pools[i], new LiveExchanges(workers.get(i).index()),
                    new H2Pool(workers.get(i)), new HttpClients(), new Heads());
        }
        return kits;
    }

    /** That of a worker which comes later. */
    public static HttpKit another(Runtime runtime, Worker worker, Settings global) {
        return kit(global, runtime.kits()[0].idle().another(worker), new LiveExchanges(worker.index()),
                new H2Pool(worker), new HttpClients(), new Heads());
    }

    /** Those of another configuration: what is under way and idle stays. */
    static HttpKit[] next(Runtime runtime, Settings global) {
        HttpKit[] before = runtime.kits();
        HttpKit[] kits = new HttpKit[before.length];
        for (int i = 0; i < kits.length; i++) {
            kits[i] = before[i] == null ? null : kit(global, before[i].idle(), before[i].live(),
                    before[i].shared(), before[i].clients(), before[i].heads());
        }
        return kits;
    }

    /** What HAProxy keeps free of a buffer where nothing is said of it. */
    private static final int RESERVE = 1024;

    private static HttpKit kit(Settings global, IdlePool idle, LiveExchanges live, H2Pool shared,
            HttpClients clients, Heads heads) {
        idle.shared(!"off".equals(KeptLines.word(global, "tune.idle-pool.shared")));
        int maxHead = global.get(GlobalSpec.TUNE_BUFSIZE);
        int window = Math.max(ProxyAssembly.LEAST_WINDOW, maxHead);
        int room = H1Limits.room(maxHead, (int) KeptLines.number(global, "tune.maxrewrite", RESERVE));
        H1Limits limits = new H1Limits(maxHead, room, global.get(GlobalSpec.TUNE_HTTP_MAXHDR), false,
                KeptLines.isOn(global, "h1-accept-payload-with-any-method"),
                KeptLines.isOn(global, "h1-do-not-close-on-insecure-transfer-encoding"));
        int maxHeaders = global.get(GlobalSpec.TUNE_HTTP_MAXHDR);
        HttpKit.Http2 http2 = new HttpKit.Http2(
                new H2Setup(Http2Assembly.clientSide(global), room, maxHeaders, heads),
                new H2Setup(Http2Assembly.serverSide(global), room, maxHeaders, heads), shared, clients);
        return new HttpKit(new H1Setup(limits, window, null, heads), HeaderCase.of(global), idle, live, http2);
    }
}
