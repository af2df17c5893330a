package dev.weir.upkeep.mail;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import java.util.List;

/** One {@code mailers} section, as parsed. Immutable once the configuration is read. */
public record MailersSpec(String name, List<Mailer> mailers, Settings settings, Place place) {

    /** One {@code mailer} line. */
    public record Mailer(String name, Address address, Place place) {}

    /** How long one mail may take. */
    public static final Setting<Integer> TIMEOUT_MS = Setting.of("timeout mail", 10_000);
}
