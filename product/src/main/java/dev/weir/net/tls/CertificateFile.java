package dev.weir.net.tls;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A certificate that can be shown: itself, its key, and what goes with it. Immutable; what is the library's in it lives as
 * long as it.
 */
public final class CertificateFile {

    /**
     * What the library has of one; the receiver owns it. {@code issuer} is 0 where it is not known, {@code exchange}, the
     * parameters of a Diffie-Hellman exchange, where the file has none.
     */
    record Parts(long certificate, long key, long[] chain, long issuer, byte[] stapled, byte[] timestamps,
            long exchange) {

        Parts with(byte[] answer) {
            return new Parts(certificate, key, chain, issuer, answer, timestamps, exchange);
        }
    }

    private static final AtomicLong LAST = new AtomicLong();

    private final String name;
    private final Parts parts;
    private final CertificateView view;
    private final KeyKind kind;
    private final long serial = LAST.incrementAndGet();

    private CertificateFile(String name, Parts parts, CertificateView view, KeyKind kind) {
        this.name = name;
        this.parts = parts;
        this.view = view;
        this.kind = kind;
    }

    /** @param name what it is called: its path, or its alias */
    static CertificateFile of(String name, Parts parts) {
        CertificateFile file = new CertificateFile(name, parts, view(parts), KeyKind.of(parts.key));
        Native.own(file, "X509_free", parts.certificate);
        Native.own(file, "X509_free", parts.issuer);
        Native.own(file, "X509_free", parts.chain);
        Native.own(file, "EVP_PKEY_free", parts.key);
        Native.own(file, "EVP_PKEY_free", parts.exchange);
        return file;
    }

    /** One that was announced by command and has no content yet. */
    static CertificateFile empty(String name) {
        return new CertificateFile(name, new Parts(0, 0, new long[0], 0, null, null, 0), null, KeyKind.RSA);
    }

    private static CertificateView view(Parts parts) {
        byte[][] encoded = new byte[1 + parts.chain.length][];
        encoded[0] = CertificateView.encode(parts.certificate);
        for (int i = 0; i < parts.chain.length; i++) {
            encoded[i + 1] = CertificateView.encode(parts.chain[i]);
        }
        return new CertificateView(encoded[0], encoded);
    }

    /** The same parts once more, for another file that owns them too. */
    Parts shared() {
        up("X509_up_ref", parts.certificate);
        up("X509_up_ref", parts.issuer);
        up("EVP_PKEY_up_ref", parts.key);
        up("EVP_PKEY_up_ref", parts.exchange);
        for (long each : parts.chain) {
            up("X509_up_ref", each);
        }
        return new Parts(parts.certificate, parts.key, parts.chain.clone(), parts.issuer, parts.stapled, parts.timestamps,
                parts.exchange);
    }

    static void up(String function, long pointer) {
        if (pointer != 0) {
            OpenSsl.call(function, pointer);
        }
    }

    public boolean isEmpty() {
        return parts.certificate == 0;
    }

    public String name() {
        return name;
    }

    /** Which loading it is of: no other one has that number. */
    long serial() {
        return serial;
    }

    long certificate() {
        return parts.certificate;
    }

    long key() {
        return parts.key;
    }

    long issuer() {
        return parts.issuer;
    }

    /** Parameters of a Diffie-Hellman exchange, 0 where the file has none. */
    long exchange() {
        return parts.exchange;
    }

    int keyBits() {
        return OpenSsl.number("EVP_PKEY_get_bits", parts.key);
    }

    /** Those that sign it, one after the other. */
    long[] chain() {
        return parts.chain;
    }

    /** Null when it is empty. */
    public CertificateView view() {
        return view;
    }

    public KeyKind kind() {
        return kind;
    }

    /** The answer of its authority about it, or null. */
    public byte[] stapled() {
        return parts.stapled;
    }

    /** What logs of certificates have signed, or null. */
    byte[] timestamps() {
        return parts.timestamps;
    }

    /** The kind and size of its key, as in {@code RSA2048}. */
    public String keyName() {
        return (kind == KeyKind.ECDSA ? "EC" : kind.name()) + keyBits();
    }

    /** What its authority's answers call it, in its encoded form; null where there is no answer. */
    public byte[] answerKey() {
        long id = parts.stapled == null ? 0 : answerId();
        if (id == 0) {
            return null;
        }
        byte[] encoded = CertificateView.encode("i2d_OCSP_CERTID", id);
        OpenSsl.call("OCSP_CERTID_free", id);
        return encoded;
    }

    /** The same as the library has it; the caller frees it. 0 where the issuer is not known. */
    long answerId() {
        long issuer = knownIssuer();
        return issuer == 0 ? 0 : OpenSsl.call("OCSP_cert_to_id", 0, parts.certificate, issuer);
    }

    private long knownIssuer() {
        return parts.issuer != 0 ? parts.issuer : parts.chain.length > 0 ? parts.chain[0] : 0;
    }

    /** Whether its authority has signed that answer. */
    public boolean trusts(byte[] answer) {
        return knownIssuer() != 0 && OcspAnswer.isSigned(answer, knownIssuer());
    }

    /** What an answer would have to call it, by the same digest; null where its issuer is not known. */
    public byte[] keyWith(byte[] answer) {
        return stapledBy(answer).answerKey();
    }

    private CertificateFile stapledBy(byte[] answer) {
        return new CertificateFile(name, parts.with(answer), view, kind);
    }

    /** The key, itself and its chain as PEM text. */
    public String dump() {
        StringBuilder out = new StringBuilder(PemFile.text("PEM_write_bio_PrivateKey", parts.key));
        out.append(PemFile.text("PEM_write_bio_X509", parts.certificate));
        for (long each : parts.chain) {
            out.append(PemFile.text("PEM_write_bio_X509", each));
        }
        return out.toString();
    }

    /** The names that it is for. */
    public List<String> hostNames() {
        return view.hostNames();
    }
}
