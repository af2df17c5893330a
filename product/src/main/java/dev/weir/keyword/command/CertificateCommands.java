package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.TokenSections;
import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.CertificateView;
import dev.weir.net.tls.OcspText;
import dev.weir.net.tls.TlsContext;
import dev.weir.net.tls.TlsError;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Commands about the certificates of the files: shown, and replaced in a transaction, so that nothing half is ever shown
 * to clients. There is one transaction at a time. On the Conductor's thread.
 */
final class CertificateCommands {

    private final Site site;
    private final StoreTransaction<CertificateFile> transaction = new StoreTransaction<>(CertificateFile::name);

    private CertificateCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        CertificateCommands own = new CertificateCommands(site);
        table.add(new Command("show ssl cert", Level.OPERATOR, "show ssl cert [<certfile>]",
                "display the SSL certificates used in memory, or the details of a file", own::show));
        table.add(new Command("set ssl cert", Level.ADMIN, "set ssl cert <certfile> <payload>",
                "replace a certificate file", own::set));
        table.add(new Command("commit ssl cert", Level.ADMIN, "commit ssl cert <certfile>",
                "commit a certificate file", own::commit));
        table.add(new Command("new ssl cert", Level.ADMIN, "new ssl cert <certfile>",
                "create a new certificate file to be used in a crt-list or a directory", own::create));
        table.add(new Command("del ssl cert", Level.ADMIN, "del ssl cert <certfile>",
                "delete an unused certificate file", own::delete));
        table.add(new Command("dump ssl cert", Level.ADMIN, "dump ssl cert <certfile>",
                "dump the SSL certificates in PEM format", own::dump));
        table.add(new Command("abort ssl cert", Level.ADMIN, "abort ssl cert <certfile>",
                "abort a transaction for a certificate file", call -> own.transaction.abort(call, "cert")));
    }

    private CertificateStore store() {
        CertificateStore store = site.now().configuration().global().get(GlobalSpec.CERTIFICATES);
        return store == null ? new CertificateStore() : store;
    }

    private Answer show(Call call) {
        if (!call.has(3)) {
            StringBuilder out = new StringBuilder();
            if (transaction.isOpen()) {
                out.append("# transaction\n*").append(transaction.pending().name()).append('\n');
            }
            out.append("# filename\n");
            for (String name : store().names()) {
                out.append(name).append('\n');
            }
            return Text.dump(out.toString());
        }
        String name = call.word(3);
        if (name.endsWith(".ocsp") && store().named(name) == null) {
            CertificateFile base = found(name.substring(0, name.length() - ".ocsp".length()));
            if (base != null) {
                byte[] answer = base.isEmpty() ? null : base.stapled();
                return answer == null ? Text.dump("") : Text.dump(OcspText.of(answer));
            }
        }
        CertificateFile file = found(name);
        return file == null ? Text.error("Can't display the certificate: Not found or the certificate is a bundle!")
                : Text.dump(details(file, name.startsWith("*")));
    }

    private String details(CertificateFile file, boolean uncommitted) {
        StringBuilder out = new StringBuilder(512);
        out.append("Filename: ").append(uncommitted ? "*" : "").append(file.name());
        out.append("\nStatus: ").append(file.isEmpty() ? "Empty"
                : uncommitted ? "Unused" : store().isUsed(file) ? "Used"
                : store().jwt().isOn(file.name()) ? "Used for JWT verification" : "Unused").append('\n');
        if (!file.isEmpty()) {
            out.append(CertificateText.of(file.view(), file.keyName()));
            for (CertificateView each : file.view().others()) {
                CertificateText.names(out, "Chain ", each);
            }
        }
        byte[] key = file.isEmpty() ? null : file.answerKey();
        out.append("OCSP Response Key: ").append(key == null ? "" : HexFormat.of().formatHex(key));
        return out.append("\n").toString();
    }

    private Answer set(Call call) {
        if (!call.has(3) || call.payload() == null) {
            return Text.error("'set ssl cert expects a filename and a certificate as a payload");
        }
        String asked = call.word(3);
        Part part = Part.of(asked, store());
        String name = part.name(asked);
        CertificateFile known = store().named(name);
        Answer hindered = transaction.hinders(name, "\nCan't update " + asked + "!");
        if (hindered != null) {
            return hindered;
        }
        if (known == null) {
            return Text.error("Can't replace a certificate which is not referenced by the configuration!\n"
                    + "Can't update " + asked + "!");
        }
        boolean again = transaction.isOpen();
        try {
            transaction.becomes(part.changed(store(), again ? transaction.pending() : known,
                    call.payload().getBytes(StandardCharsets.ISO_8859_1)));
        } catch (TlsError e) {
            return Text.error(e.getMessage() + "\nCan't load the payload\nCan't update " + asked + "!");
        }
        return Text.info("Transaction " + (again ? "updated" : "created") + " for certificate " + name + "!");
    }

    /** Which of the files that make a certificate is meant, by the end of the name. */
    private enum Part {
        WHOLE(""), ANSWER(".ocsp"), ISSUER(".issuer"), TIMESTAMPS(".sctl");

        private final String end;

        Part(String end) {
            this.end = end;
        }

        static Part of(String name, CertificateStore store) {
            for (Part each : values()) {
                if (each != WHOLE && store.named(name) == null && name.endsWith(each.end)) {
                    return each;
                }
            }
            return WHOLE;
        }

        String name(String given) {
            return given.substring(0, given.length() - end.length());
        }

        CertificateFile changed(CertificateStore store, CertificateFile base, byte[] text) throws TlsError {
            if (this != WHOLE && base.isEmpty()) {
                throw new TlsError("'" + base.name() + "' has no certificate yet.");
            }
            return switch (this) {
                case WHOLE -> store.changed(base, text);
                case ANSWER -> store.stapled(base, OcspCommands.checked(base, OcspCommands.decoded(text)));
                case ISSUER -> store.issued(base, text);
                case TIMESTAMPS -> store.timestamped(base, text);
            };
        }
    }

    private Answer commit(Call call) {
        if (!call.has(3)) {
            return Text.error("'commit ssl cert expects a filename");
        }
        String name = call.word(3);
        Answer hindered = transaction.hindersCommit(name);
        if (hindered != null) {
            return hindered;
        }
        if (transaction.pending().isEmpty()) {
            return Text.error("The transaction must contain at least a certificate and a private key!\nCan't commit "
                    + name + "!");
        }
        try {
            CertificateStore.Change change = store().replace(transaction.pending());
            if (store().jwt().isOn(name)) {
                TokenSections.mark(site.now().configuration().global(), store().named(name), true);
            }
            transaction.end();
            return committed(site, call, name, change);
        } catch (TlsError e) {
            return Text.error(e.getMessage() + "\nCan't commit " + name + "!");
        }
    }

    /** Once no worker can be about to use them, contexts that are not shown any more are freed. */
    static Answer committed(Site site, Call call, String name, CertificateStore.Change change) {
        return Everywhere.<Object>ask(site, call, (exchange, none) -> { }, none -> {
            change.retired().forEach(TlsContext::retire);
            return Text.dump("Committing " + name + ".".repeat(change.places()) + "\nSuccess!\n");
        });
    }

    private Answer create(Call call) {
        if (!call.has(3)) {
            return Text.error("'new ssl cert' expects a filename");
        }
        String name = call.word(3);
        if (store().named(name) != null) {
            return Text.error("Certificate '" + name + "' already exists!");
        }
        store().announce(name);
        return Text.info("New empty certificate store '" + name + "'!");
    }

    private Answer delete(Call call) {
        if (!call.has(3)) {
            return Text.error("'del ssl cert' expects a certificate name");
        }
        String name = call.word(3);
        CertificateFile file = store().named(name);
        if (file != null && store().jwt().isOn(name)) {
            return Text.error("Can't remove the certificate: certificate '" + name
                    + "' in use for JWT validation, can't be deleted!\n");
        }
        if (file == null || store().isUsed(file)) {
            return Text.error("Can't remove the certificate: certificate '" + name + "' " + (file == null
                    ? "doesn't exist!" : "in use, can't be deleted!") + "\n");
        }
        if (transaction.isAbout(name)) {
            transaction.end();
        }
        store().delete(name);
        return Text.info("Certificate '" + name + "' deleted!");
    }

    private Answer dump(Call call) {
        if (!call.has(3)) {
            return Text.error("'dump ssl cert' expects a certificate name");
        }
        CertificateFile file = found(call.word(3));
        return file == null || file.isEmpty() ? Text.error("Can't dump the certificate: Not found!")
                : Text.dump(file.dump());
    }

    /** By a name as commands give it: a star means what is not committed yet, a backslash that no star is meant. */
    private CertificateFile found(String name) {
        String plain = name.startsWith("*") || name.startsWith("\\") ? name.substring(1) : name;
        return name.startsWith("*") ? transaction.of(plain) : store().named(plain);
    }
}
