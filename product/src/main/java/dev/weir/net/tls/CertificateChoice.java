package dev.weir.net.tls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which certificate a client of a bind line is shown: an exact name, else a wildcard that does not exclude it, else the
 * default one, if there may be one; of several of a name the first of the best kind that the client can check. Filled by
 * boot's thread; a certificate that is replaced while running is a new table behind one volatile.
 */
public final class CertificateChoice {

    private record Named(TlsContext context, KeyKind kind, Set<String> excluded) {}

    private static final KeyKind[] PREFERRED = {KeyKind.ECDSA, KeyKind.RSA, KeyKind.DSA};

    /** A certificate as it was added, for whoever replaces it. */
    private record Entry(ContextBuilder builder, TlsTerms terms, String realm, CertificateFile file, List<String> filters,
            boolean isDefault, ListEntry origin, TlsContext context) {

        Entry with(CertificateFile next) throws TlsError {
            return new Entry(builder, terms, realm, next, filters, isDefault, origin,
                    builder.accepting(terms, next, realm));
        }
    }

    /** Finds what a certificate is to be replaced by, null where it stays. */
    interface Renewal {
        CertificateFile of(CertificateFile file);
    }

    private final List<Entry> entries = new ArrayList<>();
    private volatile Table table = new Table();
    private final boolean strict;
    private final boolean capture;
    private CertificateForge forge;

    /**
     * @param strict whether a client must ask for a name that there is
     * @param capture whether what the client offers is kept for expressions
     */
    public CertificateChoice(boolean strict, boolean capture) {
        this.strict = strict;
        this.capture = capture;
    }

    /** Makes certificates for names that there is none for. */
    public void forge(CertificateForge with) {
        forge = with;
    }

    /** Adds a context that is never replaced, with the names that it is for. */
    public void add(TlsContext context, List<String> names) {
        table.add(context, names);
    }

    /**
     * Makes the context of a certificate and adds it.
     *
     * @param filters the names that it is for; none for those in the certificate
     * @param origin the line of a list that names it, or null
     */
    public void add(ContextBuilder builder, TlsTerms terms, CertificateFile file, String realm, List<String> filters,
            boolean isDefault, ListEntry origin) throws TlsError {
        Entry entry = new Entry(builder, terms, realm, file, filters, isDefault, origin,
                builder.accepting(terms, file, realm));
        entries.add(entry);
        table.add(entry);
    }

    /** The same while clients come; nothing has changed until the step is taken. */
    public Runnable adding(ContextBuilder builder, TlsTerms terms, CertificateFile file, String realm, ListEntry origin)
            throws TlsError {
        Entry entry = new Entry(builder, terms, realm, file, origin.filters(), false, origin,
                builder.accepting(terms, file, realm));
        return () -> {
            entries.add(entry);
            publish();
        };
    }

    public void remove(ListEntry origin) {
        entries.removeIf(each -> each.origin == origin);
        publish();
    }

    private void publish() {
        Table fresh = new Table();
        entries.forEach(fresh::add);
        table = fresh;
    }

    /**
     * Other certificates for some; nothing has changed until the step is taken.
     *
     * @param retired gets the contexts that are then not shown any more
     */
    Runnable renewing(Renewal renewal, List<TlsContext> retired) throws TlsError {
        List<Entry> renewed = new ArrayList<>();
        for (Entry entry : entries) {
            CertificateFile next = renewal.of(entry.file);
            renewed.add(next == null ? entry : entry.with(next));
            if (next != null) {
                retired.add(entry.context);
            }
        }
        return () -> become(renewed);
    }

    /** Contexts anew wherever a list of authorities or revocations is named. */
    Runnable judging(String path, List<TlsContext> retired) throws TlsError {
        List<Entry> renewed = new ArrayList<>();
        for (Entry entry : entries) {
            boolean meant = ContextBuilder.trusts(entry.terms, path);
            renewed.add(meant ? entry.with(entry.file) : entry);
            if (meant) {
                retired.add(entry.context);
            }
        }
        return () -> become(renewed);
    }

    private void become(List<Entry> renewed) {
        entries.clear();
        entries.addAll(renewed);
        publish();
    }

    boolean shows(CertificateFile file) {
        boolean shown = false;
        for (Entry each : entries) {
            shown |= each.file == file;
        }
        return shown;
    }

    boolean trusts(String path) {
        boolean named = false;
        for (Entry each : entries) {
            named |= ContextBuilder.trusts(each.terms, path);
        }
        return named;
    }

    /** A name that clients may ask for, and what they are shown. */
    public record Offer(String name, String excluded, CertificateFile file) {}

    /** All of them, the defaults last. */
    public List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        List<Offer> last = new ArrayList<>();
        for (Entry entry : entries) {
            List<String> names = entry.filters.isEmpty() ? entry.file.hostNames() : entry.filters;
            StringBuilder excluded = new StringBuilder();
            for (String each : names) {
                if (each.startsWith("!")) {
                    excluded.append(excluded.isEmpty() ? "" : " ").append(each);
                }
            }
            for (String each : entry.isDefault ? List.of("*") : names) {
                if (!each.startsWith("!")) {
                    (each.equals("*") ? last : offers).add(new Offer(each,
                            each.startsWith("*") && !excluded.isEmpty() ? excluded.toString() : "-", entry.file));
                }
            }
        }
        if (last.isEmpty() && !strict && !entries.isEmpty()) {
            last.add(new Offer("*", "-", entries.getFirst().file));
        }
        offers.addAll(last);
        return offers;
    }

    public boolean isEmpty() {
        return table.all.isEmpty();
    }

    boolean capture() {
        return capture;
    }

    /** Null when the client is to be refused. */
    TlsContext context(Hello hello) {
        String name = hello.serverName() == null ? null : Table.lower(hello.serverName());
        Table now = table;
        TlsContext found = null;
        if (name != null) {
            found = pick(now.exact.get(name), name, hello);
            int dot = name.indexOf('.');
            if (found == null && dot > 0) {
                found = pick(now.wildcards.get(name.substring(dot)), name, hello);
            }
        }
        if (found == null && forge != null && name != null && !now.all.isEmpty()) {
            found = forge.context(name, now.all.getFirst().file());
        }
        if (found == null && !strict) {
            found = pick(now.fallback.isEmpty() ? now.first : now.fallback, "", hello);
        }
        return found;
    }

    private static TlsContext pick(List<Named> named, String name, Hello hello) {
        if (named == null) {
            return null;
        }
        TlsContext any = null;
        for (KeyKind kind : PREFERRED) {
            for (int i = 0; i < named.size(); i++) {
                Named each = named.get(i);
                if (each.kind == kind && !each.excluded.contains(name)) {
                    if (hello.state() == Hello.State.COMPLETE && hello.canCheck(kind)) {
                        return each.context;
                    }
                    any = any == null || kind == KeyKind.RSA ? each.context : any;
                    break;
                }
            }
        }
        return any;
    }

    /** Look-ups in the caches of sessions: [found, not found]. */
    public long[] cacheUse() {
        long[] use = new long[2];
        for (TlsContext each : table.all) {
            use[0] += each.cacheHits();
            use[1] += each.cacheMisses();
        }
        return use;
    }

    /** What is looked up. Immutable once it is published. */
    private static final class Table {

        private final Map<String, List<Named>> exact = new HashMap<>();
        /** By what stands behind the star. */
        private final Map<String, List<Named>> wildcards = new HashMap<>();
        private final List<Named> first = new ArrayList<>();
        private final List<Named> fallback = new ArrayList<>();
        private final List<TlsContext> all = new ArrayList<>();

        void add(Entry entry) {
            if (entry.isDefault) {
                addDefault(entry.context);
            } else {
                add(entry.context, entry.filters.isEmpty() ? entry.file.hostNames() : entry.filters);
            }
        }

        /**
         * Adds one.
         *
         * @param names what it is for: names, {@code *.name}, {@code !name} to exclude, {@code *} for all the rest
         */
        void add(TlsContext context, List<String> names) {
            KeyKind kind = context.file() == null ? KeyKind.RSA : context.file().kind();
            Set<String> excluded = new HashSet<>();
            for (String name : names) {
                if (name.startsWith("!")) {
                    excluded.add(lower(name.substring(1)));
                }
            }
            Named named = new Named(context, kind, excluded);
            all.add(context);
            if (first.isEmpty() || isBundled(context)) {
                first.add(named);
            }
            for (String name : names) {
                if (name.equals("*")) {
                    fallback.add(named);
                } else if (name.startsWith("*.")) {
                    wildcards.computeIfAbsent(lower(name.substring(1)), n -> new ArrayList<>()).add(named);
                } else if (!name.startsWith("!")) {
                    exact.computeIfAbsent(lower(name), n -> new ArrayList<>()).add(named);
                }
            }
        }

        /** Makes one the default, whatever else was added before. */
        void addDefault(TlsContext context) {
            all.add(context);
            fallback.add(new Named(context, context.file().kind(), Set.of()));
        }

        /** Whether it is another kind of the certificate that was added first: x.rsa beside x.ecdsa. */
        private boolean isBundled(TlsContext context) {
            String stem = stem(context.name());
            return stem != null && stem.equals(stem(first.getFirst().context.name()));
        }

        private static String stem(String name) {
            int dot = name == null ? -1 : name.lastIndexOf('.');
            String end = dot < 0 ? "" : name.substring(dot);
            return end.equals(".rsa") || end.equals(".ecdsa") || end.equals(".dsa") ? name.substring(0, dot) : null;
        }

        private static String lower(String name) {
            return name.toLowerCase(java.util.Locale.ROOT);
        }
    }
}
