package dev.weir.admin.cli;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.hash.Hash32;
import java.nio.charset.StandardCharsets;

/**
 * The anonymized mode of a session: what names something is shown as 24 bits of a keyed hash, the same for the same name.
 * Immutable.
 */
public record Mask(int key) {

    private static final int BITS = 0xffffff;

    /** The name, or what stands for it under a mask. */
    public static String shown(Terminal terminal, String name) {
        return terminal.mask() == null ? name : terminal.mask().name(name);
    }

    /** The same for an address without its port. */
    public static String host(Terminal terminal, Address address, String text) {
        if (terminal.mask() == null) {
            return text;
        }
        String hash = terminal.mask().name(text);
        return address.family() == Family.IPV4 ? "IPV4(" + hash + ")" : address.family() == Family.IPV6
                ? "IPV6(" + hash + ")" : hash;
    }

    public String name(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int hash = Hash32.xxh32(bytes, 0, bytes.length, key) & BITS;
        return Integer.toHexString(BITS + 1 | hash).substring(1);
    }
}
