package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.config.lang.Numbers;

/**
 * What {@code httpclient.*} lines say of requests of our own. Immutable.
 *
 * @param resolvers the section whose name servers are asked, or null: the system is
 * @param authorities who may have signed certificates
 */
public record HttpClientTerms(boolean resolves, String resolvers, boolean prefersIpv4, int retries, int connectMs, boolean verifies,
        String authorities) {

    private static final int RETRIES = 3;
    private static final int CONNECT_MS = 5000;

    public static HttpClientTerms of(Settings global) {
        String connect = KeptLines.word(global, "httpclient.timeout.connect");
        String authorities = KeptLines.word(global, "httpclient.ssl.ca-file");
        return new HttpClientTerms(!"on".equals(KeptLines.word(global, "httpclient.resolvers.disabled")),
                KeptLines.word(global, "httpclient.resolvers.id"),
                "ipv4".equals(KeptLines.word(global, "httpclient.resolvers.prefer")),
                (int) KeptLines.number(global, "httpclient.retries", RETRIES),
                connect == null ? CONNECT_MS : (int) Math.max(1, Numbers.millis(connect)),
                !"none".equals(KeptLines.word(global, "httpclient.ssl.verify")),
                authorities == null ? "@system-ca" : authorities);
    }
}
