package dev.weir.keyword.directive;

import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.net.loop.Stints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Global words that tune what other parts do, or mean nothing on the JVM: checked, and accepted or kept (configuration
 * manual 3.2 to 3.4). Boot's thread.
 */
final class TuningDirectives extends KeywordFamily {

    private static final Set<String> FAMILIES = Set.of("auto", "ipv4", "ipv6");
    private static final Set<String> PURGED = Set.of("all", "none", "proxies", "servers");

    @Override
    public String rows() {
        return """
                51degrees-allow-unmatched 1-1 todo
                51degrees-cache-size 1-1 todo
                51degrees-data-file 1-1 todo
                51degrees-difference 1-1 todo
                51degrees-drift 1-1 todo
                51degrees-property-name-list 0-* todo
                51degrees-property-separator 1-1 todo
                51degrees-use-performance-graph 1-1 todo
                51degrees-use-predictive-graph 1-1 todo
                !acme.scheduler 1-1 void
                ~busy-polling 0-0 void
                cluster-secret 1-1 void
                cpu-affinity 1-1 void
                cpu-policy 1-* void
                cpu-set 1-* void
                debug 0-0 void
                debug.counters 1-1 void
                deviceatlas-json-file 1-1 todo
                deviceatlas-log-level 1-1 todo
                deviceatlas-properties-cookie 1-1 todo
                deviceatlas-separator 1-1 todo
                dns-accept-family 1-1 ok : expects a list of words.
                expose-deprecated-directives 0-0 void
                !force-cfg-parser-pause 1-1 void
                h1-accept-payload-with-any-method 0-0 used
                h1-case-adjust 2-2 used
                h1-case-adjust-file 1-1 used
                h1-do-not-close-on-insecure-transfer-encoding 0-0 used
                ~h2-workaround-bogus-websocket-clients 0-0 used
                harden.reject-privileged-ports.quic 1-1 void
                harden.reject-privileged-ports.tcp 1-1 void
                http-err-codes 0-* used
                http-fail-codes 0-* used
                httpclient.resolvers.disabled 1-1 used
                httpclient.resolvers.id 1-1 used
                httpclient.resolvers.prefer 1-1 used
                httpclient.retries 1-1 used
                httpclient.ssl.ca-file 1-1 ok
                httpclient.ssl.verify 0-* ok
                httpclient.timeout.connect 1-1 used
                issuers-chain-path 1-1 ok
                jwt.decrypt_alg_list 1-1 used
                jwt.decrypt_enc_list 1-1 used
                limited-quic 0-0 void
                max-spread-checks 1-1 used
                max-threads-per-group 1-1 void
                maxcompcpuusage 1-1 kept : expects an integer argument.
                maxzlibmem 1-1 void : expects an integer argument.
                mworker-max-reloads 1-1 used
                nbproc 0-* gone
                no-memory-trimming 0-0 void
                no-quic 0-0 void
                noevports 0-0 void
                nokqueue 0-0 void
                noktls 0-0 void
                nopoll 0-0 void
                nosepoll 0-0 void
                ~numa-cpu-mapping 0-0 void
                ocsp-update.disable 0-* used
                ocsp-update.httpproxy 1-* used
                ocsp-update.maxdelay 1-1 used
                ocsp-update.mindelay 1-1 used
                ocsp-update.mode 0-* used
                pp2-never-send-local 0-0 used
                prealloc-fd 0-0 void
                profiling.memory 1-1 void
                profiling.tasks 1-* ok
                quick-exit 0-0 void
                shm-stats-file 1-1 todo
                shm-stats-file-max-objects 1-1 void
                ssl-default-bind-ciphers 1-1 ok
                ssl-default-bind-ciphersuites 1-1 ok
                ssl-default-bind-client-sigalgs 1-1 ok
                ssl-default-bind-curves 1-1 ok
                ssl-default-bind-options 0-* ok
                ssl-default-bind-sigalgs 1-1 ok
                ssl-default-server-ciphers 1-1 ok
                ssl-default-server-ciphersuites 1-1 ok
                ssl-default-server-client-sigalgs 1-1 ok
                ssl-default-server-curves 1-1 ok
                ssl-default-server-options 0-* ok
                ssl-default-server-sigalgs 1-1 ok
                ssl-dh-param-file 1-1 ok
                ssl-engine 1-* todo
                ssl-load-extra-del-ext 0-0 ok
                ssl-load-extra-files 1-* ok
                ssl-mode-async 0-0 void
                ssl-passphrase-cmd 1-* used
                ssl-propquery 1-1 ok
                ssl-provider 1-1 ok
                ssl-provider-path 1-1 ok
                ssl-security-level 1-1 ok
                ssl-server-verify 0-* ok
                ssl-skip-self-issued-ca 0-0 ok
                stress-level 1-1 void
                thread-group 1-* void
                thread-groups 1-1 void
                thread-hard-limit 1-1 void
                tune.applet.zero-copy-forwarding 1-1 void : expects an integer argument.
                tune.buffers.limit 1-1 void : expects an integer argument.
                tune.buffers.reserve 1-1 void : expects an integer argument.
                tune.bufsize.large 1-1 void : expects an integer argument.
                tune.bufsize.small 1-1 void : expects an integer argument.
                tune.chksize 0-* gone
                tune.cli.max-payload-size 1-1 void : expects an integer argument.
                tune.comp.maxlevel 1-1 used : expects an integer argument.
                tune.defaults.purge 0-1 ok
                tune.disable-fast-forward 0-0 void
                tune.disable-zero-copy-forwarding 0-0 void
                tune.epoll.mask-events 1-* void
                tune.events.max-events-at-once 1-1 void : expects an integer argument.
                tune.fail-alloc 0-1 void
                !tune.fd.edge-triggered 1-1 void : expects an integer argument.
                !tune.fd.tables 1-1 void : expects an integer argument.
                tune.glitches.kill.cpu-usage 1-1 void : expects an integer argument.
                tune.h1.be.glitches-threshold 1-1 void : expects an integer argument.
                tune.h1.fe.glitches-threshold 1-1 void : expects an integer argument.
                tune.h1.zero-copy-fwd-recv 1-1 void : expects an integer argument.
                tune.h1.zero-copy-fwd-send 1-1 void : expects an integer argument.
                tune.h2.be.glitches-threshold 1-1 used : expects an integer argument.
                tune.h2.be.initial-window-size 1-1 used : expects an integer argument.
                tune.h2.be.max-concurrent-streams 1-1 used
                tune.h2.be.max-frames-at-once 1-1 kept : expects an integer argument.
                tune.h2.be.rxbuf 1-1 used : expects an integer argument.
                tune.h2.fe.glitches-threshold 1-1 used : expects an integer argument.
                tune.h2.fe.initial-window-size 1-1 used : expects an integer argument.
                tune.h2.fe.max-concurrent-streams 1-* used
                tune.h2.fe.max-frames-at-once 1-1 kept : expects an integer argument.
                tune.h2.fe.max-rst-at-once 1-1 kept : expects an integer argument.
                tune.h2.fe.max-total-streams 1-1 used : expects an integer argument.
                tune.h2.fe.rxbuf 1-1 used : expects an integer argument.
                tune.h2.header-table-size 1-1 used : expects an integer argument.
                tune.h2.initial-window-size 1-1 used : expects an integer argument.
                tune.h2.log-errors 1-1 kept : expects an integer argument.
                tune.h2.max-concurrent-streams 1-1 used : expects an integer argument.
                tune.h2.max-frame-size 1-1 used : expects an integer argument.
                tune.h2.zero-copy-fwd-send 1-1 void : expects an integer argument.
                tune.http.cookielen 1-1 used : expects an integer argument.
                tune.http.logurilen 1-1 ok : expects an integer argument.
                tune.http.maxhdr 1-1 ok : expects an integer argument.
                tune.idle-pool.shared 1-1 used
                tune.listener.default-shards 1-1 void : expects an integer argument.
                tune.listener.multi-queue 1-1 void : expects an integer argument.
                tune.lua.bool-sample-conversion 1-1 void
                tune.lua.burst-timeout 1-1 void : expects an integer argument.
                tune.lua.forced-yield 1-1 void : expects an integer argument.
                tune.lua.log.loggers 1-1 void : expects an integer argument.
                tune.lua.log.stderr 1-1 void : expects an integer argument.
                tune.lua.maxmem 1-1 void : expects an integer argument.
                tune.lua.openlibs 0-* void
                tune.lua.service-timeout 1-1 void : expects an integer argument.
                tune.lua.session-timeout 1-1 void : expects an integer argument.
                tune.lua.task-timeout 1-1 void : expects an integer argument.
                tune.max-checks-per-thread 1-1 void : expects an integer argument.
                tune.max-rules-at-once 1-1 void : expects an integer argument.
                tune.maxpollevents 1-1 void : expects an integer argument.
                tune.maxrewrite 1-1 used : expects an integer argument.
                tune.memory.hot-size 1-1 void : expects an integer argument.
                tune.notsent-lowat.client 1-1 void : expects an integer argument.
                tune.notsent-lowat.server 1-1 void : expects an integer argument.
                tune.pattern.cache-size 1-1 void : expects an integer argument.
                tune.peers.max-updates-at-once 1-1 used : expects an integer argument.
                tune.pool-high-fd-ratio 1-1 void : expects an integer argument.
                tune.pool-low-fd-ratio 1-1 void : expects an integer argument.
                tune.pt.zero-copy-forwarding 1-1 void : expects an integer argument.
                tune.quic.backend.max-idle-timeout 1-1 void
                tune.quic.be.cc.cubic-min-losses 1-1 void : expects an integer argument.
                tune.quic.be.cc.hystart 1-1 void : expects an integer argument.
                tune.quic.be.cc.max-frame-loss 1-1 void : expects an integer argument.
                tune.quic.be.cc.max-win-size 1-1 void : expects an integer argument.
                tune.quic.be.cc.reorder-ratio 1-1 void : expects an integer argument.
                tune.quic.be.max-idle-timeout 1-1 void : expects an integer argument.
                tune.quic.be.sec.glitches-threshold 1-1 void : expects an integer argument.
                tune.quic.be.stream.data-ratio 1-1 void : expects an integer argument.
                tune.quic.be.stream.max-concurrent 1-1 void : expects an integer argument.
                tune.quic.be.stream.rxbuf 1-1 void : expects an integer argument.
                tune.quic.be.tx.pacing 1-1 void : expects an integer argument.
                tune.quic.be.tx.udp-gso 1-1 void : expects an integer argument.
                tune.quic.cc-hystart 1-1 void
                tune.quic.cc.cubic.min-losses 1-1 void
                tune.quic.conn-buf-limit 1-1 void
                tune.quic.disable-tx-pacing 0-0 void
                tune.quic.disable-udp-gso 0-0 void
                tune.quic.fe.cc.cubic-min-losses 1-1 void : expects an integer argument.
                tune.quic.fe.cc.hystart 1-1 void : expects an integer argument.
                tune.quic.fe.cc.max-frame-loss 1-1 void : expects an integer argument.
                tune.quic.fe.cc.max-win-size 1-1 void : expects an integer argument.
                tune.quic.fe.cc.reorder-ratio 1-1 void : expects an integer argument.
                tune.quic.fe.max-idle-timeout 1-1 void : expects an integer argument.
                tune.quic.fe.sec.glitches-threshold 1-1 void : expects an integer argument.
                tune.quic.fe.sec.retry-threshold 1-1 void : expects an integer argument.
                tune.quic.fe.sock-per-conn 1-1 void : expects an integer argument.
                tune.quic.fe.stream.data-ratio 1-1 void : expects an integer argument.
                tune.quic.fe.stream.max-concurrent 1-1 void : expects an integer argument.
                tune.quic.fe.stream.max-total 1-1 void : expects an integer argument.
                tune.quic.fe.stream.rxbuf 1-1 void : expects an integer argument.
                tune.quic.fe.tx.pacing 1-1 void : expects an integer argument.
                tune.quic.fe.tx.udp-gso 1-1 void : expects an integer argument.
                tune.quic.frontend.conn-tx-buffers.limit 1-1 void
                tune.quic.frontend.default-max-window-size 1-1 void
                tune.quic.frontend.glitches-threshold 1-1 void
                tune.quic.frontend.max-data-size 1-1 void
                tune.quic.frontend.max-idle-timeout 1-1 void
                tune.quic.frontend.max-streams-bidi 1-1 void
                tune.quic.frontend.max-tx-mem 1-1 void
                tune.quic.frontend.stream-data-ratio 1-1 void
                tune.quic.listen 1-1 void : expects an integer argument.
                tune.quic.max-frame-loss 1-1 void
                tune.quic.mem.tx-max 1-1 void : expects an integer argument.
                tune.quic.reorder-ratio 1-1 void
                tune.quic.retry-threshold 1-1 void
                tune.quic.socket-owner 1-1 void
                tune.quic.zero-copy-fwd-send 1-1 void : expects an integer argument.
                tune.rcvbuf.backend 1-1 void : expects an integer argument.
                tune.rcvbuf.frontend 1-1 void : expects an integer argument.
                tune.recv_enough 1-1 void : expects an integer argument.
                tune.renice.runtime 1-1 void : expects an integer argument.
                tune.renice.startup 1-1 void : expects an integer argument.
                tune.ring.queues 1-1 void : expects an integer argument.
                tune.runqueue-depth 1-1 void : expects an integer argument.
                tune.sched.low-latency 1-1 void : expects an integer argument.
                tune.sndbuf.backend 1-1 void : expects an integer argument.
                tune.sndbuf.frontend 1-1 void : expects an integer argument.
                tune.ssl.cachesize 1-1 ok : expects an integer argument.
                tune.ssl.capture-buffer-size 1-1 ok : expects an integer argument.
                tune.ssl.capture-cipherlist-size 1-1 ok : expects an integer argument.
                tune.ssl.certificate-compression 1-1 kept : expects an integer argument.
                tune.ssl.default-dh-param 1-1 used : expects an integer argument.
                tune.ssl.force-private-cache 0-0 kept
                tune.ssl.hard-maxrecord 1-1 ok : expects an integer argument.
                tune.ssl.keylog 1-1 ok : expects an integer argument.
                tune.ssl.keyupdate-rate-limit 1-1 kept : expects an integer argument.
                tune.ssl.lifetime 1-1 ok : expects an integer argument.
                tune.ssl.maxrecord 1-1 ok : expects an integer argument.
                tune.ssl.ocsp-update.maxdelay 1-1 used : expects an integer argument.
                tune.ssl.ocsp-update.mindelay 1-1 used : expects an integer argument.
                tune.ssl.ssl-ctx-cache-size 1-1 kept : expects an integer argument.
                tune.stick-counters 1-1 used : expects an integer argument.
                tune.streams-elasticity 1-1 void : expects an integer argument.
                tune.takeover-other-tg-connections 1-1 void : expects an integer argument.
                tune.vars.check-max-size 1-1 used
                tune.vars.global-max-size 1-1 used : expects an integer argument.
                tune.vars.proc-max-size 1-1 used : expects an integer argument.
                tune.vars.reqres-max-size 1-1 used : expects an integer argument.
                tune.vars.sess-max-size 1-1 used : expects an integer argument.
                tune.vars.txn-max-size 1-1 used : expects an integer argument.
                tune.zlib.memlevel 1-1 void : expects an integer argument.
                tune.zlib.windowsize 1-1 void : expects an integer argument.
                warn-blocked-traffic-after 1-1 kept
                wurfl-cache-size 1-1 todo
                wurfl-data-file 1-1 todo
                wurfl-information-list 0-* todo
                wurfl-information-list-separator 1-1 todo
                wurfl-patch-file 0-* todo
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        String value = line.word(1);
        if (keyword.status() == Status.REMOVED) {
            removed(keyword.name(), line);
            return;
        }
        String error = switch (keyword.name()) {
            case "maxcompcpuusage" -> within(keyword, value, 0, 100, "expects an integer argument between 0 and 100.");
            case "tune.h2.max-frame-size" -> within(keyword, value, 16384, 16777215,
                    "expects a numeric value between 16384 and 16777215.");
            case "tune.h2.header-table-size" -> within(keyword, value, 4096, 65536,
                    "expects a numeric value between 4096 and 65536.");
            case "tune.http.maxhdr" -> within(keyword, value, 1, 32767, "expects a numeric value between 1 and 32767");
            case "tune.ssl.default-dh-param" -> within(keyword, value, 1024, Integer.MAX_VALUE,
                    "expects a value >= 1024.");
            case "ssl-default-bind-options", "ssl-default-server-options" -> TlsWords.wrongOption(keyword.name(),
                    line.from(1));
            case "ssl-dh-param-file" -> Files.isReadable(Path.of(value)) ? null
                    : "'ssl-dh-param-file': unable to load DH parameters from file <" + value + ">.";
            case "ssl-load-extra-files" -> TlsWords.wrongExtra(line.from(1));
            case "ssl-server-verify" -> line.has(1) && !ServerChecks.isOneOf(value, "none", "required")
                    ? "'ssl-server-verify' expects 'none' or 'required' as argument." : null;
            case "dns-accept-family" -> FAMILIES.containsAll(List.of(value.split(","))) ? null
                    : "'dns-accept-family' expects a comma-delimited list of 'auto', 'ipv4' and 'ipv6' (got '" + value + "').";
            case "tune.defaults.purge" -> PURGED.containsAll(List.of(value.split(","))) || !line.has(1) ? null
                    : "'tune.defaults.purge' expects 'all', 'none', or a list of 'proxies' and 'servers'.";
            case "tune.idle-pool.shared" -> ServerChecks.isOneOf(value, "on", "off", "full", "auto") ? null
                    : "'tune.idle-pool.shared' expects either 'on' or 'off' but got '" + value + "'.";
            case "profiling.memory" -> onOff(keyword, value);
            case "profiling.tasks" -> profiling(keyword, line, draft);
            case "thread-groups", "thread-hard-limit" -> Numbers.leading(value) > 0 ? null : "'" + keyword.name()
                    + "' passed a missing or unparsable integer value in '" + value + "'";
            default -> null;
        };
        if (error != null) {
            line.alert(1, error);
        } else if (keyword.name().contains("ssl") || keyword.name().equals("issuers-chain-path")) {
            // TLS contexts are made of these lines when all is read; those that wait for their meaning are kept as they are
            if (keyword.status() == Status.SUPPORTED) {
                draft.keep(line);
            }
        } else if (keyword.name().equals("tune.http.logurilen")) {
            long length = Numbers.leading(value);
            draft.settings().set(GlobalSpec.TUNE_HTTP_LOGURILEN, (int) Math.clamp(length, 1, 65535), line.place());
        } else if (keyword.name().equals("dns-accept-family")) {
            draft.global().set(GlobalSpec.DNS_FAMILIES, new HashSet<>(List.of(value.split(","))), line.place());
        } else if (keyword.name().equals("tune.defaults.purge")) {
            draft.global().set(GlobalSpec.DEFAULTS_PURGE, value.equals("all") ? Set.of("proxies", "servers")
                    : !line.has(1) ? Set.of("proxies") : new HashSet<>(List.of(value.split(","))), line.place());
        } else if (keyword.name().equals("tune.http.maxhdr")) {
            draft.global().set(GlobalSpec.TUNE_HTTP_MAXHDR, (int) Numbers.integer(value, 0), line.place());
        }
    }

    private static String within(Keyword keyword, String value, long low, long high, String text) {
        long number = Numbers.integer(value, Long.MIN_VALUE);
        return number >= low && number <= high ? null : "'" + keyword.name() + "' " + text;
    }

    /** The words may follow each other; those about locks and memory say what else HAProxy measures. */
    private static String profiling(Keyword keyword, Statement line, Draft draft) {
        List<String> words = line.from(1);
        for (String word : words.isEmpty() ? List.of("") : words) {
            String error = onOff(keyword, word);
            if (error != null) {
                return error;
            }
            if (ServerChecks.isOneOf(word, "on", "auto", "off")) {
                draft.global().set(GlobalSpec.PROFILING_TASKS, Stints.Mode.valueOf(word.toUpperCase(Locale.ROOT)),
                        line.place());
            }
        }
        return null;
    }

    private static String onOff(Keyword keyword, String value) {
        return ServerChecks.isOneOf(value, "on", "auto", "off", "lock", "no-lock", "memory", "no-memory") ? null
                : "'" + keyword.name() + "' expects either 'on', 'auto', or 'off' but got '" + value + "'.";
    }

    private static void removed(String name, Statement line) {
        if (name.equals("nbproc")) {
            line.warn(0, "nbproc is not supported any more since HAProxy 2.5. Threads will automatically be used on "
                    + "multi-processor machines if available.", "nbthread " + line.word(1));
        } else {
            line.warn(0, "option '" + name + "' is not supported any more (tune.bufsize is used instead).",
                    "tune.bufsize " + line.word(1));
        }
    }
}
