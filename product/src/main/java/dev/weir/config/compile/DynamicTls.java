package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.ContextBuilder;
import dev.weir.net.tls.TlsError;
import dev.weir.net.tls.TlsServerEnd;
import dev.weir.net.tls.TlsTerms;
import java.util.List;

/** Gives servers that a command adds what their words about TLS mean. On the Conductor's thread. */
public final class DynamicTls {

    private final Settings global;
    private final CertificateStore store;
    private final ContextBuilder builder;

    private DynamicTls(Settings global) {
        this.global = global;
        store = global.get(GlobalSpec.CERTIFICATES);
        builder = store.builder(TlsGlobals.tuning(global.get(Draft.KEPT)));
    }

    /** What is wrong with the line, or null when its server is ready to be connected to. */
    public static String equip(Settings global, String backend, ServerSpec server) {
        boolean asked = server.settings().get(ServerSpec.SSL) || server.settings().get(ServerSpec.CHECK_SSL);
        return asked ? new DynamicTls(global).equip(backend, server) : null;
    }

    /** How requests of our own are encrypted, or null where they cannot be. */
    public static TlsServerEnd client(Settings global, boolean verifies, String authorities) {
        if (global.get(GlobalSpec.CERTIFICATES) == null) {
            return null;
        }
        DynamicTls own = new DynamicTls(global);
        String path = own.based(authorities, GlobalSpec.CA_BASE);
        try {
            TlsTerms terms = TlsReading.serverTerms(TlsGlobals.defaults(global.get(Draft.KEPT),
                    global.get(Draft.KEPT).size(), "server").with("ca-file", path));
            own.builder.trust(path);
            return new TlsServerEnd(own.builder, terms.with("verify", verifies ? "required" : "none"), null, "httpclient");
        } catch (TlsError e) {
            return null;
        }
    }

    private String equip(String backend, ServerSpec server) {
        Settings settings = server.settings();
        List<Phrase> lines = global.get(Draft.KEPT);
        TlsTerms terms = TlsGlobals.defaults(lines, lines.size(), "server");
        CertificateFile file = null;
        for (Phrase option : settings.get(ServerSpec.OTHER_OPTIONS)) {
            String word = option.words().getFirst();
            String value = option.words().size() > 1 ? option.words().get(1) : "";
            boolean judges = word.equals("ca-file") || word.equals("crl-file");
            String path = judges ? based(value, GlobalSpec.CA_BASE) : value;
            terms = terms.with(word, path);
            try {
                if (judges) {
                    builder.trust(path);
                } else if (word.equals("crt")) {
                    file = store.load(based(value, GlobalSpec.CRT_BASE)).getFirst();
                }
            } catch (TlsError e) {
                return "'" + word + "' : " + (judges ? "unable to load " + path + "." : e.getMessage());
            }
        }
        terms = TlsReading.serverTerms(terms);
        boolean verifies = !"none".equals(terms.get("verify"));
        if (verifies && terms.get("ca-file") == null) {
            return TlsReading.VERIFY_WITHOUT_CA;
        }
        return make(settings, terms.with("verify", verifies ? "required" : "none"), file, backend + "/" + server.name(),
                server);
    }

    private String make(Settings settings, TlsTerms terms, CertificateFile file, String realm, ServerSpec server) {
        String alpn = terms.get("check-alpn");
        try {
            TlsServerEnd end = new TlsServerEnd(builder, terms, file, realm);
            TlsServerEnd check = new TlsServerEnd(builder, terms.with("alpn", alpn == null ? "" : alpn), file,
                    "check " + realm);
            settings.set(ServerSpec.TLS, end, server.place());
            settings.set(ServerSpec.CHECK_TLS, check, server.place());
            store.usedByAdded(end);
            store.usedByAdded(check);
            return null;
        } catch (TlsError e) {
            return e.getMessage() + ".";
        }
    }

    private String based(String path, dev.weir.base.collect.Setting<String> base) {
        String before = global.get(base);
        return before == null || path.startsWith("/") || path.startsWith("@") ? path : before + "/" + path;
    }

    /** Its server has been deleted. */
    public static void forget(Settings global, ServerSpec server) {
        CertificateStore store = global.get(GlobalSpec.CERTIFICATES);
        if (store != null) {
            store.forget(server.settings().get(ServerSpec.TLS));
            store.forget(server.settings().get(ServerSpec.CHECK_TLS));
        }
    }
}
