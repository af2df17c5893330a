package dev.weir.model.proxy;

import dev.weir.base.text.Place;
import java.util.List;

/**
 * A line of a proxy that is compiled into rules later: {@code acl}, {@code use_backend}, {@code http-request} and
 * their kin. Immutable.
 *
 * @param kind what sort of line it is, in the words of the manual: {@code acl}, {@code tcp-request content} ...
 * @param args the words after these
 */
public record RuleLine(String kind, List<String> args, Place place) {

    /** The words after the kind, as one text. */
    public String text() {
        return String.join(" ", args);
    }
}
