package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import java.util.List;

/** One {@code resolvers} section, as parsed. Immutable once the configuration is read. */
public record ResolversSpec(String name, List<Nameserver> nameservers, Settings settings, Place place) {

    /** One {@code nameserver} line; {@code tcp} when its address was written with {@code tcp@}. */
    public record Nameserver(String name, Address address, boolean tcp, Place place) {}

    public static final Setting<Integer> RETRIES = Setting.of("resolve_retries", 3);
    public static final Setting<Integer> TIMEOUT_RESOLVE_MS = Setting.of("timeout resolve", 1000);
    public static final Setting<Integer> TIMEOUT_RETRY_MS = Setting.of("timeout retry", 1000);
    public static final Setting<Integer> PAYLOAD_SIZE = Setting.of("accepted_payload_size", 512);
    public static final Setting<Boolean> PARSE_RESOLV_CONF = Setting.of("parse-resolv-conf", false);
    public static final Setting<Integer> HOLD_VALID_MS = Setting.of("hold valid", 10_000);
    public static final Setting<Integer> HOLD_NX_MS = Setting.of("hold nx", 30_000);
    public static final Setting<Integer> HOLD_OBSOLETE_MS = Setting.of("hold obsolete", 0);
    public static final Setting<Integer> HOLD_OTHER_MS = Setting.of("hold other", 30_000);
    public static final Setting<Integer> HOLD_REFUSED_MS = Setting.of("hold refused", 30_000);
    public static final Setting<Integer> HOLD_TIMEOUT_MS = Setting.of("hold timeout", 30_000);

    /** All that a section says beside its name servers. */
    static final List<Setting<?>> SETTINGS = List.of(RETRIES, TIMEOUT_RESOLVE_MS, TIMEOUT_RETRY_MS, PAYLOAD_SIZE,
            PARSE_RESOLV_CONF, HOLD_VALID_MS, HOLD_NX_MS, HOLD_OBSOLETE_MS, HOLD_OTHER_MS, HOLD_REFUSED_MS,
            HOLD_TIMEOUT_MS);
}
