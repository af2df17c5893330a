package dev.weir.upkeep.ocsp;

/**
 * {@code ocsp-update.*} of the global section. Immutable.
 *
 * @param disabled whether nobody is asked, whatever is said of certificates
 * @param leastSeconds the time between two questions about the same certificate at least
 * @param proxy {@code host[:port]} of an HTTP proxy that leads to authorities, or null
 */
public record OcspTerms(boolean disabled, int leastSeconds, int mostSeconds, String proxy) {}
