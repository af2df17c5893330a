package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Later;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.OcspAnswer;
import dev.weir.net.tls.OcspText;
import dev.weir.net.tls.TlsContext;
import dev.weir.net.tls.TlsError;
import dev.weir.upkeep.ocsp.OcspEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Commands about what authorities answer about certificates. On the Conductor's thread. */
final class OcspCommands {

    private final Site site;

    private OcspCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        OcspCommands own = new OcspCommands(site);
        table.add(new Command("show ssl ocsp-response", Level.ADMIN, "show ssl ocsp-response [[text|base64] id]",
                "display the IDs of the OCSP responses used in memory, or the details of a single OCSP response "
                        + "(in text or base64 format)", own::show));
        table.add(new Command("show ssl ocsp-updates", Level.ADMIN, "show ssl ocsp-updates",
                "display information about the next 'nb' ocsp responses that will be updated automatically", own::updates));
        table.add(new Command("update ssl ocsp-response", Level.ADMIN, "update ssl ocsp-response <certfile>",
                "send ocsp request and update stored ocsp response", own::update));
        table.add(new Command("set ssl ocsp-response", Level.ADMIN, "set ssl ocsp-response <resp|payload>",
                "update a certificate's OCSP Response from a base64-encode DER", own::set));
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    /** When the authorities are asked again, and what became of the last question. */
    private Answer updates(Call call) {
        StringBuilder out = new StringBuilder("OCSP Certid | Path | Next Update | Last Update | Successes | Failures | "
                + "Last Update Status | Last Update Status (str)\n");
        for (OcspEntry each : site.authorities().entries()) {
            out.append(HexFormat.of().formatHex(each.key())).append(" | ").append(each.path()).append(" | ")
                    .append(time(each.nextMs())).append(" | ").append(each.lastMs() == 0 ? "-" : time(each.lastMs()))
                    .append(" | ").append(each.successes()).append(" | ").append(each.failures()).append(" | ")
                    .append(each.status().ordinal()).append(" | ").append(each.status().text()).append('\n');
        }
        return Text.dump(out.toString());
    }

    private static String time(long ms) {
        return TIME.format(Instant.ofEpochMilli(ms).atZone(ZoneOffset.UTC));
    }

    private Answer update(Call call) {
        if (!call.has(3)) {
            return Text.error("'update ssl ocsp-response' expects a filename");
        }
        CertificateFile file = store().named(call.word(3));
        Later later = new Later(call.terminal());
        boolean asked = file != null && !file.isEmpty() && site.authorities().ask(file, answer -> later.give(
                answer == null ? Text.error("OCSP update failed.") : Text.dump(OcspText.of(answer))));
        return asked ? later : Text.error("Can't send ocsp request for " + call.word(3) + "!");
    }

    /** Bytes in base 64, line ends and blanks left out. */
    static byte[] decoded(byte[] text) throws TlsError {
        String packed = new String(text, StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
        try {
            if (packed.length() % 4 != 0) {
                throw new TlsError("unable to decode base64");
            }
            return Base64.getDecoder().decode(packed);
        } catch (IllegalArgumentException e) {
            throw new TlsError("unable to decode base64");
        }
    }

    /** The answer, if it is about that certificate. */
    static byte[] checked(CertificateFile file, byte[] answer) throws TlsError {
        byte[] key = OcspAnswer.of(answer).key();
        byte[] own = file.keyWith(answer);
        if (own != null && !Arrays.equals(own, key)) {
            throw new TlsError("OCSP response: Certificate ID does not match any certificate or issuer");
        }
        return answer;
    }

    private CertificateStore store() {
        CertificateStore store = site.now().configuration().global().get(GlobalSpec.CERTIFICATES);
        return store == null ? new CertificateStore() : store;
    }

    private List<CertificateFile> answered() {
        List<CertificateFile> files = new ArrayList<>();
        for (String name : store().names()) {
            CertificateFile file = store().named(name);
            if (!file.isEmpty() && file.answerKey() != null) {
                files.add(file);
            }
        }
        return files;
    }

    private Answer show(Call call) {
        if (!call.has(3)) {
            return Text.dump(list());
        }
        boolean encoded = call.word(3).equals("base64");
        boolean formatted = encoded || call.word(3).equals("text");
        if (formatted && !call.has(4)) {
            return Text.error("'show ssl ocsp-response [text|base64]' expects a valid certid.");
        }
        String asked = call.word(formatted ? 4 : 3);
        for (CertificateFile each : answered()) {
            if (each.name().equals(asked) || HexFormat.of().formatHex(each.answerKey()).equalsIgnoreCase(asked)) {
                return Text.dump(encoded ? Base64.getEncoder().encodeToString(each.stapled()) + "\n"
                        : OcspText.of(each.stapled()));
            }
        }
        return Text.error("Certificate ID does not match any certificate.");
    }

    private String list() {
        StringBuilder out = new StringBuilder();
        for (CertificateFile each : answered()) {
            out.append(out.isEmpty() ? "# Certificate IDs\n" : "");
            out.append("  Certificate ID key : ").append(HexFormat.of().formatHex(each.answerKey()));
            out.append("\n  Certificate path : ").append(each.name()).append("\n    Certificate ID:\n");
            OcspText.ofKey(each.answerKey()).lines().forEach(line -> out.append("  ").append(line).append('\n'));
        }
        return out.toString();
    }

    private Answer set(Call call) {
        if (!call.has(3) && call.payload() == null) {
            return Text.error("'set ssl ocsp-response' expects response in base64 encoding.");
        }
        byte[] answer;
        try {
            String text = call.payload() != null ? call.payload() : call.word(3);
            answer = decoded(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (TlsError e) {
            return Text.error("'set ssl ocsp-response' received invalid base64 encoded response.");
        }
        try {
            byte[] key = OcspAnswer.of(answer).key();
            List<TlsContext> retired = new ArrayList<>();
            boolean found = false;
            for (CertificateFile each : answered()) {
                if (Arrays.equals(each.answerKey(), key)) {
                    found = true;
                    retired.addAll(store().replace(store().stapled(each, answer)).retired());
                }
            }
            if (!found) {
                throw new TlsError("OCSP single response: Certificate ID does not match any certificate or issuer");
            }
            return Everywhere.<Object>ask(site, call, (exchange, none) -> { }, none -> {
                retired.forEach(TlsContext::retire);
                return Text.info("OCSP Response updated!");
            });
        } catch (TlsError e) {
            return Text.error(e.getMessage() + ".");
        }
    }
}
