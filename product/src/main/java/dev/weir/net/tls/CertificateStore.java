package dev.weir.net.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
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
    /**
     * What another certificate or list has changed.
     *
     * @param places where it is used
     * @param retired contexts that nobody begins a connection with once every worker has done what it does now
     */
    public record Change(int places, List<TlsContext> retired) {}

    private static final String NONE_SUCH = "No such file or directory";

    /** Where the parts of a certificate are; null for a part that is looked for beside it. */
    public record Parts(String certificate, String key, String ocsp, String issuer, String sctl) {

        public static Parts of(String path) {
            return new Parts(path, null, null, null, null);
        }
    }

    private final TlsLife life;
    private final Passphrases passphrases = new Passphrases();
    private final Map<String, CertificateFile> files = new TreeMap<>();
    /** What was on disk when each was read. */
    private final Map<String, byte[]> sources = new HashMap<>();
    private final Map<String, CertificateList> lists = new TreeMap<>();
    private final Map<String, TrustFile> trusted = new TreeMap<>();
    private final TreeSet<String> announced = new TreeSet<>();
    private final TreeSet<String> announcedTrust = new TreeSet<>();
    private final List<CertificateChoice> choices = new ArrayList<>();
    private final List<TlsServerEnd> ends = new ArrayList<>();
    private final List<TlsServerEnd> added = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final OcspModes modes = new OcspModes();
    private final JwtUse jwt = new JwtUse();
    private CertificateStore before;
    private String extras = "all";
    private boolean replacesExtension;
    private String issuers;

    public CertificateStore() {
        this(null);
    }

    /** @param before that of the configuration that this one follows, or null */
    public CertificateStore(CertificateStore before) {
        this.before = before;
        life = before == null ? new TlsLife() : before.life;
    }

    /** What makes contexts for lines that name files of this store. */
    public ContextBuilder builder(TlsTerms tuning) {
        return new ContextBuilder(tuning, trusted, life);
    }

    /** {@code ssl-load-extra-files}: the words behind it; {@code ssl-load-extra-del-ext}; {@code issuers-chain-path}. */
    public void lookFor(String words, boolean withoutExtension, String issuerDirectory) {
        extras = words == null ? "all" : words;
        replacesExtension = withoutExtension;
        issuers = issuerDirectory;
    }

    /** Takes over what commands have announced, which no line names; the store before is not needed any more. */
    public void settle() {
        if (before != null) {
            for (String name : before.announced) {
                files.putIfAbsent(name, before.files.get(name));
                if (!sources.containsKey(name)) {
                    announced.add(name);
                }
            }
            for (String name : before.announcedTrust) {
                if (trusted.putIfAbsent(name, before.trusted.get(name)) == null) {
                    announcedTrust.add(name);
                }
            }
            before.added.forEach(this::usedByAdded);
            jwt.follow(before.jwt);
            before = null;
        }
    }

    /** Addresses that show certificates of this store, and change with it. */
    public void shownBy(CertificateChoice choice) {
        choices.add(choice);
    }

    /** A server is shown one of them, or judged by them. */
    public void usedBy(TlsServerEnd end) {
        ends.add(end);
    }

    /** The same of one that came by command, and lives on. */
    public void usedByAdded(TlsServerEnd end) {
        added.add(end);
        ends.add(end);
    }

    public void forget(TlsServerEnd end) {
        added.remove(end);
        ends.remove(end);
    }

    /** Which answers of authorities are to be asked for anew while running. */
    public OcspModes modes() {
        return modes;
    }

    /** Which certificates may judge and open tokens. */
    public JwtUse jwt() {
        return jwt;
    }

    /** The names of those that may, in order. */
    public List<String> jwtNames() {
        return jwt.among(files.keySet());
    }

    /** The names of all, in order. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** Null for none of that name. */
    public CertificateFile named(String name) {
        return files.get(name);
    }

    public boolean isUsed(CertificateFile file) {
        boolean used = false;
        for (CertificateChoice each : choices) {
            used |= each.shows(file);
        }
        for (TlsServerEnd each : ends) {
            used |= each.file() == file;
        }
        return used;
    }

    /** A name that has no content yet. */
    public void announce(String name) {
        announced.add(name);
        files.put(name, CertificateFile.empty(name));
    }

    public void delete(String name) {
        announced.remove(name);
        files.remove(name);
        sources.remove(name);
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
        String fault = key == 0 ? "unable to load private key from file '" + file.name() + "'." : null;
        try {
            if (fault != null) {
                throw new TlsError(fault);
            }
            requireFit(certificates[0], key, file.name());
        } catch (TlsError e) {
            free(certificates, given);
            throw e;
        }
        if (given == 0) {
            OpenSsl.call("EVP_PKEY_up_ref", key);
        }
        CertificateFile.up("X509_up_ref", file.issuer());
        return CertificateFile.of(file.name(), new CertificateFile.Parts(certificates[0], key,
                java.util.Arrays.copyOfRange(certificates, 1, certificates.length), file.issuer(), null,
                file.timestamps(), exchange(pem, file)));
    }

    /** Those of the text, else those that it had before. */
    private static long exchange(PemFile pem, CertificateFile before) {
        long given = pem.exchange();
        if (given == 0) {
            CertificateFile.up("EVP_PKEY_up_ref", before.exchange());
        }
        return given == 0 ? before.exchange() : given;
    }

    private static void free(long[] certificates, long key) {
        for (long each : certificates) {
            OpenSsl.call("X509_free", each);
        }
        if (key != 0) {
            OpenSsl.call("EVP_PKEY_free", key);
        }
    }

    /** The same with another answer of its authority. */
    public CertificateFile stapled(CertificateFile file, byte[] answer) {
        CertificateFile.Parts old = file.shared();
        return CertificateFile.of(file.name(), new CertificateFile.Parts(old.certificate(), old.key(), old.chain(),
                old.issuer(), answer, old.timestamps(), old.exchange()));
    }

    /** The same with another issuer. */
    public CertificateFile issued(CertificateFile file, byte[] text) throws TlsError {
        long[] found = new PemFile(text).certificates();
        if (found.length == 0) {
            throw new TlsError("'" + file.name() + "' : unable to load issuer.");
        }
        CertificateFile.Parts old = file.shared();
        free(java.util.Arrays.copyOfRange(found, 1, found.length), 0);
        free(old.issuer() == 0 ? new long[0] : new long[] {old.issuer()}, 0);
        return CertificateFile.of(file.name(), new CertificateFile.Parts(old.certificate(), old.key(), old.chain(),
                found[0], old.stapled(), old.timestamps(), old.exchange()));
    }

    /** The same with other signatures of logs. */
    public CertificateFile timestamped(CertificateFile file, byte[] signatures) {
        CertificateFile.Parts old = file.shared();
        return CertificateFile.of(file.name(), new CertificateFile.Parts(old.certificate(), old.key(), old.chain(),
                old.issuer(), old.stapled(), signatures, old.exchange()));
    }

    /**
     * Shows that certificate from now on to new clients and servers, or changes nothing. On the Conductor's thread.
     */
    public Change replace(CertificateFile next) throws TlsError {
        List<Runnable> steps = new ArrayList<>();
        List<TlsContext> retired = new ArrayList<>();
        for (CertificateChoice choice : choices) {
            steps.add(choice.renewing(file -> file.name().equals(next.name()) ? next : null, retired));
        }
        for (TlsServerEnd end : ends) {
            if (end.file() != null && end.file().name().equals(next.name())) {
                TlsContext made = end.with(next);
                steps.add(() -> end.become(next, made));
            }
        }
        steps.forEach(Runnable::run);
        files.put(next.name(), next);
        return new Change(retired.size(), retired);
    }

    /** The lists of authorities and revocations, by name. */
    public Map<String, TrustFile> trusted() {
        return trusted;
    }

    /** A list that no line names yet. */
    public void announce(TrustFile file) {
        announcedTrust.add(file.name());
        trusted.put(file.name(), file);
    }

    public void delete(TrustFile file) {
        announcedTrust.remove(file.name());
        trusted.remove(file.name());
    }

    public boolean isUsed(TrustFile file) {
        boolean used = false;
        for (CertificateChoice each : choices) {
            used |= each.trusts(file.name());
        }
        for (TlsServerEnd each : ends) {
            used |= each.trusts(file.name());
        }
        return used;
    }

    /** Judges peers by that list from now on, or changes nothing. On the Conductor's thread. */
    public Change replace(TrustFile next) throws TlsError {
        TrustFile former = trusted.put(next.name(), next);
        List<Runnable> steps = new ArrayList<>();
        List<TlsContext> retired = new ArrayList<>();
        try {
            for (CertificateChoice choice : choices) {
                steps.add(choice.judging(next.name(), retired));
            }
            for (TlsServerEnd end : ends) {
                if (end.trusts(next.name())) {
                    TlsContext made = end.with(end.file());
                    steps.add(() -> end.become(end.file(), made));
                }
            }
        } catch (TlsError e) {
            trusted.put(next.name(), former);
            throw e;
        }
        if (former != null) {
            next.isReadFrom(former);
        }
        life.replace(next);
        steps.forEach(Runnable::run);
        return new Change(retired.size() + (steps.size() - choices.size()) / 2, retired);
    }

    /** Lists and directories of certificates, by name. */
    public Map<String, CertificateList> lists() {
        return lists;
    }

    /** One that was read: what commands have made of it, unless its lines are others. */
    public CertificateList current(CertificateList read) {
        CertificateList known = before == null ? null : before.lists.get(read.name());
        if (known != null && known.isReadAs(read)) {
            CertificateList next = known.withoutUsers();
            for (ListEntry each : next.entries()) {
                CertificateFile file = before.files.get(each.name());
                if (file != null) {
                    files.putIfAbsent(each.name(), file);
                }
            }
            lists.put(read.name(), next);
            return next;
        }
        lists.put(read.name(), read);
        return read;
    }

    /** The keys of tickets, by the files that they are from. */
    public Map<String, TicketKeys> tickets() {
        return life.tickets();
    }

    public static TicketKeys tickets(String path) throws TlsError {
        return TicketKeys.load(path);
    }

    private static void requireFit(long certificate, long key, String path) throws TlsError {
        if ((int) OpenSsl.call("X509_check_private_key", certificate, key) != 1) {
            OpenSsl.clearErrors();
            throw new TlsError("inconsistencies between private key and certificate loaded '" + path + "'.");
        }
    }

    /** What opens keys that are sealed. */
    public Passphrases passphrases() {
        return passphrases;
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
        byte[] source = source(parts);
        CertificateFile file = before != null && java.util.Arrays.equals(source, before.sources.get(name))
                ? before.files.get(name) : null;
        if (file == null) {
            file = read(name, parts);
        }
        files.put(name, file);
        sources.put(name, source);
        return file;
    }

    /** A digest of all files that a certificate is made of. */
    private byte[] source(Parts parts) throws TlsError {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String path = parts.certificate();
            for (String each : new String[] {path, parts.key() == null ? stem(path) + ".key" : parts.key(),
                parts.ocsp() == null ? path + ".ocsp" : parts.ocsp(), parts.sctl() == null ? path + ".sctl" : parts.sctl(),
                parts.issuer() == null ? path + ".issuer" : parts.issuer()}) {
                Path place = Path.of(each);
                byte[] bytes = Files.isRegularFile(place) ? Files.readAllBytes(place) : new byte[0];
                digest.update((each + " " + bytes.length + "\n" + extras + issuers).getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (IOException e) {
            throw new TlsError("unable to load certificate from file '" + parts.certificate() + "': " + reason(e) + ".");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private CertificateFile read(String name, Parts parts) throws TlsError {
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
        byte[] issuer = companion(parts.issuer(), path, "issuer");
        long[] issued = issuer == null ? new long[0] : new PemFile(issuer).certificates();
        CertificateFile file = CertificateFile.of(name, new CertificateFile.Parts(certificates[0], key, chain,
                issued.length == 0 ? 0 : issued[0], companion(parts.ocsp(), path, "ocsp"),
                companion(parts.sctl(), path, "sctl"), pem.exchange()));
        return file.stapled() == null ? file : judged(file, path);
    }

    /** An answer that is of no use is not shown; one that cannot be about the certificate is an error. */
    private CertificateFile judged(CertificateFile file, String path) throws TlsError {
        if (file.answerKey() == null) {
            throw new TlsError(" '" + path + ".ocsp' is present and activates OCSP but it is impossible to compute the OCSP "
                    + "certificate ID (maybe the issuer could not be found)'.");
        }
        try {
            if (!java.util.Arrays.equals(OcspAnswer.of(file.stapled()).key(), file.answerKey())) {
                throw new TlsError("OCSP single response: Certificate ID does not match certificate and issuer");
            }
            return file;
        } catch (TlsError e) {
            warnings.add("Loading: " + e.getMessage() + ". Content will be ignored.");
            return stapled(file, null);
        }
    }

    /** What was odd about files, since it was asked last. */
    public List<String> takeWarnings() {
        List<String> taken = List.copyOf(warnings);
        warnings.clear();
        return taken;
    }

    private static PemFile open(String path) throws TlsError {
        try {
            return PemFile.read(path);
        } catch (IOException e) {
            throw new TlsError("unable to load certificate from file '" + path + "': " + reason(e) + ".");
        }
    }

    private long key(PemFile pem, Parts parts) throws TlsError {
        long key = parts.key() == null ? passphrases.key(pem, parts.certificate()) : 0;
        String beside = parts.key() != null ? parts.key() : stem(parts.certificate()) + ".key";
        if (key == 0 && (parts.key() != null || looksFor("key"))) {
            PemFile other = open(beside);
            key = other == null ? 0 : passphrases.key(other, beside);
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
            return bytes == null || bytes.length == 0 && !kind.equals("ocsp") ? null : bytes;
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
