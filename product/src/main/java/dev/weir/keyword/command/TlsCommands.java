package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.tls.Providers;
import dev.weir.net.tls.CertificateChoice;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.TicketKeys;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Commands about names that are offered, keys of tickets, and the library. On the Conductor's thread. */
final class TlsCommands {

    private static final DateTimeFormatter DIGITS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    private final Site site;

    private TlsCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        TlsCommands own = new TlsCommands(site);
        table.add(new Command("show ssl sni", Level.USER, "show ssl sni [-f <frontend>] [-A] [-t <offset>]",
                "dump every SNI configured for the designated frontend, or all frontends if no frontend was specified",
                own::names));
        table.add(new Command("show ssl providers", Level.USER, "show ssl providers", "show loaded SSL providers",
                own::providers));
        table.add(new Command("show tls-keys", Level.ADMIN, "show tls-keys [id|*]",
                "show tls keys references or dump tls ticket keys when id specified", own::keys));
        table.add(new Command("set ssl tls-key", Level.ADMIN, "set ssl tls-key [id|file] <key>",
                "set the next TLS key for the <id> or <file> listener to <key>", own::setKey));
    }

    private Answer providers(Call call) {
        StringBuilder out = new StringBuilder("Loaded providers : \n");
        Providers.names().forEach(each -> out.append("\t- ").append(each).append('\n'));
        return Text.dump(out.toString());
    }

    /** In the order of their numbers. */
    private List<TicketKeys> all() {
        CertificateStore store = site.now().configuration().global().get(GlobalSpec.CERTIFICATES);
        return store == null ? List.of() : new ArrayList<>(store.tickets().values());
    }

    private int find(List<TicketKeys> all, String name) {
        if (name.startsWith("#")) {
            int number = Whole.leading(name.substring(1));
            return Whole.is(name.substring(1)) && number >= 0 && number < all.size() ? number : -1;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).file().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private Answer keys(Call call) {
        List<TicketKeys> all = all();
        StringBuilder out = new StringBuilder();
        if (!call.has(2)) {
            out.append("# id (file)\n");
            for (int i = 0; i < all.size(); i++) {
                out.append(i).append(" (").append(all.get(i).file()).append(")\n");
            }
            return Text.dump(out.toString());
        }
        int only = call.word(2).equals("*") ? -1 : find(all, call.word(2));
        if (only < 0 && !call.word(2).equals("*")) {
            return Text.error("'show tls-keys' unable to locate referenced filename");
        }
        out.append("# id secret\n");
        for (int i = 0; i < all.size(); i++) {
            if (only < 0 || only == i) {
                out.append("# ").append(i).append(" (").append(all.get(i).file()).append(")\n");
                List<String> secrets = all.get(i).secrets();
                for (int j = 0; j < secrets.size(); j++) {
                    out.append(i).append('.').append(j).append(' ').append(secrets.get(j)).append('\n');
                }
            }
        }
        return Text.dump(out.toString());
    }

    private Answer setKey(Call call) {
        if (!call.has(3) || !call.has(4)) {
            return Text.error("'set ssl tls-key' expects a filename and the new TLS key in base64 encoding.");
        }
        List<TicketKeys> all = all();
        int found = find(all, call.word(3));
        if (found < 0) {
            return Text.error("'set ssl tls-key' unable to locate referenced filename");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(call.word(4));
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != all.get(found).size()) {
            return Text.error("'set ssl tls-key' received invalid base64 encoded TLS key.");
        }
        all.get(found).add(key);
        return Text.info("TLS ticket key updated!");
    }

    private Answer names(Call call) {
        String frontend = null;
        boolean expired = false;
        long offsetS = 0;
        for (int at = 3; call.has(at); at++) {
            String word = call.word(at);
            if (word.equals("-A")) {
                expired = true;
            } else if (word.equals("-f") && call.has(at + 1)) {
                frontend = call.word(++at);
            } else if (word.equals("-t") && call.has(at + 1)) {
                offsetS = seconds(call.word(++at));
                if (offsetS < 0) {
                    return Text.error("'-t' expects a time");
                }
            } else {
                return Text.error(word.equals("-f") ? "'-f' expects a frontend name" : "Invalid parameters, 'show ssl sni' "
                        + "only supports '-f', '-A' and '-t' options");
            }
        }
        String limit = expired ? time(offsetS) : null;
        StringBuilder out = new StringBuilder("# Frontend/Bind\tSNI\tNegative Filter\tType\tFilename\tNotAfter\tNotBefore\n");
        boolean found = frontend == null;
        for (FrontendProgram program : site.now().frontends()) {
            if (frontend == null || program.frontend().name().equals(frontend)) {
                found = true;
                names(out, program, limit);
            }
        }
        return found ? Text.dump(out.toString()) : Text.error("Didn't find the specified frontend");
    }

    /** So many seconds from now in digits that sort. */
    private String time(long offsetS) {
        long nowS = site.story().startedMicros() / 1_000_000 + (site.nowMs() - site.story().startedMs()) / 1000;
        return DIGITS.format(LocalDateTime.ofEpochSecond(nowS + offsetS, 0, ZoneOffset.UTC));
    }

    private static void names(StringBuilder out, FrontendProgram program, String limit) {
        CertificateChoice last = null;
        for (BindSpec bind : program.frontend().spec().binds()) {
            CertificateChoice choice = bind.settings().get(BindSpec.TLS);
            if (choice != null && choice != last) {
                last = choice;
                for (CertificateChoice.Offer each : choice.offers()) {
                    var view = each.file().view();
                    if (limit == null || CertificateText.sortable(view.notAfter()).compareTo(limit) < 0) {
                        out.append(program.frontend().name()).append('/').append(bind.place()).append('\t')
                                .append(each.name()).append('\t').append(each.excluded()).append('\t')
                                .append(each.file().kind().name().toLowerCase(Locale.ROOT)).append('\t')
                                .append(each.file().name()).append('\t').append(CertificateText.date(view.notAfter()))
                                .append('\t').append(CertificateText.date(view.notBefore())).append('\n');
                    }
                }
            }
        }
    }

    private static long seconds(String text) {
        int length = Whole.length(text);
        long unit = length < text.length() ? switch (text.substring(length)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> -1;
        } : 1;
        return length == 0 ? -1 : Whole.large(text) * unit;
    }
}
