package dev.weir.keyword.directive;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.Statement;
import dev.weir.upkeep.mail.MailersSpec;
import java.util.ArrayList;

/** The lines of a {@code mailers} section (manual 12.3). Boot's thread. */
final class MailersLines {

    private MailersLines() {}

    /** What is wrong with the line, or null. */
    static String error(String keyword, Statement line, Draft draft) {
        return keyword.equals("timeout") ? timeout(line, draft) : mailer(line, draft);
    }

    private static String mailer(Statement line, Draft draft) {
        ParsedAddress parsed = draft.addresses().parse(line.word(2), Addresses.STREAM | Addresses.PORT_NEEDED);
        if (parsed == null) {
            return "'mailer " + line.word(1) + "' : " + draft.addresses().error();
        }
        open(draft).mailers().add(new MailersSpec.Mailer(line.word(1), parsed.address(), line.place()));
        return null;
    }

    private static String timeout(Statement line, Draft draft) {
        if (!line.word(1).equals("mail")) {
            return "'timeout' expects 'mail' and <time> as arguments got '" + line.word(1) + "'.";
        } else if (!line.has(2)) {
            return "'timeout mail' expects <time> as argument.";
        }
        long ms = Numbers.millis(line.word(2));
        if (ms == Numbers.OVERFLOW) {
            return "timer overflow in argument <" + line.word(2) + "> to <timeout mail>, maximum value is 2147483647 ms "
                    + "(~24.8 days).";
        } else if (ms < 0) {
            line.report(Level.ALERT, 2, "parsing [" + line.place() + "]: unexpected character '"
                    + Numbers.culprit(line.word(2), ms) + "' in argument to <timeout mail>.", null);
        } else {
            open(draft).settings().set(MailersSpec.TIMEOUT_MS, (int) ms, line.place());
        }
        return null;
    }

    /** The open section, made with its first line. */
    private static MailersSpec open(Draft draft) {
        String name = draft.sectionName();
        for (MailersSpec each : draft.global().get(GlobalSpec.MAILERS)) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        MailersSpec spec = new MailersSpec(name, new ArrayList<>(), new Settings(), draft.other().place());
        Draft.append(draft.global(), GlobalSpec.MAILERS, spec, spec.place());
        return spec;
    }
}
