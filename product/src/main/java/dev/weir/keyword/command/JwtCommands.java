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
import java.util.List;

/** Commands about which certificates may judge and open tokens. On the Conductor's thread. */
final class JwtCommands {

    private final Site site;

    private JwtCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        JwtCommands own = new JwtCommands(site);
        table.add(new Command("add ssl jwt", Level.ADMIN, "add ssl jwt <certfile>",
                "add a certificate to the list of those that can be used for JWT validation", call -> own.set(call, true)));
        table.add(new Command("del ssl jwt", Level.ADMIN, "del ssl jwt <certfile>",
                "remove a certificate from the list of those that can be used for JWT validation",
                call -> own.set(call, false)));
        table.add(new Command("show ssl jwt", Level.ADMIN, "show ssl jwt",
                "display the list of certificates that can be used for JWT validation", own::show));
    }

    private CertificateStore store() {
        CertificateStore store = site.now().configuration().global().get(GlobalSpec.CERTIFICATES);
        return store == null ? new CertificateStore() : store;
    }

    private Answer set(Call call, boolean on) {
        String verb = on ? "add" : "del";
        if (!call.has(3)) {
            return Text.error("'" + verb + " ssl jwt' expects a filename");
        }
        CertificateFile file = store().named(call.word(3));
        if (file == null || file.isEmpty()) {
            return Text.error("certificate '" + call.word(3) + "' doesn't exist!");
        }
        store().jwt().command(file.name(), on);
        TokenSections.mark(site.now().configuration().global(), file, on);
        return Text.NOTHING;
    }

    private Answer show(Call call) {
        StringBuilder out = new StringBuilder("#filename\n");
        for (String name : store().jwtNames()) {
            out.append(name).append('\n');
        }
        return Text.dump(out.toString());
    }
}
