package dev.weir.upkeep.check;

import dev.weir.flow.rule.Text;
import java.util.List;

/**
 * A request as {@code option httpchk} and {@code http-check send} put it together; null is what nobody said.
 *
 * @param body what is sent behind the head, or null
 */
public record HttpRequestSpec(String method, Text target, String version, List<Field> headers, Text body) {

    /** A header, its name in lower case. */
    public record Field(String name, Text value) {}

    /** This with the other one's parts where this has none. */
    public HttpRequestSpec over(HttpRequestSpec other) {
        return new HttpRequestSpec(method != null ? method : other.method, target != null ? target : other.target,
                version != null ? version : other.version, headersOver(other), body != null ? body : other.body);
    }

    private List<Field> headersOver(HttpRequestSpec other) {
        List<Field> all = new java.util.ArrayList<>();
        for (Field field : other.headers) {
            boolean said = field.name.equals("host") && has("host");
            if (!said) {
                all.add(field);
            }
        }
        all.addAll(headers);
        return List.copyOf(all);
    }

    boolean has(String name) {
        for (Field field : headers) {
            if (field.name.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
