package dev.weir.net.tls;


/** A list of revoked certificates in words, as commands show it. Stateless. */
final class RevocationText {

    private RevocationText() {}

    static String of(long list) {
        StringBuilder out = new StringBuilder(256);
        out.append("Version ").append(OpenSsl.call("X509_CRL_get_version", list) + 1).append('\n');
        out.append("Signature Algorithm: ").append(OpenSsl.text(OpenSsl.call("OBJ_nid2ln",
                OpenSsl.number("X509_CRL_get_signature_nid", list)))).append('\n');
        long name = OpenSsl.call("X509_NAME_oneline", OpenSsl.call("X509_CRL_get_issuer", list), 0, 0);
        out.append("Issuer: ").append(OpenSsl.text(name)).append('\n');
        OpenSsl.call("CRYPTO_free", name, 0, 0);
        time(out.append("Last Update: "), OpenSsl.call("X509_CRL_get0_lastUpdate", list));
        time(out.append("Next Update: "), OpenSsl.call("X509_CRL_get0_nextUpdate", list));
        long revoked = OpenSsl.call("X509_CRL_get_REVOKED", list);
        int count = revoked == 0 ? 0 : OpenSsl.number("OPENSSL_sk_num", revoked);
        out.append(count > 0 ? "Revoked Certificates:\n" : "No Revoked Certificates.\n");
        for (int i = 0; i < count; i++) {
            long each = OpenSsl.call("OPENSSL_sk_value", revoked, i);
            out.append("    Serial Number: ").append(printed("i2a_ASN1_INTEGER",
                    OpenSsl.call("X509_REVOKED_get0_serialNumber", each))).append('\n');
            time(out.append("        Revocation Date: "), OpenSsl.call("X509_REVOKED_get0_revocationDate", each));
        }
        return out.toString();
    }

    private static void time(StringBuilder out, long time) {
        out.append(time == 0 ? "NONE" : printed("ASN1_TIME_print", time)).append('\n');
    }

    /** What a function of the library prints of a thing. */
    static String printed(String function, long thing) {
        long bio = OpenSsl.call("BIO_new", OpenSsl.call("BIO_s_mem"));
        OpenSsl.call(function, bio, thing, 0);
        String text = PemFile.textOf(bio);
        OpenSsl.call("BIO_free", bio);
        return text;
    }
}
