package dev.weir.model.server;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.net.tls.TlsServerEnd;
import java.util.List;

/**
 * One {@code server} line, as parsed. Immutable once the configuration is read.
 *
 * @param id the server's number inside its backend, given or automatic
 * @param host the name to resolve, or null when {@code address} was given as such
 * @param address the address; {@link Address#NONE} with the port set while only a name is known
 */
public record ServerSpec(int id, String name, String host, Address address, Settings settings, Place place) {

    /** How a port was written: {@code :80} replaces, {@code :+1} and {@code :-1} shift the client's, none copies it. */
    public enum PortMapping { FIXED, OFFSET, SAME }

    /** Which proxy protocol header a server gets. */
    public enum SendProxy { NONE, V1, V2 }

    /** Of servers of log backends: whether lines go to it as datagrams. */
    public static final Setting<Boolean> DATAGRAM = Setting.of("datagram", false);
    /** Of the same: whether each line has its length before it instead of a line end behind it. */
    public static final Setting<Boolean> LOG_OCTET_COUNT = Setting.of("log-proto octet-count", false);
    public static final Setting<Integer> LOG_BUFSIZE = Setting.of("log-bufsize", 16384);
    public static final Setting<PortMapping> PORT_MAPPING = Setting.of("port mapping", PortMapping.FIXED);
    public static final Setting<Integer> WEIGHT = Setting.of("weight", 1);
    public static final Setting<Boolean> BACKUP = Setting.of("backup", false);
    public static final Setting<Boolean> DISABLED = Setting.of("disabled", false);
    public static final Setting<Integer> MAXCONN = Setting.of("maxconn", 0);
    public static final Setting<Integer> MINCONN = Setting.of("minconn", 0);
    /** In a peers section: which part of the keys the peer is told of, 0 for all. */
    public static final Setting<Integer> SHARD = Setting.of("shard", 0);
    public static final Setting<Integer> MAXQUEUE = Setting.of("maxqueue", 0);
    /** Idle connections that are kept, -1 for any number; how often half of them go; uses of one, -1 for any number. */
    public static final Setting<Integer> POOL_MAX_CONN = Setting.of("pool-max-conn", -1);
    public static final Setting<Integer> POOL_PURGE_MS = Setting.of("pool-purge-delay", 5000);
    /** {@code h1}, {@code h2} or {@code none} where the line says it, else null. */
    public static final Setting<String> PROTO = Setting.of("proto", null);
    /** The same for its checks. */
    public static final Setting<String> CHECK_PROTO = Setting.of("check-proto", null);
    public static final Setting<String> WS = Setting.of("ws", null);
    public static final Setting<Integer> MAX_REUSE = Setting.of("max-reuse", -1);
    public static final Setting<String> COOKIE = Setting.of("cookie", null);
    public static final Setting<Boolean> CHECK = Setting.of("check", false);
    public static final Setting<Integer> INTER_MS = Setting.of("inter", 2000);
    public static final Setting<Integer> FASTINTER_MS = Setting.of("fastinter", 0);
    public static final Setting<Integer> DOWNINTER_MS = Setting.of("downinter", 0);
    public static final Setting<Integer> RISE = Setting.of("rise", 2);
    public static final Setting<Integer> FALL = Setting.of("fall", 3);
    public static final Setting<Address> CHECK_ADDR = Setting.of("addr", null);
    public static final Setting<Integer> CHECK_PORT = Setting.of("port", 0);
    public static final Setting<SendProxy> SEND_PROXY = Setting.of("send-proxy", SendProxy.NONE);
    /** The words of {@code proxy-v2-options} and of the send-proxy-v2-ssl forms. */
    public static final Setting<List<String>> PROXY_V2_OPTIONS = Setting.of("proxy-v2-options", List.of());
    /** {@code set-proxy-v2-tlv-fmt(type) format}, in order. */
    public static final Setting<List<ProxyTlv>> PROXY_TLVS = Setting.of("set-proxy-v2-tlv-fmt", List.of());
    public static final Setting<Address> SOCKS4 = Setting.of("socks4", null);
    public static final Setting<Address> SOURCE = Setting.of("source", null);
    public static final Setting<Integer> SOURCE_PORT_LAST = Setting.of("source port range end", 0);
    public static final Setting<String> SOURCE_INTERFACE = Setting.of("source interface", null);
    /** {@code usesrc}: null, or client, clientip, hdr_ip(...), or an address. */
    public static final Setting<String> USESRC = Setting.of("usesrc", null);
    /** The address of {@code usesrc}, null where that is a word. */
    public static final Setting<Address> USESRC_ADDRESS = Setting.of("usesrc address", null);
    public static final Setting<Boolean> TFO = Setting.of("tfo", false);
    public static final Setting<Integer> TCP_UT_MS = Setting.of("tcp-ut", 0);
    public static final Setting<String> TCP_MD5SIG = Setting.of("tcp-md5sig", null);
    public static final Setting<String> NAMESPACE = Setting.of("namespace", null);
    public static final Setting<String> RESOLVERS = Setting.of("resolvers", null);
    /** The methods of {@code init-addr} in order: last, libc, none, or an address. */
    public static final Setting<List<String>> INIT_ADDR = Setting.of("init-addr", List.of("last", "libc"));
    /** Which family a name should resolve to when it has both: ipv4, ipv6, or null for either. */
    public static final Setting<String> RESOLVE_PREFER = Setting.of("resolve-prefer", null);
    public static final Setting<Boolean> SSL = Setting.of("ssl", false);

    /** How many global lines had been read when the line asked for TLS, -1 when it did not. */
    public static final Setting<Integer> TLS_GLOBALS = Setting.of("ssl defaults", -1);
    /** How its connections are encrypted, and those of its checks. */
    public static final Setting<TlsServerEnd> TLS = Setting.of("ssl context", null);
    public static final Setting<TlsServerEnd> CHECK_TLS = Setting.of("check-ssl context", null);
    public static final Setting<Boolean> CHECK_SSL = Setting.of("check-ssl", false);
    public static final Setting<String> CHECK_SNI = Setting.of("check-sni", null);
    /** The expression of {@code sni}, or null. */
    public static final Setting<String> SNI = Setting.of("sni", null);
    /** The expression of {@code pool-conn-name}, or null. */
    public static final Setting<String> POOL_CONN_NAME = Setting.of("pool-conn-name", null);
    /** How often idle connections of HTTP/2 are asked whether they live, 0 for never. */
    public static final Setting<Integer> IDLE_PING_MS = Setting.of("idle-ping", 0);
    public static final Setting<Boolean> CHECK_REUSE_POOL = Setting.of("check-reuse-pool", false);
    public static final Setting<String> CHECK_POOL_NAME = Setting.of("check-pool-conn-name", null);
    public static final Setting<Integer> POOL_LOW_CONN = Setting.of("pool-low-conn", 0);
    public static final Setting<Boolean> CHECK_SNI_AUTO = Setting.of("check-sni-auto", true);
    public static final Setting<Boolean> SNI_AUTO = Setting.of("sni-auto", true);

    public static final Setting<Boolean> CHECK_SEND_PROXY = Setting.of("check-send-proxy", false);
    public static final Setting<Boolean> CHECK_VIA_SOCKS4 = Setting.of("check-via-socks4", false);
    /** {@code [proxy/]server} whose health this one follows. */
    public static final Setting<String> TRACK = Setting.of("track", null);
    public static final Setting<Integer> SLOWSTART_MS = Setting.of("slowstart", 0);
    /** {@code none}, {@code layer4} or {@code layer7}. */
    public static final Setting<String> OBSERVE = Setting.of("observe", "none");
    public static final Setting<Integer> ERROR_LIMIT = Setting.of("error-limit", 10);
    public static final Setting<String> ON_ERROR = Setting.of("on-error", "fail-check");
    public static final Setting<Boolean> SHUTDOWN_SESSIONS_ON_DOWN = Setting.of("on-marked-down", false);
    public static final Setting<Boolean> SHUTDOWN_BACKUPS_ON_UP = Setting.of("on-marked-up", false);
    public static final Setting<Boolean> NON_STICK = Setting.of("non-stick", false);
    public static final Setting<Boolean> STRICT_MAXCONN = Setting.of("strict-maxconn", false);
    public static final Setting<String> REDIR = Setting.of("redir", null);
    public static final Setting<String> GUID = Setting.of("guid", null);
    /** {@code id}, {@code addr} or {@code addr-port}. */
    public static final Setting<String> HASH_KEY = Setting.of("hash-key", "id");
    public static final Setting<String> INIT_STATE = Setting.of("init-state", null);
    public static final Setting<Boolean> MPTCP = Setting.of("mptcp", false);
    /** Networks in order of preference, as written. */
    public static final Setting<List<String>> RESOLVE_NETS = Setting.of("resolve-net", List.of());
    public static final Setting<List<String>> RESOLVE_OPTS = Setting.of("resolve-opts", List.of());
    /** Of servers of a template without a last number: what their names begin with, else null. */
    public static final Setting<String> OPEN_TEMPLATE = Setting.of("server-template", null);
    public static final Setting<Boolean> AGENT_CHECK = Setting.of("agent-check", false);
    public static final Setting<Integer> AGENT_INTER_MS = Setting.of("agent-inter", 0);
    public static final Setting<Integer> AGENT_PORT = Setting.of("agent-port", 0);
    public static final Setting<String> AGENT_ADDR = Setting.of("agent-addr", null);
    public static final Setting<String> AGENT_SEND = Setting.of("agent-send", null);
    /** The {@code healthcheck} section that says how it is checked, or null for the proxy's own way. */
    public static final Setting<String> HEALTHCHECK = Setting.of("healthcheck", null);
    /** Options as written that other parts give their meaning: TLS, pools, protocols. */
    public static final Setting<List<Phrase>> OTHER_OPTIONS = Setting.of("other options", List.of());

    public record ProxyTlv(int type, String format) {}

    /** Whether its name is that of a service (SRV), which tells names, ports and weights of servers. */
    public boolean isService() {
        return host != null && host.startsWith("_") && settings.get(RESOLVERS) != null;
    }

    public int weight() {
        return settings.get(WEIGHT);
    }
}
