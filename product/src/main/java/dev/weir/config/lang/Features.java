package dev.weir.config.lang;

import java.util.List;

/**
 * The names of {@code Feature list :} in {@code -vv}, which {@code feature()} searches too. A feature is enabled when
 * the class named beside it tests that it works; FeaturesTest fails when that class is missing.
 */
public final class Features {

    /**
     * One name of the list.
     *
     * @param test the test class that shows it working, null as long as it is not built
     */
    public record Feature(String name, String test) {

        public boolean isEnabled() {
            return test != null && (!name.endsWith("SSL") || VersionOfOpenSsl.isThere());
        }
    }

    /** In HAProxy's order. */
    public static final List<Feature> ALL = List.of(
            not("51DEGREES"), built("ACCEPT4", "TunnelTest"), not("ACME"), not("BACKTRACE"), not("CLOSEFROM"), not("CPU_AFFINITY"),
            not("CRYPT_H"), not("DEVICEATLAS"), not("DL"), not("ECH"), not("ENGINE"), built("EPOLL", "TunnelTest"), not("EVPORTS"),
            not("FCGI"), built("GETADDRINFO", "ServerAddressesTest"), built("H2", "Http2Test"), not("HAVE_TCP_MD5SIG"), not("KQUEUE"), not("KTLS"),
            not("LIBATOMIC"), not("LIBCRYPT"), not("LINUX_CAP"), built("LINUX_SPLICE", "SpliceTest"), not("LINUX_TPROXY"),
            not("LUA"), not("MATH"), not("MEMORY_PROFILING"), not("NETFILTER"), not("NS"), not("OBSOLETE_LINKER"),
            built("OPENSSL", "TlsOracleTest"), not("OPENSSL_AWSLC"), not("OPENSSL_WOLFSSL"), not("PCRE"), not("PCRE2"),
            not("PCRE2_JIT"), not("PCRE_JIT"), not("POLL"), not("PRCTL"), not("PROCCTL"), not("PROMEX"),
            not("PTHREAD_EMULATION"), not("QUIC"), not("QUIC_OPENSSL_COMPAT"), not("RT"), not("SHM_OPEN"),
            not("SLZ"), not("SPOE"), built("SSL", "TlsOracleTest"), not("STATIC_PCRE"), not("STATIC_PCRE2"), not("TFO"),
            built("THREAD", "IdlePoolTest"), not("THREAD_DUMP"), not("TPROXY"), not("TRACE"), not("WURFL"), not("ZLIB"));

    private Features() {}

    /** A feature that works, as the named test class shows. */
    static Feature built(String name, String test) {
        return new Feature(name, test);
    }

    private static Feature not(String name) {
        return new Feature(name, null);
    }

    public static boolean isEnabled(String name) {
        for (Feature feature : ALL) {
            if (feature.name().equals(name)) {
                return feature.isEnabled();
            }
        }
        return false;
    }
}
