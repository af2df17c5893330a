package dev.weir.model.proxy;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.HostRule;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Place;
import dev.weir.net.sock.BindSpec;
import java.util.List;

/** A {@code log-forward} section (configuration manual 12.6), as parsed. Immutable once the configuration is read. */
public record LogForwardSpec(String name, Settings settings, Place place) {

    public static final Setting<List<BindSpec>> BINDS = Setting.of("bind", List.of());
    public static final Setting<List<BindSpec>> DATAGRAM_BINDS = Setting.of("dgram-bind", List.of());
    /** Those without a format have none: what comes in decides. */
    public static final Setting<List<LogSpec>> LOGS = Setting.of("log", List.of());
    public static final Setting<Boolean> LOG_GLOBAL = Setting.of("log global", false);
    public static final Setting<Integer> MAXCONN = Setting.of("maxconn", 10);
    /** 0: as many as {@code maxconn}. */
    public static final Setting<Integer> BACKLOG = Setting.of("backlog", 0);
    public static final Setting<Integer> TIMEOUT_CLIENT = Setting.of("timeout client", 0);
    public static final Setting<HostRule> HOST = Setting.of("option host", HostRule.FILL);
    public static final Setting<Boolean> LINES_ONLY = Setting.of("option assume-rfc6587-ntf", false);
    public static final Setting<Boolean> UNPARSED = Setting.of("option dont-parse-log", false);
}
