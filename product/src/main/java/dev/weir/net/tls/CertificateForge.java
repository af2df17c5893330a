package dev.weir.net.tls;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes certificates for names that clients ask for and that no file is for, signed by an authority of ours: {@code
 * generate-certificates}. Those used last are kept. The key is that of the certificate which would be shown otherwise.
 * Shared: a lock, held while one is made, which takes about a millisecond.
 */
public final class CertificateForge {

    private static final int DEFAULT_KEPT = 1000;
    private static final int LONGEST_NAME = 64;
    private static final int VERSION_3 = 2;
    private static final int TEXT = 0x1001;
    private static final long DAY = 86_400;
    private static final int ROOM = 256;
    private static final int ED25519 = 1087;
    private static final int ED448 = 1088;

    private final ContextBuilder builder;
    private final TlsTerms terms;
    private final String realm;
    private final long authority;
    private final long[] chain;
    private final long key;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, TlsContext> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int serial = new SecureRandom().nextInt(1 << 24);

    private CertificateForge(ContextBuilder builder, TlsTerms terms, String realm, long[] certificates, long key) {
        this.builder = builder;
        this.terms = terms;
        this.realm = realm;
        this.key = key;
        authority = certificates[0];
        chain = certificates;
        most = builder.tuned("ssl-ctx-cache-size", DEFAULT_KEPT);
        Native.own(this, "X509_free", certificates);
        Native.own(this, "EVP_PKEY_free", key);
    }

    /**
     * One with the authority of a file.
     *
     * @param path has its certificate and key
     * @param pass the pass phrase of the key, or null
     */
    public static CertificateForge of(ContextBuilder builder, TlsTerms terms, String realm, String path, String pass)
            throws TlsError {
        PemFile pem;
        try {
            pem = PemFile.read(path);
        } catch (IOException e) {
            pem = null;
        }
        if (pem == null) {
            throw new TlsError("cannot open the file '" + path + "'.");
        }
        long[] certificates = pem.certificates();
        if (certificates.length == 0) {
            throw new TlsError("unable to load certificate from file '" + path + "'.");
        }
        long key = pem.key(pass);
        if (key == 0) {
            throw new TlsError("No Private Key found in '" + path + ".key'.");
        }
        return new CertificateForge(builder, terms, realm, certificates, key);
    }

    /** What a client is shown that asks for this name; null when nothing can be made for it. */
    TlsContext context(String name, CertificateFile like) {
        if (like == null || !isName(name)) {
            return null;
        }
        lock.lock();
        try {
            String called = like.serial() + " " + name;
            TlsContext known = kept.get(called);
            if (known == null) {
                known = builder.accepting(terms, forge(name, like), realm);
                if (most > 0) {
                    kept.put(called, known);
                }
                if (kept.size() > most && most > 0) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
            return known;
        } catch (TlsError e) {
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Whatever else a client says could mean something in the text of an extension. */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean good = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
            if (!good) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LONGEST_NAME;
    }

    private CertificateFile forge(String name, CertificateFile like) throws TlsError {
        long made = OpenSsl.call("X509_new");
        OpenSsl.call("X509_set_version", made, VERSION_3);
        OpenSsl.call("ASN1_INTEGER_set", OpenSsl.call("X509_get_serialNumber", made), ++serial);
        OpenSsl.call("X509_gmtime_adj", OpenSsl.call("X509_getm_notBefore", made), -DAY);
        OpenSsl.call("X509_gmtime_adj", OpenSsl.call("X509_getm_notAfter", made), 365 * DAY);
        OpenSsl.call("X509_set_pubkey", made, like.key());
        long issuer = OpenSsl.call("X509_get_subject_name", authority);
        OpenSsl.call("X509_set_issuer_name", made, issuer);
        try (Arena arena = Arena.ofConfined()) {
            subject(arena, made, OpenSsl.call("X509_NAME_dup", issuer), name);
            extensions(arena, made, name);
        }
        int id = OpenSsl.number("EVP_PKEY_get_base_id", key);
        long digest = id == ED25519 || id == ED448 ? 0 : OpenSsl.call("EVP_sha256");
        boolean signed = (int) OpenSsl.call("X509_sign", made, key, digest) > 0;
        OpenSsl.clearErrors();
        if (!signed) {
            OpenSsl.call("X509_free", made);
            throw new TlsError("unable to sign a certificate");
        }
        CertificateFile.up("EVP_PKEY_up_ref", like.key());
        for (long each : chain) {
            CertificateFile.up("X509_up_ref", each);
        }
        return CertificateFile.of(name, new CertificateFile.Parts(made, like.key(), chain.clone(), 0, null, null, 0));
    }

    private static void subject(Arena arena, long made, long subject, String name) {
        long entry = OpenSsl.call("X509_NAME_ENTRY_create_by_txt", 0, OpenSsl.zeroEnded(arena, "CN").address(), TEXT,
                OpenSsl.zeroEnded(arena, name).address(), -1, 0);
        OpenSsl.call("X509_NAME_add_entry", subject, entry, -1, 0);
        OpenSsl.call("X509_NAME_ENTRY_free", entry);
        OpenSsl.call("X509_set_subject_name", made, subject);
        OpenSsl.call("X509_NAME_free", subject);
    }

    private void extensions(Arena arena, long made, String name) {
        MemorySegment context = arena.allocate(ROOM, 8);
        OpenSsl.call("X509V3_set_ctx", context.address(), authority, made, 0, 0, 0);
        String[] all = {"basicConstraints", "CA:FALSE", "nsComment", "\"OpenSSL Generated Certificate\"",
            "subjectKeyIdentifier", "hash", "authorityKeyIdentifier", "keyid,issuer:always",
            "keyUsage", "nonRepudiation,digitalSignature,keyEncipherment", "subjectAltName", "DNS:" + name};
        for (int i = 0; i < all.length; i += 2) {
            long extension = OpenSsl.call("X509V3_EXT_conf", 0, context.address(),
                    OpenSsl.zeroEnded(arena, all[i]).address(), OpenSsl.zeroEnded(arena, all[i + 1]).address());
            if (extension != 0) {
                OpenSsl.call("X509_add_ext", made, extension, -1);
                OpenSsl.call("X509_EXTENSION_free", extension);
            }
        }
    }
}
