package dev.weir.net.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/**
 * Authorities and lists of what they have revoked, of a file, a directory, or the system. The library's objects in it
 * stay until the process ends. Immutable.
 */
public final class TrustFile {

    public static final String SYSTEM = "@system-ca";

    private static final int CHECK_REVOKED = 0x4 | 0x8;
    private static final String[] ENDS = {".pem", ".crt", ".cer", ".crl"};

    private final boolean system;
    private long[] certificates = {};
    private long[] revocations = {};

    private TrustFile(boolean system) {
        this.system = system;
    }

    /** Reads it; the error tells why it cannot be. */
    public static TrustFile load(String path) throws TlsError {
        if (OpenSsl.missing() != null) {
            throw new TlsError(OpenSsl.missing());
        }
        TrustFile file = new TrustFile(path.equals(SYSTEM));
        if (file.system) {
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
