package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;

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
    public static final Setting<String> NAMESPACE = Setting.of("namespace", null);
    /** Permission bits of a UNIX socket, -1 for what the umask leaves. */
    public static final Setting<Integer> MODE = Setting.of("mode", -1);
    public static final Setting<Integer> UID = Setting.of("uid", -1);
    public static final Setting<Integer> GID = Setting.of("gid", -1);
    public static final Setting<Boolean> SSL = Setting.of("ssl", false);
}
