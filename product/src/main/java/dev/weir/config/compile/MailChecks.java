package dev.weir.config.compile;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.model.proxy.ProxySpec;

/** What must be true of {@code email-alert} lines. Boot's thread. */
final class MailChecks {

    private MailChecks() {}

    static void check(ProxySpec proxy, Configuration configuration, String noun, Diagnostics diagnostics) {
        var settings = proxy.settings();
        String mailers = settings.get(ProxySpec.EMAIL_MAILERS);
        boolean any = mailers != null || settings.get(ProxySpec.EMAIL_FROM) != null
                || settings.get(ProxySpec.EMAIL_TO) != null || settings.get(ProxySpec.EMAIL_HOST) != null
                || settings.has(ProxySpec.EMAIL_LEVEL);
        boolean all = mailers != null && settings.get(ProxySpec.EMAIL_FROM) != null
                && settings.get(ProxySpec.EMAIL_TO) != null;
        if (any && !all) {
            diagnostics.report(Level.WARNING, proxy.place(), "'email-alert' will be ignored for " + noun + " '"
                    + proxy.name() + "' (the presence any of 'email-alert from', 'email-alert level' 'email-alert mailers', "
                    + "'email-alert myhostname', or 'email-alert to' requires each of 'email-alert from', 'email-alert "
                    + "mailers' and 'email-alert to' to be present).");
        }
        boolean found = !all;
        for (SectionSpec section : configuration.others()) {
            found |= section.kind() == Section.MAILERS && section.name().equals(mailers);
        }
        if (!found) {
            diagnostics.report(Level.ALERT, settings.placeOf(ProxySpec.EMAIL_MAILERS), "Proxy '" + proxy.name()
                    + "': unable to find mailers '" + mailers + "'.");
        }
    }
}
