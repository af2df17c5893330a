package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.config.lang.Numbers;
import dev.weir.upkeep.ocsp.OcspTerms;
import java.util.List;

/** Settles what global lines say about asking authorities: {@code ocsp-update.*}. Stateless. */
public final class OcspAssembly {

    private static final int LEAST_SECONDS = 300;
    private static final int MOST_SECONDS = 3600;

    private OcspAssembly() {}

    public static OcspTerms terms(Settings global) {
        List<Phrase> lines = global.get(Draft.KEPT);
        String least = said(lines, "mindelay");
        String most = said(lines, "maxdelay");
        return new OcspTerms("on".equals(said(lines, "disable")), seconds(least, LEAST_SECONDS), seconds(most, MOST_SECONDS),
                said(lines, "httpproxy"));
    }

    static boolean isOnByDefault(List<Phrase> lines) {
        return "on".equals(said(lines, "mode"));
    }

    private static int seconds(String said, int usual) {
        return said == null ? usual : (int) Math.clamp(Numbers.leading(said), 1, Integer.MAX_VALUE / 1000);
    }

    private static String said(List<Phrase> lines, String word) {
        String found = null;
        for (Phrase line : lines) {
            String keyword = line.words().getFirst();
            if (keyword.equals("ocsp-update." + word) || keyword.equals("tune.ssl.ocsp-update." + word)) {
                found = line.words().size() > 1 ? line.words().get(1) : "on";
            }
        }
        return found;
    }
}
