package dev.weir.upkeep.resolve;

import dev.weir.base.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Which addresses name servers are asked for ({@code dns-accept-family}), one for the process. By itself it is IPv4, and IPv6
 * while the system has a default gateway for it. Shared: volatiles; what was found lasts 30 seconds.
 */
public final class DnsFamilies {

    public static final String AUTO = "auto";

    private static final Path ROUTES = Path.of("/proc/net/ipv6_route");
    private static final long LASTS_MS = 30_000;
    /** Of a line: the destination, its prefix's length, the gateway. */
    private static final int GATEWAY = 4;

    private static volatile Set<String> accepted = Set.of(AUTO);
    private static volatile boolean routable;
    private static volatile long lookedMs = -LASTS_MS;

    private DnsFamilies() {}

    /** What a configuration says from now on: {@code ipv4}, {@code ipv6}, {@code auto}. */
    public static void accept(Set<String> words) {
        accepted = words;
        lookedMs = -LASTS_MS;
    }

    static boolean takesIpv4() {
        Set<String> words = accepted;
        return words.contains(AUTO) || words.contains("ipv4");
    }

    static boolean takesIpv6() {
        Set<String> words = accepted;
        return words.contains("ipv6") || words.contains(AUTO) && isRoutable();
    }

    private static boolean isRoutable() {
        long now = Clock.SYSTEM.millis();
        if (now - lookedMs >= LASTS_MS) {
            lookedMs = now;
            routable = hasGateway();
        }
        return routable;
    }

    private static boolean hasGateway() {
        try {
            for (String line : Files.readString(ROUTES, StandardCharsets.US_ASCII).split("\n")) {
                if (isDefault(line)) {
                    return true;
                }
            }
        } catch (IOException none) {
            // a system without IPv6
        }
        return false;
    }

    /** A route to everywhere by somebody else. */
    static boolean isDefault(String line) {
        String[] words = line.split(" +");
        String zero = "0".repeat(32);
        return words.length > GATEWAY && words[0].equals(zero) && words[1].equals("00") && !words[GATEWAY].equals(zero);
    }
}
