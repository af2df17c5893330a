package dev.weir.admin.stats;

/** An address as the page shows it, with its family. Stateless. */
final class PageAddress {

    private PageAddress() {}

    static String of(String address) {
        if (address.isEmpty()) {
            return "unknown";
        } else if (address.startsWith("[")) {
            return "IPv6: " + address;
        }
        return address.startsWith("/") || address.startsWith("unix") || address.startsWith("abns") ? "unix"
                : "IPv4: " + address;
    }
}
