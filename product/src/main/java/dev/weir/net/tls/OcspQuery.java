package dev.weir.net.tls;

/**
 * What an authority is to be asked about a certificate, and where: RFC 6960. Immutable.
 *
 * @param uri where the certificate says that its authority answers
 * @param key what the certificate is called in answers, encoded
 * @param request what to send
 */
public record OcspQuery(String uri, byte[] key, byte[] request) {

    /** Null for a certificate that names nobody to ask, or whose issuer is not known. */
    public static OcspQuery of(CertificateFile file) {
        String uri = file.isEmpty() ? null : uri(file.certificate());
        long id = uri == null ? 0 : file.answerId();
        if (id == 0) {
            return null;
        }
        byte[] key = CertificateView.encode("i2d_OCSP_CERTID", id);
        long request = OpenSsl.call("OCSP_REQUEST_new");
        // it belongs to the request from now on
        OpenSsl.call("OCSP_request_add0_id", request, id);
        byte[] encoded = CertificateView.encode("i2d_OCSP_REQUEST", request);
        OpenSsl.call("OCSP_REQUEST_free", request);
        return new OcspQuery(uri, key, encoded);
    }

    /** The first one counts. */
    private static String uri(long certificate) {
        long all = OpenSsl.call("X509_get1_ocsp", certificate);
        String first = all == 0 || OpenSsl.number("OPENSSL_sk_num", all) < 1 ? null
                : OpenSsl.text(OpenSsl.call("OPENSSL_sk_value", all, 0));
        OpenSsl.call("X509_email_free", all);
        return first;
    }
}
