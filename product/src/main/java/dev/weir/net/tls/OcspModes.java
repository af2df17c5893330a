package dev.weir.net.tls;

import java.util.HashMap;
import java.util.Map;

/**
 * {@code ocsp-update}: of which certificates the authority is asked again while running. Lines that say so of one file have to
 * agree. Boot's thread, then immutable.
 */
public final class OcspModes {

    private record Mode(boolean on, String place) {}

    private final Map<String, Mode> modes = new HashMap<>();
    private boolean usual;

    /** {@code ocsp-update.mode}. */
    public void usual(boolean on) {
        usual = on;
    }

    /**
     * A line names that certificate.
     *
     * @param said {@code on} or {@code off}; null where the line says nothing, and what was said or is usual holds
     * @param place where that line is
     */
    public void set(String name, String said, String place) throws TlsError {
        Mode known = modes.get(name);
        if (said != null && !said.equals("on") && !said.equals("off")) {
            throw new TlsError("'ocsp-update' : expects <on|off> as parameter, got '" + said + "'");
        }
        boolean on = said == null ? known == null ? usual : known.on : said.equals("on");
        if (known != null && known.on != on) {
            throw new TlsError("'" + name + "' " + place + ", is already defined with incompatible parameters:\n"
                    + " - different parameter 'ocsp-update' : previously '" + word(known.on) + "' vs '" + word(on) + "' ("
                    + known.place + ")");
        }
        modes.putIfAbsent(name, new Mode(on, place));
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }

    public boolean isOn(String name) {
        Mode known = modes.get(name);
        return known != null && known.on;
    }

    public boolean isAnyOn() {
        for (Mode each : modes.values()) {
            if (each.on) {
                return true;
            }
        }
        return false;
    }
}
