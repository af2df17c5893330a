package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.net.tls.CertificateChoice;
import java.util.List;

/**
 * One address of one {@code bind} line, as parsed. A line with several addresses or a port range gives several of
 * these, which share their settings. Immutable once the configuration is read.
 *
 * @param id the listener's number inside its proxy, given or automatic
 * @param address what to bind; a descriptor ({@code fd@n}) is accepted on as it is
 */
public record BindSpec(int id, Address address, Settings settings, Place place) {

    public static final Setting<String> NAME = Setting.of("name", null);
    public static final Setting<Boolean> ACCEPT_PROXY = Setting.of("accept-proxy", false);
    /** The magic number of {@code accept-netscaler-cip}, 0 when not asked for. */
    public static final Setting<Integer> NETSCALER_CIP = Setting.of("accept-netscaler-cip", 0);
    public static final Setting<Integer> BACKLOG = Setting.of("backlog", 0);
    public static final Setting<Integer> MAXCONN = Setting.of("maxconn", 0);
    public static final Setting<String> INTERFACE = Setting.of("interface", null);
    public static final Setting<Integer> MSS = Setting.of("mss", 0);
    public static final Setting<Boolean> TFO = Setting.of("tfo", false);
    public static final Setting<Boolean> DEFER_ACCEPT = Setting.of("defer-accept", false);
    public static final Setting<Boolean> V4V6 = Setting.of("v4v6", false);
    public static final Setting<Boolean> V6ONLY = Setting.of("v6only", false);
    public static final Setting<Boolean> TRANSPARENT = Setting.of("transparent", false);
    public static final Setting<String> TCP_MD5SIG = Setting.of("tcp-md5sig", null);
    public static final Setting<Integer> TCP_UT_MS = Setting.of("tcp-ut", 0);
    /** 1 keeps the first packet of clients from its IP header on, 2 from its Ethernet header on. */
    public static final Setting<Integer> TCP_SS = Setting.of("tcp-ss", 0);
    public static final Setting<String> NAMESPACE = Setting.of("namespace", null);
    /** Permission bits of a UNIX socket, -1 for what the umask leaves. */
    public static final Setting<Integer> MODE = Setting.of("mode", -1);
    public static final Setting<Integer> UID = Setting.of("uid", -1);
    public static final Setting<Integer> GID = Setting.of("gid", -1);
    public static final Setting<Boolean> SSL = Setting.of("ssl", false);
    /** How many global lines had been read when {@code ssl} was: what they say of defaults holds. */
    public static final Setting<Integer> TLS_GLOBALS = Setting.of("ssl defaults", 0);
    /** What clients are shown, where they are to speak TLS. */
    public static final Setting<CertificateChoice> TLS = Setting.of("ssl contexts", null);
    public static final Setting<Boolean> MPTCP = Setting.of("mptcp", false);
    /** How often idle connections of HTTP/2 are asked whether they live, 0 for never. */
    public static final Setting<Integer> IDLE_PING_MS = Setting.of("idle-ping", 0);
    /** Of a bind line of reverse HTTP: how many connections are kept. */
    public static final Setting<Integer> NBCONN = Setting.of("nbconn", 1);
    public static final Setting<Integer> NICE = Setting.of("nice", 0);
    /** How many sockets share the work: 0 for one, -1 for one per thread. */
    public static final Setting<Integer> SHARDS = Setting.of("shards", 0);
    /** {@code user}, {@code operator} or {@code admin}, of a stats socket. */
    public static final Setting<String> LEVEL = Setting.of("level", "operator");
    public static final Setting<Boolean> EXPOSE_LISTENERS = Setting.of("expose-fd", false);
    public static final Setting<String> SEVERITY_OUTPUT = Setting.of("severity-output", "none");
    public static final Setting<String> USER = Setting.of("user", null);
    public static final Setting<String> GROUP = Setting.of("group", null);
    public static final Setting<String> GUID_PREFIX = Setting.of("guid-prefix", null);
    /** {@code h1} or {@code h2} where the line says it, else null. */
    public static final Setting<String> PROTO = Setting.of("proto", null);
    /** Options as written that other parts give their meaning: TLS, protocols. */
    public static final Setting<List<Phrase>> OTHER_OPTIONS = Setting.of("other options", List.of());
}
