package dev.weir.keyword.command;

import dev.weir.config.compile.GlobalSpec;
import dev.weir.admin.stats.InfoField;
import dev.weir.config.lang.VersionNumbers;
import dev.weir.flow.compress.CompressionGate;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.model.pattern.PatternReference;
import dev.weir.model.proxy.Totals;
import dev.weir.model.server.Count;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.mux.KernelPipes;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.tls.CertificateChoice;
import dev.weir.net.tls.TlsCounters;
import dev.weir.upkeep.resolve.DnsCounter;
import dev.weir.upkeep.resolve.NameService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The fields of {@code show info} at one moment, in the order of their numbers. One use. */
final class ProcessInfo {

    private static final List<DnsCounter> FAILURES = List.of(DnsCounter.SEND_ERROR, DnsCounter.CNAME_ERROR,
            DnsCounter.ANY_ERR, DnsCounter.NX, DnsCounter.TIMEOUT, DnsCounter.REFUSED, DnsCounter.OTHER,
            DnsCounter.INVALID, DnsCounter.TOO_BIG, DnsCounter.TRUNCATED);

    private final List<InfoField> fields = new ArrayList<>();
    private final Site site;
    private final long nowMs;
    private int id;

    private ProcessInfo(Site site, long nowMs) {
        this.site = site;
        this.nowMs = nowMs;
    }

    static List<InfoField> of(Site site, long nowMs) {
        ProcessInfo info = new ProcessInfo(site, nowMs);
        info.identity();
        info.memory();
        info.connections();
        info.rates();
        info.tlsAndCompression();
        info.state();
        info.more();
        return info.fields;
    }

    private void text(String name, String tags, String value, String purpose) {
        fields.add(new InfoField(id++, name, tags, "str", value, 0, null, purpose));
    }

    private void number(String name, String tags, String type, long value, String purpose) {
        fields.add(new InfoField(id++, name, tags, type, null, value, null, purpose));
    }

    private void number(String name, String tags, long value, String purpose) {
        number(name, tags, "u32", value, purpose);
    }

    private void precise(String name, String tags, long value, String precise, String purpose) {
        fields.add(new InfoField(id++, name, tags, "u32", null, value, precise, purpose));
    }

    private void identity() {
        text("Name", "POSV", "HAProxy", "Product name");
        text("Version", "POSV", VersionNumbers.COMPATIBLE, "Product version");
        text("Release_date", "POSV", VersionNumbers.RELEASE_DATE, "Date of the last change of the source");
        number("Nbthread", "CGSV", site.runtime().workers().size(), "Threads that serve");
        number("Nbproc", "CGSV", 1, "Worker processes, always 1");
        number("Process_num", "KGPV", 1, "Relative number of the process, always 1");
        number("Pid", "SGPV", site.runtime().identity().pid(), "Number of the process in the system");
        long ms = nowMs - site.story().startedMs();
        long seconds = ms / 1000;
        text("Uptime", "MDPV", seconds / 86_400 + "d " + seconds / 3600 % 24 + "h" + two(seconds / 60 % 60) + "m"
                + two(seconds % 60) + "s", "Time since the start in days, hours, minutes, seconds");
        precise("Uptime_sec", "MDPV", seconds, fraction(ms * 1000), "Time since the start in seconds");
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /** Microseconds as seconds with six decimals. */
    private static String fraction(long micros) {
        String decimals = Long.toString(1_000_000 + micros % 1_000_000);
        return micros / 1_000_000 + "." + decimals.substring(1);
    }

    private void memory() {
        Runtime memory = Runtime.getRuntime();
        number("Memmax_MB", "CLPV", memory.maxMemory() >> 20, "Most memory for objects in MB");
        number("PoolAlloc_MB", "MGPV", memory.totalMemory() >> 20, "Memory taken from the system in MB");
        number("PoolUsed_MB", "MGPV", used() >> 20, "Memory in use in MB");
        number("PoolFailed", "MCPV", 0, "Requests for memory that failed");
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void connections() {
        Totals totals = site.runtime().totals();
        long accepted = 0;
        long requests = 0;
        for (FrontendProgram program : site.now().frontends()) {
            accepted += program.frontend().counts().sum(Count.CONNECTIONS);
            requests += program.frontend().counts().sum(Count.REQUESTS);
        }
        number("Ulimit-n", "CLPV", site.story().descriptors(), "Most descriptors");
        number("Maxsock", "CLPV", site.story().descriptors(), "Most sockets");
        number("Maxconn", "CLPV", totals.maxconn(), "Most connections");
        number("Hard_maxconn", "CLPV", site.story().maxconn().getAsInt(), "Most connections that a command may allow");
        number("CurrConns", "MGPV", totals.connections().value(), "Connections now");
        number("CumConns", "MCPV", accepted + site.doors().clients(), "Connections so far");
        number("CumReq", "MCPV", requests, "Requests so far");
        boolean tls = isEncrypted();
        number("MaxSslConns", "MMPV", site.now().configuration().global().get(GlobalSpec.MAXSSLCONN),
                "Most encrypted connections");
        number("CurrSslConns", "MGPV", tls ? TlsCounters.FRONT.current() + TlsCounters.BACK.current() : 0,
                "Encrypted connections now");
        number("CumSslConns", "MCPV", tls ? TlsCounters.FRONT.opened() + TlsCounters.BACK.opened() : 0,
                "Encrypted connections so far");
        number("Maxpipes", "CLPV", KernelPipes.limit(), "Most pipes");
        number("PipesUsed", "MGPV", KernelPipes.used(), "Pipes in use");
        number("PipesFree", "MGPV", KernelPipes.free(), "Pipes that wait for use");
    }

    private void zero(String nameAndTags, String purpose) {
        int blank = nameAndTags.lastIndexOf(' ');
        number(nameAndTags.substring(0, blank), nameAndTags.substring(blank + 1), 0, purpose);
    }

    private void rates() {
        Totals totals = site.runtime().totals();
        long now = nowMs;
        rate("ConnRate", "MRPV", totals.connectionPace().perSecond(now), "Connections in the last second");
        number("ConnRateLimit", "CLPV", totals.connectionGate().limit(), "Most connections per second");
        number("MaxConnRate", "MMPV", totals.connectionPace().most(), "Most connections in one second so far");
        rate("SessRate", "MRPV", totals.sessionPace().perSecond(now), "Sessions in the last second");
        number("SessRateLimit", "CLPV", totals.sessionGate().limit(), "Most sessions per second");
        number("MaxSessRate", "MRPV", totals.sessionPace().most(), "Most sessions in one second so far");
    }

    private void rate(String name, String tags, long value, String purpose) {
        precise(name, tags, value, value + ".000000", purpose);
    }

    private void tlsAndCompression() {
        long now = site.nowMs();
        TlsCounters front = TlsCounters.FRONT;
        TlsCounters back = TlsCounters.BACK;
        rate("SslRate", "MRPV", front.perSecond(now), "Handshakes of clients in the last second");
        number("SslRateLimit", "CLPV", site.runtime().totals().tlsGate().limit(), "Most handshakes of clients per second");
        number("MaxSslRate", "MMPV", front.mostPerSecond(), "Most of them in one second so far");
        rate("SslFrontendKeyRate", "MGPV", front.keysPerSecond(now), "Those that took a key");
        number("SslFrontendMaxKeyRate", "MMPV", front.mostKeysPerSecond(), "Most of those in one second so far");
        rate("SslFrontendSessionReuse_pct", "MGPV", front.reusePercent(now), "Handshakes that went on with a session");
        rate("SslBackendKeyRate", "MRPV", back.keysPerSecond(now), "Handshakes with servers that took a key");
        number("SslBackendMaxKeyRate", "MMPV", back.mostKeysPerSecond(), "Most of those in one second so far");
        long[] use = cacheUse();
        number("SslCacheLookups", "MCPV", use[0] + use[1], "Look-ups in the cache of sessions");
        number("SslCacheMisses", "MCPV", use[1], "Those that found none");
        rate("CompressBpsIn", "MRPV", site.pulse().compressorInPerSecond(), "Bytes per second given to compressors");
        rate("CompressBpsOut", "MRPV", site.pulse().compressorOutPerSecond(), "Bytes per second that they gave");
        number("CompressBpsRateLim", "CLPV", CompressionGate.PROCESS.limit(), "Most bytes per second for compressors");
        // 45 and 46 are for zlib, which this is not built with
        id += 2;
    }

    private boolean isEncrypted() {
        for (FrontendProgram program : site.now().frontends()) {
            for (BindSpec bind : program.frontend().spec().binds()) {
                if (bind.settings().get(BindSpec.TLS) != null) {
                    return true;
                }
            }
        }
        for (var program : site.now().backends()) {
            for (var server : program.backend().servers()) {
                if (server.spec().settings().get(ServerSpec.TLS) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Look-ups in the caches of sessions of all addresses: [found, not found]. */
    private long[] cacheUse() {
        long[] use = new long[2];
        Set<CertificateChoice> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (FrontendProgram program : site.now().frontends()) {
            for (BindSpec bind : program.frontend().spec().binds()) {
                CertificateChoice choice = bind.settings().get(BindSpec.TLS);
                if (choice != null && seen.add(choice)) {
                    use[0] += choice.cacheUse()[0];
                    use[1] += choice.cacheUse()[1];
                }
            }
        }
        return use;
    }

    private void state() {
        Totals totals = site.runtime().totals();
        int listening = 0;
        for (Listener listener : site.doors().listeners()) {
            listening += listener.state() == Listener.State.READY || listener.state() == Listener.State.FULL ? 1 : 0;
        }
        number("Tasks", "MGPV", site.runtime().workers().size() + 1, "Threads of the process's own");
        number("Run_queue", "MGPV", 0, "Tasks that wait for a thread");
        rate("Idle_pct", "MaPV", site.pulse().idlePercent(), "Part of the last second in which workers had nothing to do");
        text("node", "COSV", site.story().node(), "Name of the node");
        if (site.story().description() != null) {
            text("description", "COSV", site.story().description(), "Description of the node");
        } else {
            id++;
        }
        number("Stopping", "MGPV", totals.isStopping() ? 1 : 0, "1 when the process is about to end");
        number("Jobs", "MGPV", totals.connections().value() + listening, "Connections and listeners");
        zero("Unstoppable Jobs MGPV", "Not used");
        number("Listeners", "MGPV", listening, "Listeners that accept");
        number("ActivePeers", "MGPV", site.peers().gauges().active(), "Sessions with peers, begun or not");
        number("ConnectedPeers", "MGPV", site.peers().gauges().connected(), "Sessions with peers");
        number("DroppedLogs", "MGPV", site.runtime().droppedLogs(), "Log lines lost so far");
        zero("BusyPolling MGPV", "Not used");
        number("FailedResolutions", "MGPV", failedResolutions(), "Questions to name servers without a good answer");
    }

    private long failedResolutions() {
        long failed = 0;
        for (NameService service : site.resolvers().get()) {
            for (int i = 0; i < service.spec().nameservers().size(); i++) {
                for (DnsCounter counter : FAILURES) {
                    failed += service.count(i, counter);
                }
            }
        }
        return failed;
    }

    /** Milliseconds from the first moment of the process until it served. */
    private long bootMs() {
        return ProcessHandle.current().info().startInstant()
                .map(start -> Math.max(0, site.pulse().servesSinceMicros() / 1000 - start.toEpochMilli())).orElse(0L);
    }

    private void more() {
        long bytes = 0;
        long requests = 0;
        for (FrontendProgram program : site.now().frontends()) {
            bytes += program.frontend().counts().sum(Count.BYTES_OUT);
            requests += program.frontend().counts().sum(Count.SESSIONS);
        }
        number("TotalBytesOut", "MGPV", "u64", bytes, "Bytes sent so far");
        number("TotalSplicedBytesOut", "MGPV", "u64", KernelPipes.bytes(), "Bytes moved by the kernel so far");
        number("BytesOutRate", "MRPV", "u64", site.pulse().bytesOutPerSecond(), "Bytes sent in the last second");
        number("DebugCommandsIssued", "MGPV", site.pulse().debugCommands(), "Commands of debugging so far");
        number("CumRecvLogs", "MCPV", site.runtime().totals().counts().sum(Totals.Total.RECEIVED_LOGS),
                "Log messages received so far");
        text("Build info", "POSV", VersionNumbers.COMPATIBLE, "Version of the build");
        number("Memmax_bytes", "CLPV", Runtime.getRuntime().maxMemory(), "Most memory for objects");
        number("PoolAlloc_bytes", "MGPV", "u64", Runtime.getRuntime().totalMemory(), "Memory taken from the system");
        number("PoolUsed_bytes", "MGPV", "u64", used(), "Memory in use");
        precise("Start_time_sec", "MDPV", site.story().startedMicros() / 1_000_000,
                fraction(site.story().startedMicros()), "Time of the start in seconds since 1970");
        text("Tainted", "SGPV", "0", "Whether something unsupported was done");
        number("TotalWarnings", "MCPV", site.pulse().warnings(), "Warnings while files were read");
        number("MaxconnReached", "MCPV", site.runtime().totals().timesFull().get(), "Times that the process was full");
        number("BootTime_ms", "MDPV", bootMs(), "Time that the start took");
        zero("Niced_tasks MGPV", "Not used");
        number("CurrStreams", "MGPV", "u64", site.runtime().totals().connections().value(), "Streams now");
        number("CumStreams", "MCPV", "u64", requests, "Streams so far");
        zero("BlockedTrafficWarnings MCPV", "Not used");
        number("PatternsAdded", "MGPV", "u64", PatternReference.added(), "Lines that lists of patterns have got");
        number("PatternsFreed", "MGPV", "u64", PatternReference.freed(), "Lines that they have lost");
        number("NbThreadGroups", "CGSV", 1, "Groups of threads, always 1");
    }
}
