package dev.weir.net.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The certificates of a configuration by name: each file is read once. Beside a file {@code x} its companions are looked
 * for: {@code x.key}, {@code x.ocsp}, {@code x.issuer}, {@code x.sctl}, and {@code x.rsa}, {@code x.ecdsa}, {@code x.dsa}
 * where there is no {@code x}. Boot's thread.
 */
public final class CertificateStore {

    private static final String[] KINDS = {".rsa", ".ecdsa", ".dsa"};
    private static final String[] RESERVED = {".key", ".issuer", ".ocsp", ".sctl"};
    private static final String NONE_SUCH = "No such file or directory";

    /** Where the parts of a certificate are; null for a part that is looked for beside it. */
    public record Parts(String certificate, String key, String ocsp, String issuer, String sctl) {

        public static Parts of(String path) {
            return new Parts(path, null, null, null, null);
        }
    }

    private final Map<String, CertificateFile> files = new TreeMap<>();
    private final TreeSet<String> heldFast = new TreeSet<>();
    private final List<CertificateChoice> choices = new ArrayList<>();
    private String extras = "all";
    private boolean replacesExtension;
    private String issuers;

    /** {@code ssl-load-extra-files}: the words behind it; {@code ssl-load-extra-del-ext}; {@code issuers-chain-path}. */
    public void lookFor(String words, boolean withoutExtension, String issuerDirectory) {
        extras = words == null ? "all" : words;
        replacesExtension = withoutExtension;
        issuers = issuerDirectory;
    }

    /** Addresses that show certificates of this store, and change with it. */
    public void shownBy(CertificateChoice choice) {
        choices.add(choice);
    }

    /** A server is shown that one: it stays as it is. */
    public void heldFast(String name) {
        heldFast.add(name);
    }

    /** Whether it cannot be replaced while running. */
    public boolean isHeldFast(String name) {
        return heldFast.contains(name);
    }

    /** The names of all, in order. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** Null for none of that name. */
    public CertificateFile named(String name) {
        return files.get(name);
    }

    /** What another PEM text makes of a certificate; what is not in the text stays. */
    public CertificateFile changed(CertificateFile file, byte[] text) throws TlsError {
        PemFile pem = new PemFile(text);
        long[] certificates = pem.certificates();
        if (certificates.length == 0) {
            throw new TlsError("unable to load certificate from file '" + file.name() + "'.");
        }
        long given = pem.key();
        long key = given == 0 ? file.key() : given;
        requireFit(certificates[0], key, file.name());
        long[] chain = java.util.Arrays.copyOfRange(certificates, 1, certificates.length);
        return new CertificateFile(file.name(), certificates[0], key, chain, view(certificates[0], chain), KeyKind.of(key),
                null, file.timestamps());
    }

    /** Shows that certificate from now on to new clients. On the Conductor's thread. */
    public void replace(CertificateFile next) throws TlsError {
        for (CertificateChoice choice : choices) {
            choice.replace(next.name(), next);
        }
        files.put(next.name(), next);
    }

    private static void requireFit(long certificate, long key, String path) throws TlsError {
        if ((int) OpenSsl.call("X509_check_private_key", certificate, key) != 1) {
            OpenSsl.clearErrors();
            throw new TlsError("inconsistencies between private key and certificate loaded '" + path + "'.");
        }
    }

    private boolean looksFor(String extra) {
        return extras.contains("all") || extras.contains(extra);
    }

    /** Every certificate that a path means: a file, a bundle, what is in a directory. */
    public List<CertificateFile> load(String path) throws TlsError {
        requireLibrary();
        CertificateFile known = files.get(path);
        if (known != null) {
            return List.of(known);
        }
        Path place = Path.of(path);
        if (Files.isDirectory(place)) {
            return directory(place);
        }
        if (!Files.exists(place) && looksFor("bundle")) {
            List<CertificateFile> bundle = new ArrayList<>();
            for (String kind : KINDS) {
                if (Files.exists(Path.of(path + kind))) {
                    bundle.addAll(load(path + kind));
                }
            }
            if (!bundle.isEmpty()) {
                return bundle;
            }
        }
        return List.of(load(path, Parts.of(path)));
    }

    private static void requireLibrary() throws TlsError {
        if (OpenSsl.missing() != null) {
            throw new TlsError(OpenSsl.missing() + ".");
        }
    }

    private List<CertificateFile> directory(Path place) throws TlsError {
        TreeSet<String> names = new TreeSet<>();
        for (Path each : list(place)) {
            String name = each.getFileName().toString();
            boolean reserved = name.startsWith(".") || Files.isDirectory(each);
            for (String end : RESERVED) {
                reserved |= name.endsWith(end);
            }
            if (!reserved) {
                names.add(each.toString());
            }
        }
        List<CertificateFile> found = new ArrayList<>();
        for (String name : names) {
            found.addAll(load(name));
        }
        return found;
    }

    static List<Path> list(Path directory) throws TlsError {
        List<Path> found = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(directory)) {
            entries.forEach(found::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            throw new TlsError("unable to scan directory '" + directory + "' : " + reason(e));
        }
        return found;
    }

    static String reason(Exception e) {
        return e instanceof java.nio.file.AccessDeniedException ? "Permission denied"
                : e instanceof java.nio.file.NoSuchFileException ? NONE_SUCH : "cannot be read";
    }

    /** One certificate, under a name of its own. */
    public CertificateFile load(String name, Parts parts) throws TlsError {
        requireLibrary();
        CertificateFile known = files.get(name);
        if (known != null) {
            return known;
        }
        String path = parts.certificate();
        PemFile pem = open(path);
        if (pem == null) {
            throw new TlsError("unable to stat SSL certificate from file '" + path + "' : " + NONE_SUCH + ".");
        }
        long[] certificates = pem.certificates();
        if (certificates.length == 0) {
            throw new TlsError("unable to load certificate from file '" + path + "'.");
        }
        long key = key(pem, parts);
        requireFit(certificates[0], key, path);
        long[] chain = java.util.Arrays.copyOfRange(certificates, 1, certificates.length);
        if (chain.length == 0 && issuers != null) {
            chain = issuer(certificates[0]);
        }
        CertificateFile file = new CertificateFile(name, certificates[0], key, chain,
                view(certificates[0], chain), KeyKind.of(key),
                companion(parts.ocsp(), path, "ocsp"), companion(parts.sctl(), path, "sctl"));
        files.put(name, file);
        return file;
    }

    private static CertificateView view(long certificate, long[] chain) {
        byte[][] encoded = new byte[1 + chain.length][];
        encoded[0] = CertificateView.encode(certificate);
        for (int i = 0; i < chain.length; i++) {
            encoded[i + 1] = CertificateView.encode(chain[i]);
        }
        return new CertificateView(encoded[0], encoded);
    }

    private static PemFile open(String path) throws TlsError {
        try {
            return PemFile.read(path);
        } catch (IOException e) {
            throw new TlsError("unable to load certificate from file '" + path + "': " + reason(e) + ".");
        }
    }

    private long key(PemFile pem, Parts parts) throws TlsError {
        long key = parts.key() == null ? pem.key() : 0;
        String beside = parts.key() != null ? parts.key() : stem(parts.certificate()) + ".key";
        if (key == 0 && (parts.key() != null || looksFor("key"))) {
            PemFile other = open(beside);
            key = other == null ? 0 : other.key();
        }
        if (key == 0) {
            throw new TlsError("No Private Key found in '" + beside + "'.");
        }
        return key;
    }

    private String stem(String path) {
        return replacesExtension && path.endsWith(".crt") ? path.substring(0, path.length() - 4) : path;
    }

    /** The bytes of a file beside it; null when there are none. */
    private byte[] companion(String given, String path, String kind) throws TlsError {
        if (given == null && !looksFor(kind)) {
            return null;
        }
        Path place = Path.of(given == null ? path + "." + kind : given);
        try {
            byte[] bytes = Files.exists(place) || given != null ? Files.readAllBytes(place) : null;
            return bytes == null || bytes.length == 0 ? null : bytes;
        } catch (IOException e) {
            throw new TlsError("unable to load '" + place + "': " + reason(e) + ".");
        }
    }

    /** The certificate in the directory of issuers whose subject has signed this one. */
    private long[] issuer(long certificate) throws TlsError {
        for (Path each : list(Path.of(issuers))) {
            PemFile pem = Files.isRegularFile(each) ? open(each.toString()) : null;
            long[] chain = pem == null ? new long[0] : pem.certificates();
            if (chain.length > 0 && (int) OpenSsl.call("X509_check_issued", chain[0], certificate) == 0) {
                return chain;
            }
        }
        return new long[0];
    }
}
