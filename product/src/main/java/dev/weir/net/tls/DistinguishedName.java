package dev.weir.net.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The name of a subject or issuer: entries in order. Immutable. */
public final class DistinguishedName {

    private record Entry(String type, byte[] value) {}

    private static final String HEX = "0123456789ABCDEF";

    private final byte[] der;
    private final List<Entry> entries = new ArrayList<>();

    DistinguishedName(byte[] der) {
        this.der = der;
        Der outer = new Der(der, 0, der.length);
        if (outer.next()) {
            for (Der sets = outer.inside(); sets.next(); ) {
                for (Der pairs = sets.inside(); pairs.next(); ) {
                    Der pair = pairs.inside();
                    if (pair.next()) {
                        String type = ObjectNames.of(pair.oid());
                        entries.add(new Entry(type, pair.next() ? pair.value() : new byte[0]));
                    }
                }
            }
        }
    }

    public byte[] der() {
        return der;
    }

    /** The value of an entry: the n-th of that type, from the end when negative, or null. */
    public byte[] entry(String type, int occurrence) {
        int step = occurrence < 0 ? -1 : 1;
        int left = Math.max(1, Math.abs(occurrence));
        for (int i = step > 0 ? 0 : entries.size() - 1; i >= 0 && i < entries.size(); i += step) {
            if (entries.get(i).type.equals(type) && --left == 0) {
                return entries.get(i).value;
            }
        }
        return null;
    }

    /** {@code /C=FR/O=Example/CN=name}. */
    public byte[] oneLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            out.writeBytes(("/" + entry.type + "=").getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes(entry.value);
        }
        return out.toByteArray();
    }

    /** RFC 2253's form: the last entry first, commas between, what would mislead escaped. */
    public byte[] rfc2253() {
        StringBuilder out = new StringBuilder();
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            out.append(out.isEmpty() ? "" : ",").append(entry.type).append('=');
            String value = new String(entry.value, StandardCharsets.ISO_8859_1);
            for (int j = 0; j < value.length(); j++) {
                char c = value.charAt(j);
                boolean edge = c == ' ' && (j == 0 || j == value.length() - 1) || c == '#' && j == 0;
                if (edge || ",+\"\\<>;".indexOf(c) >= 0) {
                    out.append('\\').append(c);
                } else if (c < ' ' || c > '~') {
                    out.append('\\').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                } else {
                    out.append(c);
                }
            }
        }
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
