package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.log.RingSpec;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.tls.CertificateChoice;
import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.CertificateForge;
import dev.weir.net.tls.CertificateList;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.ContextBuilder;
import dev.weir.net.tls.ErrorSet;
import dev.weir.net.tls.ListEntry;
import dev.weir.net.tls.Providers;
import dev.weir.net.tls.TlsError;
import dev.weir.net.tls.TlsServerEnd;
import dev.weir.net.tls.TlsTerms;
import dev.weir.upkeep.peers.PeersSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the words about TLS on {@code bind} and {@code server} lines their meaning, in two steps as HAProxy does: first
 * the files are read, which can be wrong like any word; then the contexts are made of them. One per configuration; used
 * once all files of it are read. Without a line that asks for TLS it touches nothing.
 */
final class TlsReading {

    static final String VERIFY_WITHOUT_CA = "verify is enabled by default but no CA file specified. If you're "
            + "running on a LAN where you're certain to trust the server's certificate, please set an explicit 'verify "
            + "none' statement on the 'server' line, or use 'ssl-server-verify none' in the global section to disable "
            + "server-side verifications by default.";
    /** A certificate of a bind line with the options and names that hold for it alone. */
    private record Shown(CertificateFile file, Map<String, String> options, List<String> filters, boolean isDefault,
            ListEntry origin) {}

    private final Draft draft;
    private final Diagnostics diagnostics;
    private final List<Phrase> globals;
    private final TlsTerms tuning;
    private final CertificateStore store;
    private List<ProxyDraft> doors;
    private final ContextBuilder builder;
    private final Map<Settings, List<Shown>> shown = new IdentityHashMap<>();
    private final Map<Settings, Set<CertificateList>> listed = new IdentityHashMap<>();
    private final Map<Settings, CertificateFile> ours = new IdentityHashMap<>();

    /** @param before certificates of the configuration that this one follows, or null */
    TlsReading(Draft draft, CertificateStore before) {
        this.draft = draft;
        store = new CertificateStore(before);
        this.diagnostics = draft.diagnostics();
        globals = draft.global().get(Draft.KEPT);
        tuning = TlsGlobals.tuning(globals);
        builder = store.builder(tuning);
        providers();
        store.passphrases().ask(KeptLines.words(draft.global(), "ssl-passphrase-cmd"));
        store.modes().usual(OcspAssembly.isOnByDefault(globals));
        store.lookFor(tuning.get("ssl-load-extra-files"), tuning.has("ssl-load-extra-del-ext"),
                tuning.get("issuers-chain-path"));
    }

    /** What the library takes its algorithms from, in the order of the lines. */
    private void providers() {
        for (Phrase line : globals) {
            String word = line.words().getFirst();
            if (word.equals("ssl-provider") || word.equals("ssl-provider-path") || word.equals("ssl-propquery")) {
                String wrong = Providers.set(word, line.words().get(1));
                if (wrong != null) {
                    wrong(line.place(), wrong);
                }
            }
        }
    }

    /** Reads every file that is named. */
    void load() {
        for (SectionSpec section : draft.others) {
            if (section.kind() == Section.CRT_STORE) {
                loadStore(section);
            }
        }
        Map<Settings, Boolean> seen = new IdentityHashMap<>();
        for (ProxyDraft proxy : everyone()) {
            draft.enter(proxy.place());
            for (BindDraft bind : proxy.binds) {
                if (seen.put(bind.settings, true) == null) {
                    loadBind(proxy, bind);
                }
            }
            for (ServerDraft server : proxy.servers) {
                loadServer(proxy, server);
            }
        }
        store.takeWarnings().forEach(each -> diagnostics.report(Level.WARNING, null, each));
    }

    /** Proxies, and what peers sections have of the same kind. */
    private List<ProxyDraft> everyone() {
        List<ProxyDraft> all = new ArrayList<>(draft.proxies);
        draft.peerSections.forEach(each -> all.add(each.proxy));
        all.addAll(doors());
        return all;
    }

    /** What is no proxy and has addresses or servers all the same, in the form of one. */
    private List<ProxyDraft> doors() {
        if (doors == null) {
            doors = new ArrayList<>();
            Settings global = draft.global();
            door(Section.GLOBAL, "GLOBAL", global.get(GlobalSpec.STATS_SOCKETS));
            for (LogForwardSpec forward : global.get(GlobalSpec.LOG_FORWARDS)) {
                door(Section.LOG_FORWARD, forward.name(), forward.settings().get(LogForwardSpec.BINDS));
            }
            for (RingSpec ring : global.get(GlobalSpec.RINGS)) {
                ProxyDraft door = new ProxyDraft(Section.RING, ring.name(), null, ring.place());
                for (RingSpec.Server server : ring.servers()) {
                    door.servers.add(new ServerDraft(server.name(), null, server.address(), server.settings(), ring.place()));
                }
                doors.add(door);
            }
        }
        return doors;
    }

    private void door(Section section, String name, List<BindSpec> binds) {
        ProxyDraft door = new ProxyDraft(section, name, null, Place.BUILT_IN);
        for (BindSpec bind : binds) {
            door.binds.add(new BindDraft(bind.address(), bind.address().toString(), bind.settings(), bind.place()));
        }
        doors.add(door);
    }

    private void loadStore(SectionSpec section) {
        draft.enter(section.place());
        for (StoreLine line : StoreLine.of(section, draft.global())) {
            Map<String, String> parts = line.parts();
            try {
                CertificateFile file = store.load(line.name(), new CertificateStore.Parts(line.crt(), line.key(),
                        parts.get("ocsp"), parts.get("issuer"), parts.get("sctl")));
                store.modes().set(file.name(), parts.get("ocsp-update"), "at [" + line.place() + "]");
                store.jwt().set(file.name(), parts.get("jwt"));
            } catch (TlsError e) {
                wrong(line.place(), e.getMessage());
            }
        }
    }

    private String based(String path) {
        return StoreLine.certificate(path, draft.global().get(GlobalSpec.CRT_BASE));
    }

    private String keyPath(String path) {
        return StoreLine.key(path, draft.global().get(GlobalSpec.KEY_BASE));
    }

    private String authority(String path) {
        String base = draft.global().get(GlobalSpec.CA_BASE);
        return base == null || path.startsWith("/") || path.startsWith("@") ? path : base + "/" + path;
    }

    private void wrong(Place place, String text) {
        diagnostics.insert(Level.ALERT, place, Diagnostics.parsing(place, text));
    }

    private void loadBind(ProxyDraft proxy, BindDraft bind) {
        String where = "'bind " + bind.text + "' in section '" + proxy.section().word() + "' : ";
        List<Shown> list = new ArrayList<>();
        for (Phrase option : bind.settings.get(BindSpec.OTHER_OPTIONS)) {
            String word = option.words().getFirst();
            String value = option.words().size() > 1 ? option.words().get(1) : "";
            try {
                loadBindWord(bind, word, value, list);
            } catch (TlsError e) {
                wrong(option.place(), where + e.getMessage());
            }
        }
        if (!list.isEmpty() || bind.settings.get(BindSpec.SSL)) {
            for (Phrase line : proxy.settings.get(ProxySpec.SSL_F_USE)) {
                try {
                    list.addAll(use(line.words(), line.place()));
                } catch (TlsError e) {
                    wrong(line.place(), "'ssl-f-use' : " + e.getMessage());
                }
            }
        }
        shown.put(bind.settings, list);
    }

    /** A line of the frontend that names a certificate for all its encrypted addresses. */
    private List<Shown> use(List<String> words, Place place) throws TlsError {
        Map<String, String> parts = new HashMap<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < words.size(); i++) {
            boolean valued = i + 1 < words.size() && !words.get(i).startsWith("no-");
            (List.of("crt", "key", "ocsp", "issuer", "sctl").contains(words.get(i)) ? parts : options)
                    .put(words.get(i), valued ? words.get(i + 1) : "");
            i += valued ? 1 : 0;
        }
        if (!parts.containsKey("crt")) {
            throw new TlsError("no certificate specified (use 'crt').");
        }
        List<Shown> list = new ArrayList<>();
        for (CertificateFile file : certificates(parts.get("crt"), parts)) {
            store.modes().set(file.name(), options.get("ocsp-update"), "at [" + place + "]");
            store.jwt().set(file.name(), options.get("jwt"));
            list.add(new Shown(file, options, List.of(), false, null));
        }
        return list;
    }

    private List<CertificateFile> certificates(String name, Map<String, String> parts) throws TlsError {
        String path = based(parts.getOrDefault("crt", name));
        boolean given = parts.containsKey("key") || parts.containsKey("ocsp") || parts.containsKey("issuer")
                || parts.containsKey("sctl");
        return given ? List.of(store.load(path, new CertificateStore.Parts(path,
                keyPath(parts.get("key")), parts.get("ocsp"),
                parts.get("issuer"), parts.get("sctl")))) : store.load(path);
    }

    private void loadBindWord(BindDraft bind, String word, String value, List<Shown> list) throws TlsError {
        switch (word) {
            case "crt", "default-crt" -> {
                String path = based(value);
                if (Files.isDirectory(Path.of(path))) {
                    showList(bind, store.current(directory(path)), list);
                } else {
                    for (CertificateFile file : certificates(value, Map.of())) {
                        store.modes().set(file.name(), null, "at [" + bind.place() + "]");
                        list.add(new Shown(file, Map.of(), List.of(), word.equals("default-crt"), null));
                    }
                }
            }
            case "crt-list" -> {
                if (Files.isDirectory(Path.of(value))) {
                    showList(bind, store.current(directory(value)), list);
                } else {
                    showList(bind, store.current(CrtList.read(value, this::certificates, store.modes(), store.jwt())), list);
                }
            }
            case "ca-file", "ca-verify-file", "crl-file" -> trust(word, value);
            case "tls-ticket-keys" -> CertificateStore.tickets(value);
            case "crt-ignore-err", "ca-ignore-err" -> ignored(word, value);
            default -> { }
        }
    }

    /** Its files, each an entry. */
    private CertificateList directory(String path) throws TlsError {
        StringBuilder names = new StringBuilder();
        List<CertificateFile> files = store.load(path);
        for (CertificateFile each : files) {
            names.append(each.name()).append('\n');
        }
        CertificateList list = new CertificateList(path, names.toString().getBytes(StandardCharsets.UTF_8));
        for (CertificateFile each : files) {
            list.put(new ListEntry(0, each.name(), Map.of(), List.of()));
        }
        return list;
    }

    private void showList(BindDraft bind, CertificateList from, List<Shown> list) {
        listed.computeIfAbsent(bind.settings, each -> new LinkedHashSet<>()).add(from);
        for (ListEntry entry : from.entries()) {
            CertificateFile file = store.named(entry.name());
            if (file != null && !file.isEmpty()) {
                list.add(new Shown(file, entry.options(), entry.filters(), false, entry));
            }
        }
    }

    private static void ignored(String word, String value) throws TlsError {
        try {
            ErrorSet.parse(value);
        } catch (TlsError e) {
            throw new TlsError("'" + word + "' : " + e.getMessage());
        }
    }

    private void trust(String word, String value) throws TlsError {
        String path = authority(value);
        try {
            dev.weir.net.tls.TrustFile file = builder.trust(path);
            if (file.count() == 0 && !file.isSystem()) {
                diagnostics.report(Level.WARNING, null, "ca-file: 0 CA were loaded from '" + path + "'");
            }
        } catch (TlsError e) {
            diagnostics.report(Level.ALERT, null, e.getMessage());
            throw new TlsError("'" + word + "' : unable to load " + path);
        }
    }

    private void loadServer(ProxyDraft proxy, ServerDraft server) {
        for (Phrase option : server.settings.get(ServerSpec.OTHER_OPTIONS)) {
            String word = option.words().getFirst();
            String value = option.words().size() > 1 ? option.words().get(1) : "";
            try {
                switch (word) {
                    case "crt" -> {
                        CertificateFile file = certificates(value, Map.of()).getFirst();
                        ours.put(server.settings, file);
                    }
                    case "ca-file", "crl-file" -> builder.trust(authority(value));
                    default -> { }
                }
            } catch (TlsError e) {
                boolean trust = !word.equals("crt");
                diagnostics.report(Level.ALERT, option.place(), "[" + option.place() + "] : 'server " + proxy.name + "/"
                        + server.name + "' : " + e.getMessage());
                if (trust) {
                    diagnostics.report(Level.ALERT, null, "'" + word + "' : unable to load " + authority(value) + ".");
                }
            }
        }
    }

    /** Makes the contexts. */
    void build(Configuration configuration) {
        draft.global().set(GlobalSpec.CERTIFICATES, store, null);
        Map<Settings, Boolean> seen = new IdentityHashMap<>();
        List<ProxySpec> proxies = new ArrayList<>(configuration.proxies());
        for (PeersSpec peers : configuration.global().get(GlobalSpec.PEERS)) {
            proxies.add(new ProxySpec(0, ProxySpec.Kind.LISTEN, peers.name(), new Settings(), peers.binds(), peers.peers(),
                    peers.place()));
        }
        for (ProxyDraft door : doors()) {
            List<BindSpec> binds = new ArrayList<>();
            door.binds.forEach(each -> binds.add(new BindSpec(0, each.address, each.settings, each.place)));
            List<ServerSpec> servers = new ArrayList<>();
            door.servers.forEach(each -> servers.add(new ServerSpec(0, each.name, null, each.address, each.settings,
                    each.place)));
            proxies.add(new ProxySpec(0, ProxySpec.Kind.LISTEN, door.name, door.settings, binds, servers, door.place));
        }
        for (ProxySpec proxy : proxies) {
            for (BindSpec bind : proxy.binds()) {
                if (bind.settings().get(BindSpec.SSL) && seen.put(bind.settings(), true) == null) {
                    buildBind(proxy, bind);
                }
            }
            for (ServerSpec server : proxy.servers()) {
                if (isEncrypted(proxy, server)) {
                    buildServer(proxy, server);
                }
            }
        }
        store.settle();
        for (String name : store.names()) {
            if (store.jwt().isMarked(name)) {
                TokenSections.mark(draft.global(), store.named(name), store.jwt().isOn(name));
            }
        }
    }

    /** Whether its connections, or those of its checks, may be. */
    private boolean isEncrypted(ProxySpec proxy, ServerSpec server) {
        boolean asked = server.settings().get(ServerSpec.SSL) || server.settings().get(ServerSpec.CHECK_SSL);
        List<Phrase> steps = new ArrayList<>(proxy.settings().get(ProxySpec.CHECK_LINES));
        String named = server.settings().get(ServerSpec.HEALTHCHECK);
        for (SectionSpec section : draft.others) {
            if (section.kind() == Section.HEALTHCHECK && section.name().equals(named)) {
                steps.addAll(section.lines());
            }
        }
        for (Phrase step : steps) {
            asked |= server.settings().get(ServerSpec.CHECK) && step.words().size() > 2
                    && step.words().get(1).equals("connect") && step.words().contains("ssl");
        }
        return asked;
    }

    private TlsTerms terms(List<Phrase> options, int count, String side) {
        TlsTerms terms = TlsGlobals.defaults(globals, count, side);
        for (Phrase option : options) {
            String word = option.words().getFirst();
            String value = option.words().size() > 1 ? option.words().get(1) : "";
            boolean authority = word.equals("ca-file") || word.equals("ca-verify-file") || word.equals("crl-file");
            terms = terms.with(word, authority ? authority(value) : value);
        }
        return terms;
    }

    private void buildBind(ProxySpec proxy, BindSpec bind) {
        Settings settings = bind.settings();
        TlsTerms terms = terms(settings.get(BindSpec.OTHER_OPTIONS), settings.get(BindSpec.TLS_GLOBALS), "bind");
        boolean strict = terms.has("strict-sni") && !terms.has("no-strict-sni");
        boolean capture = tuning.number("capture-buffer-size", tuning.number("capture-cipherlist-size", 0)) > 0;
        CertificateChoice choice = new CertificateChoice(strict, capture);
        List<Shown> list = shown.getOrDefault(settings, List.of());
        String text = text(proxy, bind);
        if (list.isEmpty()) {
            diagnostics.report(strict ? Level.WARNING : Level.ALERT, bind.place(), "Proxy '" + proxy.name()
                    + "': no SSL certificate specified for bind '" + text + "' at [" + bind.place() + "]"
                    + (strict ? ", ssl connections will fail (use 'crt')." : " (use 'crt')."));
        }
        boolean http = proxy.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        String usual = "h1".equals(bind.settings().get(BindSpec.PROTO)) ? "http/1.1" : "h2,http/1.1";
        for (Shown each : list) {
            TlsTerms own = protocols(terms.with(each.options), http, usual);
            try {
                choice.add(builder, own, each.file, realm(proxy, text, own), each.filters, each.isDefault, each.origin);
            } catch (TlsError e) {
                diagnostics.report(Level.ALERT, bind.place(), "Proxy '" + proxy.name() + "': " + e.getMessage()
                        + " for bind '" + text + "' at [" + bind.place() + "].");
            }
        }
        if (terms.has("generate-certificates")) {
            forge(proxy, bind, choice, protocols(terms, http, usual), text);
        }
        for (CertificateList each : listed.getOrDefault(settings, Set.of())) {
            each.usedBy(new CertificateList.User() {
                @Override
                public Runnable adding(ListEntry entry, CertificateFile file) throws TlsError {
                    TlsTerms own = protocols(terms.with(entry.options()), http, usual);
                    return choice.adding(builder, own, file, realm(proxy, text, own), entry);
                }

                @Override
                public void remove(ListEntry entry) {
                    choice.remove(entry);
                }
            });
        }
        settings.set(BindSpec.TLS, choice, bind.place());
        store.shownBy(choice);
    }

    /** Certificates are made for names that there are none for. */
    private void forge(ProxySpec proxy, BindSpec bind, CertificateChoice choice, TlsTerms terms, String text) {
        String path = terms.get("ca-sign-file");
        if (path == null) {
            diagnostics.report(Level.ALERT, bind.place(), "Proxy '" + proxy.name()
                    + "': cannot enable certificate generation, no CA certificate File configured at [" + bind.place()
                    + "].");
            return;
        }
        try {
            choice.forge(CertificateForge.of(builder, terms, realm(proxy, text, terms), authority(path),
                    terms.get("ca-sign-pass")));
        } catch (TlsError e) {
            diagnostics.report(Level.ALERT, bind.place(), "Proxy '" + proxy.name()
                    + "': Failed to read CA certificate file '" + authority(path) + "' at [" + bind.place()
                    + "]. Chain loading failed: " + e.getMessage() + "\n");
        }
    }

    /** What sessions are bound to: those of another address, or of other demands on clients, do not go on here. */
    private static String realm(ProxySpec proxy, String address, TlsTerms terms) {
        return proxy.name() + "/" + address + "/" + terms.get("verify") + terms.get("ca-file");
    }

    private static TlsTerms protocols(TlsTerms terms, boolean http, String usual) {
        if (terms.has("no-alpn")) {
            return terms.with("alpn", "");
        }
        return http && !terms.has("alpn") && !terms.has("npn") ? terms.with("alpn", usual) : terms;
    }

    private String text(ProxySpec proxy, BindSpec bind) {
        for (ProxyDraft each : everyone()) {
            for (BindDraft own : each.binds) {
                if (each.name.equals(proxy.name()) && own.settings == bind.settings()) {
                    return own.text;
                }
            }
        }
        return "";
    }

    private void buildServer(ProxySpec proxy, ServerSpec server) {
        Settings settings = server.settings();
        if (settings.hasOwn(ServerSpec.TLS)) {
            // of a template: all of its servers have the same settings
            return;
        }
        TlsTerms terms = serverTerms(terms(settings.get(ServerSpec.OTHER_OPTIONS),
                settings.has(ServerSpec.TLS_GLOBALS) ? settings.get(ServerSpec.TLS_GLOBALS) : globals.size(), "server"));
        boolean verifies = !"none".equals(terms.get("verify"));
        String where = "[" + server.place() + "] : 'server " + proxy.name() + "/" + server.name() + "' : ";
        if (verifies && terms.get("ca-file") == null) {
            diagnostics.report(Level.ALERT, server.place(), where + VERIFY_WITHOUT_CA);
            return;
        }
        try {
            TlsTerms own = terms.with("verify", verifies ? "required" : "none");
            CertificateFile file = ours.get(settings);
            String realm = proxy.name() + "/" + server.name();
            TlsServerEnd end = new TlsServerEnd(builder, own, file, realm);
            String alpn = terms.get("check-alpn");
            TlsServerEnd check = new TlsServerEnd(builder, own.with("alpn", alpn == null ? "" : alpn), file,
                    "check " + realm);
            settings.set(ServerSpec.TLS, end, server.place());
            settings.set(ServerSpec.CHECK_TLS, check, server.place());
            store.usedBy(end);
            store.usedBy(check);
        } catch (TlsError e) {
            diagnostics.report(Level.ALERT, server.place(), where + e.getMessage() + ".");
        }
    }

    /** Later words take earlier ones back: a line its default-server's. */
    static TlsTerms serverTerms(TlsTerms terms) {
        Map<String, String> words = new HashMap<>(terms.words());
        if (words.containsKey("tls-tickets")) {
            words.remove("no-tls-tickets");
        }
        if (words.containsKey("renegotiate")) {
            words.remove("no-renegotiate");
        }
        if (words.containsKey("ssl-reuse")) {
            words.remove("no-ssl-reuse");
        }
        if (words.containsKey("no-verifyhost")) {
            words.remove("verifyhost");
        }
        return new TlsTerms(words);
    }
}
