package dev.weir.net.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What an authority answers about a certificate, judged before it is used: RFC 6960. Immutable.
 *
 * @param key what the certificate is called in it, encoded
 * @param secondsLeft how long it is good from now on
 */
public record OcspAnswer(byte[] key, long secondsLeft) {

    private static final int UNKNOWN = 2;
    private static final int MOST_SKEW = 300;
    private static final int NO_LIMIT = -1;
    private static final int DAY = 86_400;
    private static final int TRUST_OTHERS = 0x200;
    private static final long PARTIAL_CHAIN = 0x80000;

    /** The error tells why an answer is of no use. */
    public static OcspAnswer of(byte[] answer) throws TlsError {
        long parsed = OcspText.parse(answer);
        if (parsed == 0) {
            throw new TlsError("Unable to parse OCSP response");
        }
        long basic = 0;
        try {
            if (OpenSsl.number("OCSP_response_status", parsed) != 0) {
                throw new TlsError("OCSP response status not successful");
            }
            basic = OpenSsl.call("OCSP_response_get1_basic", parsed);
            if (basic == 0) {
                throw new TlsError("Failed to get basic response from OCSP Response");
            }
            int count = OpenSsl.number("OCSP_resp_count", basic);
            if (count > 1) {
                throw new TlsError("OCSP response ignored because contains multiple single responses (" + count + ")");
            }
            long single = count == 0 ? 0 : OpenSsl.call("OCSP_resp_get0", basic, 0);
            if (single == 0) {
                throw new TlsError("Failed to get OCSP single response");
            }
            return new OcspAnswer(CertificateView.encode("i2d_OCSP_CERTID",
                    OpenSsl.call("OCSP_SINGLERESP_get0_id", single)), secondsLeft(single));
        } finally {
            OpenSsl.clearErrors();
            OpenSsl.call("OCSP_BASICRESP_free", basic);
            OpenSsl.call("OCSP_RESPONSE_free", parsed);
        }
    }

    private static long secondsLeft(long single) throws TlsError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(32, 8);
            int status = (int) OpenSsl.call("OCSP_single_get0_status", single, out.address(), 0, out.address() + 8,
                    out.address() + 16, 0);
            if (status == UNKNOWN) {
                throw new TlsError("OCSP single response: certificate status is unknown");
            }
            long from = out.get(ValueLayout.JAVA_LONG, 8);
            long until = out.get(ValueLayout.JAVA_LONG, 16);
            if (until == 0) {
                throw new TlsError("OCSP single response: missing nextupdate");
            }
            if ((int) OpenSsl.call("OCSP_check_validity", from, until, MOST_SKEW, NO_LIMIT) != 1) {
                throw new TlsError("OCSP single response: no longer valid.");
            }
            if ((int) OpenSsl.call("ASN1_TIME_diff", out.address() + 24, out.address() + 28, 0, until) != 1) {
                throw new TlsError("OCSP single response: Invalid \"Next Update\" time");
            }
            return (long) out.get(ValueLayout.JAVA_INT, 24) * DAY + out.get(ValueLayout.JAVA_INT, 28);
        }
    }

    /** Whether it was signed by the issuer of that certificate, or by who that one lets sign. */
    static boolean isSigned(byte[] answer, long issuer) {
        long parsed = OcspText.parse(answer);
        long basic = parsed == 0 ? 0 : OpenSsl.call("OCSP_response_get1_basic", parsed);
        long store = OpenSsl.call("X509_STORE_new");
        OpenSsl.call("X509_STORE_add_cert", store, issuer);
        OpenSsl.call("X509_STORE_set_flags", store, PARTIAL_CHAIN);
        long others = OpenSsl.call("OPENSSL_sk_new_null");
        OpenSsl.call("OPENSSL_sk_push", others, issuer);
        boolean good = basic != 0 && (int) OpenSsl.call("OCSP_basic_verify", basic, others, store, TRUST_OTHERS) == 1;
        OpenSsl.clearErrors();
        OpenSsl.call("OPENSSL_sk_free", others);
        OpenSsl.call("X509_STORE_free", store);
        OpenSsl.call("OCSP_BASICRESP_free", basic);
        OpenSsl.call("OCSP_RESPONSE_free", parsed);
        return good;
    }
}
