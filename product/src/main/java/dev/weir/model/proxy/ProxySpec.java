package dev.weir.model.proxy;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogLevel;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.net.sock.BindSpec;
import java.util.List;
import java.util.Map;

/**
 * One {@code frontend}, {@code backend} or {@code listen} section, as parsed. Immutable once the configuration is read.
 *
 * @param id the proxy's number: given, or counted in order of declaration
 */
public record ProxySpec(int id, Kind kind, String name, Settings settings, List<BindSpec> binds,
        List<ServerSpec> servers, Place place) {

    public enum Kind {
        FRONTEND(true, false), BACKEND(false, true), LISTEN(true, true);

        private final boolean front;
        private final boolean back;

        Kind(boolean front, boolean back) {
            this.front = front;
            this.back = back;
        }

        public boolean isFront() {
            return front;
        }

        public boolean isBack() {
            return back;
        }
    }

    public enum Mode { TCP, HTTP, LOG, SPOP }

    /** What {@code option splice-*} asks for. */
    public enum Splice { NO, AUTO, YES }

    public static final Setting<Mode> MODE = Setting.of("mode", Mode.TCP);
    /** Whether rules of other proxies may choose it, until a command says otherwise. */
    public static final Setting<Boolean> PUBLISHED = Setting.of("be-unpublished", true);
    public static final Setting<Boolean> DISABLED = Setting.of("disabled", false);
    /** What {@code default-server} lines have said at the end of the section. */
    public static final Setting<Settings> SERVER_DEFAULTS = Setting.of("default-server", new Settings());
    /** The same of those with a name. */
    public static final Setting<Map<String, Settings>> NAMED_SERVER_DEFAULTS =
            Setting.of("default-server name", Map.of());
    /** The defaults section that a command has made the backend of; null for those of the files. */
    public static final Setting<String> MADE_OF = Setting.of("from", null);
    public static final Setting<String> DESCRIPTION = Setting.of("description", null);
    public static final Setting<String> DEFAULT_BACKEND = Setting.of("default_backend", null);
    /** 0: the process-wide default. */
    public static final Setting<Integer> MAXCONN = Setting.of("maxconn", 0);
    public static final Setting<Integer> FULLCONN = Setting.of("fullconn", 0);
    public static final Setting<Integer> BACKLOG = Setting.of("backlog", 0);
    public static final Setting<Integer> RETRIES = Setting.of("retries", 3);
    /** {@code option redispatch}: 0 never, -1 on the last retry, n at every n-th, -n at the n-th from the end. */
    public static final Setting<Integer> REDISPATCH = Setting.of("option redispatch", 0);
    /** The words after {@code balance}; empty: the default algorithm. */
    public static final Setting<List<String>> BALANCE = Setting.of("balance", List.of());
    public static final Setting<List<String>> HASH_TYPE = Setting.of("hash-type", List.of());
    public static final Setting<Boolean> ALLBACKUPS = Setting.of("option allbackups", false);

    public static final Setting<Integer> TIMEOUT_CLIENT = Setting.of("timeout client", 0);
    public static final Setting<Integer> TIMEOUT_SERVER = Setting.of("timeout server", 0);
    public static final Setting<Integer> TIMEOUT_CONNECT = Setting.of("timeout connect", 0);
    public static final Setting<Integer> TIMEOUT_TUNNEL = Setting.of("timeout tunnel", 0);
    public static final Setting<Integer> TIMEOUT_CLIENT_FIN = Setting.of("timeout client-fin", 0);
    public static final Setting<Integer> TIMEOUT_SERVER_FIN = Setting.of("timeout server-fin", 0);
    public static final Setting<Integer> TIMEOUT_CHECK = Setting.of("timeout check", 0);
    public static final Setting<Integer> TIMEOUT_QUEUE = Setting.of("timeout queue", 0);
    public static final Setting<Integer> TIMEOUT_HTTP_REQUEST = Setting.of("timeout http-request", 0);
    public static final Setting<Integer> TIMEOUT_HTTP_KEEP_ALIVE = Setting.of("timeout http-keep-alive", 0);
    /** {@code ssl-f-use} lines. */
    public static final Setting<List<Phrase>> SSL_F_USE = Setting.of("ssl-f-use", List.of());
    public static final Setting<Integer> TIMEOUT_CLIENT_HS = Setting.of("timeout client-hs", 0);
    public static final Setting<Integer> TIMEOUT_TARPIT = Setting.of("timeout tarpit", 0);

    public static final Setting<Boolean> CLITCPKA = Setting.of("option clitcpka", false);
    public static final Setting<Boolean> SRVTCPKA = Setting.of("option srvtcpka", false);
    public static final Setting<Integer> CLITCPKA_CNT = Setting.of("clitcpka-cnt", 0);
    public static final Setting<Integer> CLITCPKA_IDLE = Setting.of("clitcpka-idle", 0);
    public static final Setting<Integer> CLITCPKA_INTVL = Setting.of("clitcpka-intvl", 0);
    public static final Setting<Integer> SRVTCPKA_CNT = Setting.of("srvtcpka-cnt", 0);
    public static final Setting<Integer> SRVTCPKA_IDLE = Setting.of("srvtcpka-idle", 0);
    public static final Setting<Integer> SRVTCPKA_INTVL = Setting.of("srvtcpka-intvl", 0);
    public static final Setting<Boolean> NOLINGER = Setting.of("option nolinger", false);
    public static final Setting<Splice> SPLICE_REQUEST = Setting.of("option splice-request", Splice.NO);
    public static final Setting<Splice> SPLICE_RESPONSE = Setting.of("option splice-response", Splice.NO);
    public static final Setting<Boolean> INDEPENDENT_STREAMS = Setting.of("option independent-streams", false);
    public static final Setting<Boolean> TCP_SMART_ACCEPT = Setting.of("option tcp-smart-accept", false);
    public static final Setting<Boolean> TCP_SMART_CONNECT = Setting.of("option tcp-smart-connect", false);
    public static final Setting<Boolean> SOCKET_STATS = Setting.of("option socket-stats", false);

    /** The targets of {@code log} lines in order; {@link #LOG_GLOBAL} puts the global ones before them. */
    public static final Setting<List<LogSpec>> LOGS = Setting.of("log", List.of());
    public static final Setting<Boolean> LOG_GLOBAL = Setting.of("log global", false);
    public static final Setting<String> LOG_FORMAT = Setting.of("log-format", null);
    public static final Setting<String> LOG_FORMAT_SD = Setting.of("log-format-sd", null);
    /** The words of {@code log-steps}; empty: a line at its own moment. */
    public static final Setting<List<String>> LOG_STEPS = Setting.of("log-steps", List.of());
    public static final Setting<String> LOG_TAG = Setting.of("log-tag", null);
    public static final Setting<Boolean> TCPLOG = Setting.of("option tcplog", false);
    public static final Setting<Boolean> HTTPLOG = Setting.of("option httplog", false);
    public static final Setting<Boolean> DONTLOGNULL = Setting.of("option dontlognull", false);
    public static final Setting<Boolean> DONTLOG_NORMAL = Setting.of("option dontlog-normal", false);
    public static final Setting<Boolean> LOGASAP = Setting.of("option logasap", false);
    public static final Setting<Boolean> LOG_SEPARATE_ERRORS = Setting.of("option log-separate-errors", false);
    public static final Setting<Boolean> LOG_HEALTH_CHECKS = Setting.of("option log-health-checks", false);
    public static final Setting<Boolean> CLF_LOG = Setting.of("option httplog clf", false);
    public static final Setting<Boolean> HTTPSLOG = Setting.of("option httpslog", false);
    public static final Setting<String> UNIQUE_ID_FORMAT = Setting.of("unique-id-format", null);
    public static final Setting<String> ERROR_LOG_FORMAT = Setting.of("error-log-format", null);

    /** Lines that are compiled later, in order: {@code acl}, {@code use_backend}, {@code tcp-request} ... */
    /** {@code option transparent}: to where the client wanted. */
    public static final Setting<Boolean> TRANSPARENT = Setting.of("option transparent", false);
    /** {@code persist rdp-cookie}: the name of the cookie, or null. */
    public static final Setting<String> RDP_COOKIE = Setting.of("persist rdp-cookie", null);
    /** What {@code email-alert} lines say. */
    public static final Setting<String> EMAIL_MAILERS = Setting.of("email-alert mailers", null);
    public static final Setting<String> EMAIL_FROM = Setting.of("email-alert from", null);
    public static final Setting<String> EMAIL_TO = Setting.of("email-alert to", null);
    public static final Setting<String> EMAIL_HOST = Setting.of("email-alert myhostname", null);
    public static final Setting<LogLevel> EMAIL_LEVEL = Setting.of("email-alert level", LogLevel.ALERT);
    public static final Setting<List<RuleLine>> RULES = Setting.of("rules", List.of());
    /** The option that chooses the kind of check with its words, {@code httpchk GET /}; empty: a plain connection. */
    public static final Setting<List<String>> CHECK_KIND = Setting.of("check kind", List.of());
    /** {@code http-check}, {@code tcp-check} and {@code external-check} lines in order. */
    public static final Setting<List<Phrase>> CHECK_LINES = Setting.of("check lines", List.of());
    public static final Setting<String> EXTERNAL_COMMAND = Setting.of("external-check command", null);
    public static final Setting<String> EXTERNAL_PATH = Setting.of("external-check path", null);
    public static final Setting<Address> SOURCE = Setting.of("source", null);
    public static final Setting<String> SOURCE_INTERFACE = Setting.of("source interface", null);
    public static final Setting<String> USESRC = Setting.of("usesrc", null);
    /** The address of {@code usesrc}, null where that is a word. */
    public static final Setting<Address> USESRC_ADDRESS = Setting.of("usesrc address", null);
    /** The table under the proxy's own name, or null. */
    public static final Setting<StickTableSpec> STICK_TABLE = Setting.of("stick-table", null);
    /** {@code errorfile}, {@code errorfiles}, {@code errorloc}, {@code errorloc302}, {@code errorloc303} in order. */
    public static final Setting<List<Phrase>> ERROR_FILES = Setting.of("errorfile", List.of());
    public static final Setting<String> MONITOR_URI = Setting.of("monitor-uri", null);
    /** New sessions per second, 0 for any number. */
    public static final Setting<Integer> RATE_LIMIT_SESSIONS = Setting.of("rate-limit sessions", 0);
    /** {@code always}, {@code maxconn} or {@code maxqueue}. */
    public static final Setting<String> HASH_AFFINITY = Setting.of("hash-preserve-affinity", "always");
    public static final Setting<Integer> HASH_BALANCE_FACTOR = Setting.of("hash-balance-factor", 0);
    public static final Setting<String> GUID = Setting.of("guid", null);
    /** Which file says how servers were: {@code global}, {@code local} or {@code none}. */
    public static final Setting<String> LOAD_STATE = Setting.of("load-server-state-from-file", "none");
    /** The local one, null where the backend's name is its name. */
    public static final Setting<String> STATE_FILE_NAME = Setting.of("server-state-file-name", null);
    public static final Setting<Boolean> CONTSTATS = Setting.of("option contstats", false);
    public static final Setting<Boolean> PERSIST = Setting.of("option persist", false);
    public static final Setting<Integer> MAX_KEEP_ALIVE_QUEUE = Setting.of("max-keep-alive-queue", -1);
    public static final Setting<Boolean> PREFER_LAST_SERVER = Setting.of("option prefer-last-server", false);
    public static final Setting<Boolean> ABORTONCLOSE = Setting.of("option abortonclose", false);
    /** Options that only HTTP knows and that are switched on, by their names. */
    public static final Setting<List<String>> HTTP_OPTIONS = Setting.of("http options", List.of());

    /** The words of {@code option forwardfor} and {@code option originalto}; null when off. */
    public static final Setting<Phrase> FORWARDFOR = Setting.of("option forwardfor", null);
    public static final Setting<Phrase> ORIGINALTO = Setting.of("option originalto", null);
    public static final Setting<String> RESTRICT_NAMES = Setting.of("option http-restrict-req-hdr-names", null);
    public static final Setting<String> UNIQUE_ID_HEADER = Setting.of("unique-id-header", null);
    public static final Setting<String> SEND_NAME_HEADER = Setting.of("http-send-name-header", null);
    public static final Setting<String> HTTP_REUSE = Setting.of("http-reuse", "safe");
    /** Empty: connection failures alone. */
    public static final Setting<List<String>> RETRY_ON = Setting.of("retry-on", List.of());

    public static final Setting<Boolean> STATS = Setting.of("stats enable", false);
    public static final Setting<String> STATS_URI = Setting.of("stats uri", "/haproxy?stats");
    public static final Setting<String> STATS_REALM = Setting.of("stats realm", null);
    /** Seconds, 0 for never. */
    public static final Setting<Integer> STATS_REFRESH_S = Setting.of("stats refresh", 0);
    /** {@code user:password}. */
    public static final Setting<List<String>> STATS_AUTH = Setting.of("stats auth", List.of());
    /** Names of proxies, a dot for the own one; empty: all. */
    public static final Setting<List<String>> STATS_SCOPE = Setting.of("stats scope", List.of());
    public static final Setting<Boolean> STATS_SHOW_VERSION = Setting.of("stats show-version", false);
    public static final Setting<Boolean> STATS_SHOW_LEGENDS = Setting.of("stats show-legends", false);
    public static final Setting<Boolean> STATS_SHOW_MODULES = Setting.of("stats show-modules", false);
    /** null: not shown; empty: the node of the global section or the machine's name. */
    public static final Setting<String> STATS_SHOW_NODE = Setting.of("stats show-node", null);
    /** null: not shown; empty: the global description. */
    public static final Setting<String> STATS_SHOW_DESC = Setting.of("stats show-desc", null);
}
