package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.TlsError;
import dev.weir.net.tls.TrustFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Commands about one kind of list that peers are judged by: authorities, or what they have revoked. One transaction at a
 * time for each kind. On the Conductor's thread.
 */
final class AuthorityCommands {

    private static final byte[] NOTHING = {};

    private final Site site;
    private final boolean revoking;
    /** {@code ca-file} and {@code CA}, or {@code crl-file} and {@code CRL}. */
    private final String word;
    private final String kind;
    private final StoreTransaction<TrustFile> transaction = new StoreTransaction<>(TrustFile::name);

    private AuthorityCommands(Site site, boolean revoking) {
        this.site = site;
        this.revoking = revoking;
        word = revoking ? "crl-file" : "ca-file";
        kind = revoking ? "CRL" : "CA";
    }

    static void addTo(List<Command> table, Site site) {
        for (boolean revoking : new boolean[] {false, true}) {
            AuthorityCommands own = new AuthorityCommands(site, revoking);
            own.add(table);
        }
    }

    private void add(List<Command> table) {
        String what = "ssl " + word;
        String file = revoking ? " <crlfile>" : " <cafile>";
        table.add(new Command("show " + what, Level.OPERATOR, revoking ? "show ssl crl-file [<crlfile[:<index>>]]"
                : "show ssl ca-file [<cafile>[:<index>]]", revoking ? "display the SSL CRL files used in memory, or the "
                        + "details of a <crlfile>, or a single CRL of index <index> of CRL file <crlfile>"
                        : "display the SSL CA files used in memory, or the details of a <cafile>, or a single certificate "
                                + "of index <index> of a CA file <cafile>", this::show));
        table.add(new Command("new " + what, Level.ADMIN, "new " + what + file, "create a new " + kind
                + " file to be used in a crt-list", this::create));
        table.add(new Command("set " + what, Level.ADMIN, "set " + what + file + " <payload>",
                "replace a " + kind + " file", call -> set(call, false)));
        if (!revoking) {
            table.add(new Command("add ssl ca-file", Level.ADMIN, "add ssl ca-file <cafile> <payload>",
                    "add a certificate into the CA file", call -> set(call, true)));
        }
        table.add(new Command("commit " + what, Level.ADMIN, "commit " + what + file, "commit a " + kind + " file",
                this::commit));
        table.add(new Command("abort " + what, Level.ADMIN, "abort " + what + file,
                "abort a transaction for a " + kind + " file", call -> transaction.abort(call, word)));
        table.add(new Command("del " + what, Level.ADMIN, "del " + what + file, "delete an unused " + kind + " file",
                this::delete));
    }

    private CertificateStore store() {
        CertificateStore store = site.now().configuration().global().get(GlobalSpec.CERTIFICATES);
        return store == null ? new CertificateStore() : store;
    }

    private TrustFile named(String name) {
        TrustFile file = store().trusted().get(name);
        return file != null && file.isRevoking() == revoking ? file : null;
    }

    private Answer show(Call call) {
        return call.has(3) ? details(call.word(3)) : list();
    }

    private Answer list() {
        StringBuilder out = new StringBuilder();
        if (transaction.isOpen()) {
            row(out.append("# transaction\n*"), transaction.pending());
        }
        out.append("# filename\n");
        for (TrustFile each : store().trusted().values()) {
            if (each.isRevoking() == revoking) {
                row(out, each);
            }
        }
        return Text.dump(out.toString());
    }

    private void row(StringBuilder out, TrustFile file) {
        out.append(file.name());
        if (!revoking) {
            out.append(" - ").append(file.certificateCount()).append(" certificate(s)");
        }
        out.append('\n');
    }

    private Answer details(String asked) {
        String name = asked;
        int colon = asked.lastIndexOf(':');
        int index = 0;
        if (colon > 0) {
            name = asked.substring(0, colon);
            index = Whole.leading(asked.substring(colon + 1));
            if (index <= 0 || !Whole.is(asked.substring(colon + 1))) {
                return Text.tightError("wrong " + kind + " index after colons in '" + asked + "'!");
            }
        }
        boolean uncommitted = name.startsWith("*");
        String plain = uncommitted || name.startsWith("\\") ? name.substring(1) : name;
        TrustFile file = uncommitted ? transaction.of(plain) : named(plain);
        return file == null ? Text.error("Can't display the " + kind + " file : Not found!")
                : Text.dump(details(file, uncommitted, index));
    }

    private String details(TrustFile file, boolean uncommitted, int index) {
        int count = revoking ? file.revocationCount() : file.certificateCount();
        if (!revoking && (count == 0 || index > count)) {
            return "";
        }
        StringBuilder out = new StringBuilder(512).append("Filename: ").append(uncommitted ? "*" : "");
        out.append(file.name()).append("\nStatus: ").append(!uncommitted && store().isUsed(file) ? "Used" : "Unused");
        out.append('\n');
        for (int i = 0; i < count; i++) {
            if (index == 0 || index == i + 1) {
                out.append(" \n").append(revoking ? "Certificate Revocation List #" : "Certificate #").append(i + 1);
                out.append(":\n").append(revoking ? file.revocation(i)
                        : CertificateText.of(file.certificate(i), file.keyName(i)));
            }
        }
        return out.toString();
    }

    private Answer create(Call call) {
        if (!call.has(3)) {
            return Text.error("'new ssl " + word + "' expects a filename");
        }
        String name = call.word(3);
        if (store().trusted().get(name) != null) {
            return Text.error(kind + " file '" + name + "' already exists!");
        }
        store().announce(TrustFile.ofText(name, null, NOTHING, revoking));
        return Text.info("New " + kind + " file created '" + name + "'!");
    }

    private Answer set(Call call, boolean adding) {
        if (!call.has(3) || call.payload() == null) {
            return Text.error("'set ssl " + word + " expects a filename and " + kind + "s as a payload");
        }
        String name = call.word(3);
        TrustFile known = named(name);
        Answer hindered = transaction.hinders(name, "\nCan't update " + name + "!");
        if (hindered != null) {
            return hindered;
        }
        if (known == null) {
            return Text.error("Can't replace a " + kind + " file which is not referenced by the configuration!\n"
                    + "Can't update " + name + "!");
        }
        boolean again = transaction.isOpen();
        TrustFile base = adding ? again ? transaction.pending() : known : null;
        TrustFile next = TrustFile.ofText(name, base, call.payload().getBytes(StandardCharsets.ISO_8859_1), revoking);
        if (next.count() == (base == null ? 0 : base.count())) {
            return Text.error("Invalid payload\nCan't update " + name + "!");
        }
        transaction.becomes(next);
        return Text.info("transaction " + (again ? "updated" : "created") + " for " + kind + " " + name + "!");
    }

    private Answer commit(Call call) {
        if (!call.has(3)) {
            return Text.error("'commit ssl " + word + " expects a filename");
        }
        String name = call.word(3);
        Answer hindered = transaction.hindersCommit(name);
        if (hindered != null) {
            return hindered;
        }
        try {
            Answer answer = CertificateCommands.committed(site, call, name, store().replace(transaction.pending()));
            transaction.end();
            return answer;
        } catch (TlsError e) {
            return Text.error(e.getMessage() + "\nCan't commit " + name + "!");
        }
    }

    private Answer delete(Call call) {
        if (!call.has(3)) {
            return Text.error("'del ssl " + word + "' expects a " + kind + " file name");
        }
        String name = call.word(3);
        TrustFile file = named(name);
        if (file == null || store().isUsed(file)) {
            return Text.error("Can't remove the " + kind + " file: " + kind + " file '" + name + "' "
                    + (file == null ? "doesn't exist!" : "in use, can't be deleted!") + "\n");
        }
        store().delete(file);
        return Text.info(kind + " file '" + name + "' deleted!");
    }
}
