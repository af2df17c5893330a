package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.CrtList;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.CertificateList;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.ListEntry;
import dev.weir.net.tls.TlsError;
import java.util.ArrayList;
import java.util.List;

/** Commands about lists and directories of certificates. On the Conductor's thread. */
final class CertificateListCommands {

    private final Site site;

    private CertificateListCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        CertificateListCommands own = new CertificateListCommands(site);
        table.add(new Command("show ssl crt-list", Level.ADMIN, "show ssl crt-list [-n] [<list>]",
                "show the list of crt-lists or the content of a crt-list file <list>", own::show));
        table.add(new Command("add ssl crt-list", Level.ADMIN, "add ssl crt-list <list> <cert> [opts]*",
                "add to crt-list file <list> a line <cert> or a payload", own::add));
        table.add(new Command("del ssl crt-list", Level.ADMIN, "del ssl crt-list <list> <cert[:line]>",
                "delete a line <cert> from crt-list file <list>", own::delete));
    }

    private CertificateStore store() {
        CertificateStore store = site.now().configuration().global().get(GlobalSpec.CERTIFICATES);
        return store == null ? new CertificateStore() : store;
    }

    private Answer show(Call call) {
        boolean numbered = call.has(3) && call.word(3).equals("-n");
        if (numbered && !call.has(4)) {
            return Text.error("'show ssl crt-list -n' expects a filename or a directory");
        }
        StringBuilder out = new StringBuilder();
        if (!call.has(3)) {
            store().lists().keySet().forEach(name -> out.append(name).append('\n'));
            return Text.dump(out.toString());
        }
        CertificateList list = store().lists().get(call.word(numbered ? 4 : 3));
        if (list == null) {
            return Text.error("didn't find the specified filename");
        }
        out.append("# ").append(list.name()).append('\n');
        list.entries().forEach(each -> out.append(each.text(numbered)).append('\n'));
        return Text.dump(out.toString());
    }

    private Answer add(Call call) {
        if (!call.has(3) || !call.has(4) && call.payload() == null) {
            return Text.error("'add ssl crtlist' expects a filename and a certificate name");
        }
        try {
            CertificateList list = store().lists().get(call.word(3));
            if (list == null) {
                throw new TlsError("crt-list '" + call.word(3) + "' does not exist!");
            }
            String text = call.payload() != null ? call.payload().lines().findFirst().orElse("") : call.word(4);
            CrtList.Line line = CrtList.line(text, "parsing [CLI:1]: ");
            CertificateFile file = store().named(line.name());
            if (file == null || file.isEmpty()) {
                throw new TlsError("certificate '" + line.name() + "' " + (file == null ? "does not exist!" : "is empty!"));
            }
            list.add(new ListEntry(list.nextLine(), file.name(), line.options(), line.filters()), file);
            return Everywhere.settled(site, call, Text.dump("Inserting certificate '" + file.name() + "' in crt-list '"
                    + list.name() + "'.\nSuccess!\n"));
        } catch (TlsError e) {
            return Text.error("Can't edit the crt-list: " + e.getMessage());
        }
    }

    private Answer delete(Call call) {
        if (!call.has(3) || !call.has(4)) {
            return Text.error("'del ssl crtlist' expects a filename and a certificate name");
        }
        try {
            CertificateList list = store().lists().get(call.word(3));
            if (list == null) {
                throw new TlsError("crt-list '" + call.word(3) + "' does not exist!");
            }
            ListEntry entry = entry(list, call.word(4));
            list.remove(entry);
            return Everywhere.settled(site, call, Text.info("Entry '" + entry.name() + "' deleted in crtlist '"
                    + list.name() + "'!"));
        } catch (TlsError e) {
            return Text.error("Can't delete the entry: " + e.getMessage());
        }
    }

    private ListEntry entry(CertificateList list, String asked) throws TlsError {
        int colon = asked.lastIndexOf(':');
        boolean numbered = colon > 0 && Whole.is(asked.substring(colon + 1));
        String name = numbered ? asked.substring(0, colon) : asked;
        if (store().named(name) == null) {
            throw new TlsError("certificate '" + name + "' does not exist!");
        }
        List<ListEntry> there = new ArrayList<>();
        ListEntry meant = null;
        StringBuilder lines = new StringBuilder();
        for (ListEntry each : list.entries()) {
            if (each.name().equals(name)) {
                there.add(each);
                lines.append(lines.isEmpty() ? "" : ", ").append(each.line());
                meant = !numbered || each.line() == Whole.leading(asked.substring(colon + 1)) ? each : meant;
            }
        }
        if (there.isEmpty()) {
            throw new TlsError("certificate '" + name + "' can't be found in crt-list '" + list.name() + "'!");
        }
        if (!numbered && there.size() > 1) {
            throw new TlsError("found the certificate '" + name + "' in several entries, please specify a line number "
                    + "preceded by colons (" + lines + ")!");
        }
        if (meant == null) {
            throw new TlsError("found a certificate '" + name + "' but the line number is incorrect, please specify a "
                    + "correct line number preceded by colons (" + lines + ")!");
        }
        return meant;
    }
}
