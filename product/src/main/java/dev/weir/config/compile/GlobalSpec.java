package dev.weir.config.compile;

import dev.weir.base.collect.Setting;
import dev.weir.base.log.LogSpec;
import dev.weir.base.log.RingSpec;
import dev.weir.base.text.Phrase;
import dev.weir.flow.expr.TokenKeys;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.net.loop.Stints;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.tls.CertificateStore;
import dev.weir.upkeep.mail.MailersSpec;
import dev.weir.upkeep.peers.PeersSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of the {@code global} sections. */
public final class GlobalSpec {

    public static final Setting<Integer> NBTHREAD = Setting.of("nbthread", 0);
    /** Compiles what commands add later; null where rules were not compiled. */
    public static final Setting<Latecomers> LATECOMERS = Setting.of("latecomers", null);
    public static final Setting<Integer> MAXCONN = Setting.of("maxconn", 0);
    public static final Setting<Integer> ULIMIT_N = Setting.of("ulimit-n", 0);
    public static final Setting<Integer> FD_HARD_LIMIT = Setting.of("fd-hard-limit", 0);
    public static final Setting<Boolean> DAEMON = Setting.of("daemon", false);
    public static final Setting<Boolean> MASTER_WORKER = Setting.of("master-worker", false);
    public static final Setting<Boolean> QUIET = Setting.of("quiet", false);
    public static final Setting<Boolean> ZERO_WARNING = Setting.of("zero-warning", false);
    public static final Setting<String> PIDFILE = Setting.of("pidfile", null);
    public static final Setting<String> CHROOT = Setting.of("chroot", null);
    public static final Setting<String> USER = Setting.of("user", null);
    public static final Setting<String> GROUP = Setting.of("group", null);
    public static final Setting<Integer> UID = Setting.of("uid", -1);
    public static final Setting<Integer> GID = Setting.of("gid", -1);
    public static final Setting<String> NODE = Setting.of("node", null);
    public static final Setting<String> DESCRIPTION = Setting.of("description", null);
    public static final Setting<String> LOCALPEER = Setting.of("localpeer", null);
    public static final Setting<List<LogSpec>> LOGS = Setting.of("log", List.of());
    public static final Setting<List<RingSpec>> RINGS = Setting.of("ring", List.of());
    public static final Setting<List<MailersSpec>> MAILERS = Setting.of("mailers", List.of());
    public static final Setting<List<LogForwardSpec>> LOG_FORWARDS = Setting.of("log-forward", List.of());
    public static final Setting<List<LogProfileSpec>> LOG_PROFILES = Setting.of("log-profile", List.of());
    public static final Setting<String> LOG_TAG = Setting.of("log-tag", null);
    /** null: no host name in the lines; empty: the machine's own. */
    public static final Setting<String> LOG_SEND_HOSTNAME = Setting.of("log-send-hostname", null);
    /** The {@code set-var} and {@code set-var-fmt} lines. */
    public static final Setting<List<Phrase>> SET_VARS = Setting.of("set-var", List.of());
    /** The {@code peers} sections. */
    public static final Setting<List<PeersSpec>> PEERS = Setting.of("peers", List.of());
    /** The tables of all peers sections, under the names that rules call them. */
    public static final Setting<List<StickTableSpec>> PEERS_TABLES = Setting.of("table", List.of());
    public static final Setting<Integer> HARD_STOP_AFTER_MS = Setting.of("hard-stop-after", 0);
    public static final Setting<Integer> GRACE_MS = Setting.of("grace", 0);
    public static final Setting<Integer> TUNE_BUFSIZE = Setting.of("tune.bufsize", 16384);
    public static final Setting<Integer> TUNE_HTTP_LOGURILEN = Setting.of("tune.http.logurilen", 1024);
    public static final Setting<Stints.Mode> PROFILING_TASKS = Setting.of("profiling.tasks", Stints.Mode.AUTO);
    public static final Setting<Integer> TUNE_HTTP_MAXHDR = Setting.of("tune.http.maxhdr", 101);
    public static final Setting<Integer> TUNE_MAXACCEPT = Setting.of("tune.maxaccept", 0);
    public static final Setting<Integer> RCVBUF_CLIENT = Setting.of("tune.rcvbuf.client", 0);
    public static final Setting<Integer> RCVBUF_SERVER = Setting.of("tune.rcvbuf.server", 0);
    public static final Setting<Integer> SNDBUF_CLIENT = Setting.of("tune.sndbuf.client", 0);
    public static final Setting<Integer> SNDBUF_SERVER = Setting.of("tune.sndbuf.server", 0);
    public static final Setting<Boolean> NOSPLICE = Setting.of("nosplice", false);
    public static final Setting<Boolean> NOREUSEPORT = Setting.of("noreuseport", false);
    public static final Setting<Boolean> NOEPOLL = Setting.of("noepoll", false);
    /** What counters begin with, or null. */
    public static final Setting<String> STATS_FILE = Setting.of("stats-file", null);
    /** {@code weir.api-token}: name, role and token of who may use the HTTP API. */
    public static final Setting<List<Phrase>> API_TOKENS = Setting.of("weir.api-token", List.of());
    /** {@code weir.drain}: how long sessions of an older configuration have to end by themselves. */
    public static final Setting<Integer> DRAIN_MS = Setting.of("weir.drain", 0);
    /** {@code weir.snapshot}, or null. */
    public static final Setting<SnapshotSpec> SNAPSHOT = Setting.of("weir.snapshot", null);
    /** {@code weir.state-files}: how often {@code server-state-file} and {@code stats-file} are written, 0 for never. */
    public static final Setting<Integer> STATE_FILES_MS = Setting.of("weir.state-files", 0);
    /** {@code weir.watch}, or null. */
    public static final Setting<WatchSpec> WATCH = Setting.of("weir.watch", null);
    /** {@code weir.engine}: epoll, io_uring or nio; null for the best that there is. */
    public static final Setting<String> ENGINE = Setting.of("weir.engine", null);
    public static final Setting<Integer> SPREAD_CHECKS = Setting.of("spread-checks", 0);

    public static final Setting<Integer> MAXCONNRATE = Setting.of("maxconnrate", 0);
    /** Families of addresses that name servers are asked for. */
    public static final Setting<Set<String>> DNS_FAMILIES = Setting.of("dns-accept-family", Set.of("auto"));
    /** What of defaults commands cannot use: proxies, servers. */
    public static final Setting<Set<String>> DEFAULTS_PURGE = Setting.of("tune.defaults.purge", Set.of());
    /** A number of 32 bits. */
    public static final Setting<String> ANONKEY = Setting.of("anonkey", "");
    public static final Setting<Integer> MAXSSLRATE = Setting.of("maxsslrate", 0);
    /** In kilobytes. */
    public static final Setting<Integer> MAXCOMPRATE = Setting.of("maxcomprate", 0);
    public static final Setting<Integer> MAXSESSRATE = Setting.of("maxsessrate", 0);
    public static final Setting<Integer> MAXSSLCONN = Setting.of("maxsslconn", 0);
    public static final Setting<Integer> MAXPIPES = Setting.of("maxpipes", 0);
    public static final Setting<Integer> PIPESIZE = Setting.of("tune.pipesize", 0);
    public static final Setting<Integer> CLOSE_SPREAD_TIME_MS = Setting.of("close-spread-time", 0);
    public static final Setting<Integer> TUNE_IDLETIMER_MS = Setting.of("tune.idletimer", 1000);
    public static final Setting<Boolean> SET_DUMPABLE = Setting.of("set-dumpable", false);
    public static final Setting<Boolean> STRICT_LIMITS = Setting.of("strict-limits", true);
    public static final Setting<Boolean> NOGETADDRINFO = Setting.of("nogetaddrinfo", false);
    public static final Setting<Boolean> EXTERNAL_KEEPS_ENVIRONMENT = Setting.of("external-check preserve-env", false);
    public static final Setting<Boolean> EXTERNAL_CHECK = Setting.of("external-check", false);
    public static final Setting<Boolean> INSECURE_FORK_WANTED = Setting.of("insecure-fork-wanted", false);
    public static final Setting<Boolean> INSECURE_SETUID_WANTED = Setting.of("insecure-setuid-wanted", false);
    public static final Setting<String> SERVER_STATE_BASE = Setting.of("server-state-base", null);
    public static final Setting<String> SERVER_STATE_FILE = Setting.of("server-state-file", null);
    public static final Setting<String> CA_BASE = Setting.of("ca-base", null);
    public static final Setting<String> CRT_BASE = Setting.of("crt-base", null);
    public static final Setting<String> KEY_BASE = Setting.of("key-base", null);
    public static final Setting<String> SETCAP = Setting.of("setcap", null);
    public static final Setting<String> UNIX_BIND_PREFIX = Setting.of("unix-bind prefix", "");
    public static final Setting<Integer> UNIX_BIND_MODE = Setting.of("unix-bind mode", -1);
    public static final Setting<String> UNIX_BIND_USER = Setting.of("unix-bind user", null);
    public static final Setting<String> UNIX_BIND_GROUP = Setting.of("unix-bind group", null);
    public static final Setting<Integer> UNIX_BIND_UID = Setting.of("unix-bind uid", -1);
    public static final Setting<Integer> UNIX_BIND_GID = Setting.of("unix-bind gid", -1);
    /** {@code stats socket} lines. */
    public static final Setting<List<BindSpec>> STATS_SOCKETS = Setting.of("stats socket", List.of());
    public static final Setting<Integer> STATS_TIMEOUT_MS = Setting.of("stats timeout", 10_000);
    public static final Setting<Integer> STATS_MAXCONN = Setting.of("stats maxconn", 10);
    /** {@code current}, {@code config}, {@code parent}, or {@code origin} and a directory. */
    public static final Setting<List<String>> DEFAULT_PATH = Setting.of("default-path", List.of("current"));

    /** The certificates that were read. */
    /** What tokens may be judged and opened with, by what certificates are called; commands change it. */
    public static final Setting<Map<String, TokenKeys>> TOKEN_KEYS = Setting.of("token keys", new ConcurrentHashMap<>());
    public static final Setting<CertificateStore> CERTIFICATES = Setting.of("certificates", null);

    private GlobalSpec() {}
}
