package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.upkeep.resolve.ResolversSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The name servers that the system asks ({@code parse-resolv-conf}), and the section {@code default} made of them. Stateless. */
public final class SystemResolvers {

    public static final String FILE = "/etc/resolv.conf";

    private static final String DEFAULT = "default";
    private static final int PORT = 53;

    private SystemResolvers() {}

    /** Adds those that the section does not have yet, each named by its address; false when the file cannot be read. */
    public static boolean addTo(ResolversSpec section, Place place) {
        String text;
        try {
            text = Files.readString(Path.of(FILE), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return false;
        }
        for (String line : text.split("\n")) {
            String[] words = line.strip().split("[ \t]+");
            Address address = words.length > 1 && words[0].equals("nameserver") ? IpText.parse(words[1]) : null;
            if (address != null && !isIn(section, address)) {
                section.nameservers().add(new ResolversSpec.Nameserver(words[1], address.withPort(PORT), false, place));
            }
        }
        return true;
    }

    private static boolean isIn(ResolversSpec section, Address address) {
        for (ResolversSpec.Nameserver each : section.nameservers()) {
            if (each.address().sameHost(address) && each.address().port() == PORT) {
                return true;
            }
        }
        return false;
    }

    /** With a section {@code default} behind the others where no file has one and the system knows whom to ask. */
    static List<ResolversSpec> completed(List<ResolversSpec> declared) {
        List<ResolversSpec> all = new ArrayList<>(declared);
        for (ResolversSpec each : declared) {
            if (each.name().equals(DEFAULT)) {
                return all;
            }
        }
        ResolversSpec own = new ResolversSpec(DEFAULT, new ArrayList<>(), new Settings(), Place.BUILT_IN);
        if (addTo(own, Place.BUILT_IN) && !own.nameservers().isEmpty()) {
            all.add(own);
        }
        return all;
    }
}
