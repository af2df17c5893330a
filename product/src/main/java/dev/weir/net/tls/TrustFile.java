package dev.weir.net.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Authorities and lists of what they have revoked, of a file, a directory, or the system. The library's objects in it
 * live as long as it. Immutable once it is read.
 */
public final class TrustFile {

    public static final String SYSTEM = "@system-ca";

    private static final int CHECK_REVOKED = 0x4 | 0x8;
    private static final String[] ENDS = {".pem", ".crt", ".cer", ".crl"};

    private static final AtomicLong LAST = new AtomicLong();

    private final String name;
    private final boolean system;
    private final long serial = LAST.incrementAndGet();
    private final MessageDigest digest = sha();
    private byte[] fingerprint;
    private boolean revoking;
    private long[] certificates = {};
    private long[] revocations = {};

    private TrustFile(String name, boolean system) {
        this.name = name;
        this.system = system;
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that was announced by command and has no content yet, or has that of a payload. */
    public static TrustFile ofText(String name, TrustFile with, byte[] text, boolean ofRevocations) {
        TrustFile file = new TrustFile(name, false);
        file.revoking = ofRevocations;
        if (with != null) {
            file.certificates = with.certificates.clone();
            file.revocations = with.revocations.clone();
            for (long each : with.certificates) {
                OpenSsl.call("X509_up_ref", each);
            }
            for (long each : with.revocations) {
                OpenSsl.call("X509_CRL_up_ref", each);
            }
        }
        PemFile pem = new PemFile(text);
        file.certificates = joined(file.certificates, pem.certificates());
        file.revocations = joined(file.revocations, pem.revocations());
        file.finish();
        return file;
    }

    private void finish() {
        fingerprint = digest.digest();
        revoking |= certificates.length == 0 && revocations.length > 0;
        Native.own(this, "X509_free", certificates);
        Native.own(this, "X509_CRL_free", revocations);
    }

    public String name() {
        return name;
    }

    long serial() {
        return serial;
    }

    /** Whether the files had the same content. */
    boolean isReadAs(TrustFile other) {
        return java.util.Arrays.equals(fingerprint, other.fingerprint);
    }

    void isReadFrom(TrustFile other) {
        fingerprint = other.fingerprint;
    }

    /** Whether it is there for what it revokes. */
    public boolean isRevoking() {
        return revoking;
    }

    public int certificateCount() {
        return certificates.length;
    }

    public int revocationCount() {
        return revocations.length;
    }

    public CertificateView certificate(int index) {
        byte[] encoded = CertificateView.encode(certificates[index]);
        return new CertificateView(encoded, new byte[][] {encoded});
    }

    /** The kind and size of a certificate's key. */
    public String keyName(int index) {
        long key = OpenSsl.call("X509_get0_pubkey", certificates[index]);
        return key == 0 ? "" : (KeyKind.of(key) == KeyKind.ECDSA ? "EC" : KeyKind.of(key).name())
                + OpenSsl.number("EVP_PKEY_get_bits", key);
    }

    /** A list of revocations in words, as the library prints it. */
    public String revocation(int index) {
        return RevocationText.of(revocations[index]);
    }

    /** Reads it; the error tells why it cannot be. */
    public static TrustFile load(String path) throws TlsError {
        if (OpenSsl.missing() != null) {
            throw new TlsError(OpenSsl.missing());
        }
        TrustFile file = new TrustFile(path, path.equals(SYSTEM));
        if (file.system) {
            file.finish();
            return file;
        }
        Path place = Path.of(path);
        if (Files.isDirectory(place)) {
            TreeSet<String> names = new TreeSet<>();
            for (Path each : CertificateStore.list(place)) {
                if (isWanted(each.getFileName().toString())) {
                    names.add(each.toString());
                }
            }
            for (String name : names) {
                file.add(name);
            }
        } else {
            file.add(path);
            if (file.count() == 0) {
                throw new TlsError("Couldn't open the ca-file '" + path + "' (no certificate or crl found).");
            }
        }
        file.finish();
        return file;
    }

    private static boolean isWanted(String name) {
        boolean wanted = false;
        for (String end : ENDS) {
            wanted |= name.endsWith(end);
        }
        return wanted && !name.startsWith(".");
    }

    private void add(String path) throws TlsError {
        try {
            PemFile pem = PemFile.read(path);
            if (pem == null) {
                throw new TlsError("Couldn't open the ca-file '" + path + "' (No such file or directory).");
            }
            digest.update(pem.bytes());
            certificates = joined(certificates, pem.certificates());
            revocations = joined(revocations, pem.revocations());
        } catch (IOException e) {
            throw new TlsError("Couldn't open the ca-file '" + path + "' (" + CertificateStore.reason(e) + ").");
        }
    }

    private static long[] joined(long[] one, long[] other) {
        long[] all = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    /** How many things it holds; the system's are not counted. */
    public int count() {
        return certificates.length + revocations.length;
    }

    public boolean isSystem() {
        return system;
    }

    void trust(long store) {
        if (system) {
            OpenSsl.call("X509_STORE_set_default_paths", store);
        }
        for (long each : certificates) {
            OpenSsl.call("X509_STORE_add_cert", store, each);
        }
        for (long each : revocations) {
            OpenSsl.call("X509_STORE_add_crl", store, each);
        }
        OpenSsl.clearErrors();
    }

    /** Its lists of revoked certificates hold from now on. */
    void revoke(long store) {
        trust(store);
        OpenSsl.call("X509_STORE_set_flags", store, CHECK_REVOKED);
    }

    /** Tells clients whose certificates are wanted. */
    void announce(long context) {
        for (long each : certificates) {
            OpenSsl.call("SSL_CTX_add_client_CA", context, each);
        }
    }
}
