package dev.weir.net.tls;

import java.util.List;

/**
 * The versions of TLS that a line allows, as positions in the list of all.
 *
 * @param disabled what is not allowed between the two ends
 */
record VersionRange(int least, int most, boolean[] disabled) {

    static final List<String> NAMES = List.of("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3");
    private static final String[] FLAGS = {"sslv3", "tlsv10", "tlsv11", "tlsv12", "tlsv13"};
    private static final int USUAL_LEAST = 3;

    /** Null when nothing is left. */
    static VersionRange of(TlsTerms terms) {
        for (int i = 0; i < FLAGS.length; i++) {
            if (terms.has("force-" + FLAGS[i])) {
                return new VersionRange(i, i, new boolean[FLAGS.length]);
            }
        }
        boolean[] disabled = new boolean[FLAGS.length];
        boolean any = false;
        for (int i = 0; i < FLAGS.length; i++) {
            disabled[i] = terms.has("no-" + FLAGS[i]);
            any |= disabled[i] && i >= USUAL_LEAST;
        }
        int least = terms.has("ssl-min-ver") ? NAMES.indexOf(terms.get("ssl-min-ver")) : USUAL_LEAST;
        int most = terms.has("ssl-max-ver") ? NAMES.indexOf(terms.get("ssl-max-ver")) : FLAGS.length - 1;
        if (!terms.has("ssl-min-ver") && most < USUAL_LEAST) {
            least = 0;
        }
        while (least <= most && disabled[least]) {
            least++;
        }
        while (most >= least && disabled[most]) {
            most--;
        }
        return least > most ? null : new VersionRange(least, most, disabled);
    }

    void apply(long context) {
        OpenSsl.call("SSL_CTX_ctrl", context, SslControl.MIN_VERSION, 0x300 + least, 0);
        OpenSsl.call("SSL_CTX_ctrl", context, SslControl.MAX_VERSION, 0x300 + most, 0);
        for (int i = least; i <= most; i++) {
            if (disabled[i]) {
                OpenSsl.call("SSL_CTX_set_options", context, SslControl.OP_NO_VERSION[i]);
            }
        }
    }
}
