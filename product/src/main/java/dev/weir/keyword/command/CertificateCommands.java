package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.CertificateView;
import dev.weir.net.tls.TlsError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Commands about the certificates of the files: shown, and replaced in a transaction, so that nothing half is ever shown
 * to clients. There is one transaction at a time. On the Conductor's thread.
 */
final class CertificateCommands {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final List<String> MONTHS = List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
            "Nov", "Dec");

    private final Site site;
    /** What is to be shown instead when it is committed, or null. */
    private CertificateFile pending;

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
        table.add(new Command("abort ssl cert", Level.ADMIN, "abort ssl cert <certfile>",
                "abort a transaction for a certificate file", own::abort));
    }

    private CertificateStore store() {
        CertificateStore store = site.now().configuration().global().get(GlobalSpec.CERTIFICATES);
        return store == null ? new CertificateStore() : store;
    }

    private Answer show(Call call) {
        if (!call.has(3)) {
            StringBuilder out = new StringBuilder();
            if (pending != null) {
                out.append("# transaction\n*").append(pending.name()).append('\n');
            }
            out.append("# filename\n");
            for (String name : store().names()) {
                out.append(name).append('\n');
            }
            return Text.dump(out.toString());
        }
        String name = call.word(3);
        boolean transaction = name.startsWith("*");
        String plain = name.startsWith("*") || name.startsWith("\\") ? name.substring(1) : name;
        CertificateFile file = !transaction ? store().named(plain)
                : pending != null && pending.name().equals(plain) ? pending : null;
        return file == null ? Text.error("Can't display the certificate: Not found or the certificate is a bundle!")
                : Text.dump(details(file, transaction));
    }

    private static String details(CertificateFile file, boolean transaction) {
        CertificateView view = file.view();
        StringBuilder out = new StringBuilder(512);
        out.append("Filename: ").append(transaction ? "*" : "").append(file.name());
        out.append("\nStatus: ").append(transaction ? "Unused" : "Used");
        out.append("\nSerial: ").append(HEX.formatHex(view.serial()));
        out.append("\nnotBefore: ").append(date(view.notBefore())).append("\nnotAfter: ").append(date(view.notAfter()));
        String names = view.alternativeNames();
        out.append("\nSubject Alternative Name: ").append(names == null ? "" : names);
        out.append("\nAlgorithm: ").append(file.keyName()).append("\nSHA1 FingerPrint: ").append(fingerprint(view));
        names(out, "", view);
        for (CertificateView each : view.others()) {
            names(out, "Chain ", each);
        }
        byte[] key = file.answerKey();
        out.append("\nOCSP Response Key: ").append(key == null ? "" : HexFormat.of().formatHex(key));
        return out.append("\n").toString();
    }

    private static void names(StringBuilder out, String prefix, CertificateView view) {
        out.append('\n').append(prefix).append("Subject: ")
                .append(new String(view.name(CertificateView.Name.SUBJECT).oneLine(), StandardCharsets.ISO_8859_1));
        out.append('\n').append(prefix).append("Issuer: ")
                .append(new String(view.name(CertificateView.Name.ISSUER).oneLine(), StandardCharsets.ISO_8859_1));
    }

    private static String fingerprint(CertificateView view) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-1").digest(view.der()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code 261121152759Z} or with a century, as {@code Nov 21 15:27:59 2026 GMT}. */
    private static String date(String time) {
        boolean full = time.length() == 15;
        if (!full && time.length() != 13) {
            return time;
        }
        String rest = full ? time.substring(4) : time.substring(2);
        String year = full ? time.substring(0, 4) : (time.charAt(0) < '5' ? "20" : "19") + time.substring(0, 2);
        int month = (rest.charAt(0) - '0') * 10 + rest.charAt(1) - '0';
        String day = rest.charAt(2) == '0' ? " " + rest.charAt(3) : rest.substring(2, 4);
        return MONTHS.get(Math.clamp(month - 1, 0, 11)) + " " + day + " " + rest.substring(4, 6) + ":"
                + rest.substring(6, 8) + ":" + rest.substring(8, 10) + " " + year + " GMT";
    }

    private Answer set(Call call) {
        if (!call.has(3) || call.payload() == null) {
            return Text.error("'set ssl cert expects a filename and a certificate as a payload");
        }
        String name = call.word(3);
        CertificateFile known = store().named(name);
        if (known == null) {
            return Text.error("Can't replace a certificate which is not referenced by the configuration!\n"
                    + "Can't update " + name + "!");
        }
        if (store().isHeldFast(name)) {
            return Text.error("The certificate of a server cannot be replaced while running.\nCan't update " + name + "!");
        }
        boolean again = pending != null;
        try {
            CertificateFile base = again && pending.name().equals(name) ? pending : known;
            pending = store().changed(base, call.payload().getBytes(StandardCharsets.ISO_8859_1));
        } catch (TlsError e) {
            return Text.error(e.getMessage() + "\nCan't load the payload\nCan't update " + name + "!");
        }
        return Text.info("Transaction " + (again ? "updated" : "created") + " for certificate " + name + "!");
    }

    private Answer commit(Call call) {
        if (!call.has(3)) {
            return Text.error("'commit ssl cert expects a filename");
        }
        String name = call.word(3);
        if (pending == null) {
            return Text.error("No ongoing transaction! !\nCan't commit " + name + "!");
        }
        if (!pending.name().equals(name)) {
            return Text.error("The ongoing transaction is about '" + pending.name() + "' but you are trying to set '"
                    + name + "'\nCan't commit " + name + "!");
        }
        try {
            store().replace(pending);
        } catch (TlsError e) {
            return Text.error(e.getMessage() + "\nCan't commit " + name + "!");
        }
        pending = null;
        return Text.dump("Committing " + name + ".\nSuccess!\n");
    }

    private Answer abort(Call call) {
        if (!call.has(3)) {
            return Text.error("'abort ssl cert' expects a filename");
        }
        if (pending == null) {
            return Text.error("No ongoing transaction!");
        }
        if (!pending.name().equals(call.word(3))) {
            return Text.error("The ongoing transaction is about '" + pending.name() + "' but you are trying to abort '"
                    + call.word(3) + "'");
        }
        pending = null;
        return Text.info("Transaction aborted for certificate '" + call.word(3) + "'!");
    }
}
