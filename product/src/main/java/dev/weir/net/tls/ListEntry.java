package dev.weir.net.tls;

import java.util.List;
import java.util.Map;

/**
 * A line of a list of certificates, or a file of a directory of them. Immutable; two are never the same.
 *
 * @param line its number; 0 in a directory
 * @param options what holds for this certificate alone, in the order of the line
 * @param filters the names that it is for; none for those in the certificate
 */
public record ListEntry(int line, String name, Map<String, String> options, List<String> filters) {

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** As the list has it. */
    public String text(boolean numbered) {
        StringBuilder out = new StringBuilder(name);
        if (numbered) {
            out.append(':').append(line);
        }
        if (!options.isEmpty()) {
            out.append(" [");
            for (Map.Entry<String, String> each : options.entrySet()) {
                out.append(each.getKey());
                if (!each.getValue().isEmpty()) {
                    out.append(' ').append(each.getValue());
                }
                out.append(' ');
            }
            out.setLength(out.length() - 1);
            out.append(']');
        }
        for (String each : filters) {
            out.append(' ').append(each);
        }
        return out.toString();
    }
}
