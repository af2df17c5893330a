package dev.weir.boot;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogLevel;
import dev.weir.config.compile.Runtime;
import dev.weir.config.lang.SystemNames;
import dev.weir.net.loop.Worker;
import dev.weir.net.tls.TlsContext;
import dev.weir.upkeep.ocsp.OcspUpdates;
import java.util.ArrayList;
import java.util.List;

/** What asking authorities needs of the process: names, the log, and knowing when every worker has gone on. */
record AuthorityWorld(Runtime runtime, Announcements announcements) implements OcspUpdates.World {

    @Override
    public List<Address> resolve(String host) {
        return new SystemNames().resolve(host);
    }

    @Override
    public void log(String line) {
        announcements.log(LogLevel.NOTICE, line);
    }

    @Override
    public void retire(List<TlsContext> contexts) {
        List<Worker> workers = new ArrayList<>(runtime.everyone());
        workers.remove(runtime.conductor());
        int[] waited = {workers.size()};
        for (Worker worker : workers) {
            worker.execute(() -> runtime.conductor().execute(() -> {
                if (--waited[0] == 0) {
                    contexts.forEach(TlsContext::retire);
                }
            }));
        }
    }
}
