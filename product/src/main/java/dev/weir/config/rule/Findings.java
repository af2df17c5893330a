package dev.weir.config.rule;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with rules. Findings about a line are told with the other messages about it; late ones, which need the
 * whole configuration, come after them.
 */
public final class Findings {

    /** One message, complete but for the context. */
    public record Finding(Level level, Place place, String text) {}

    private final List<Finding> early = new ArrayList<>();
    private final List<Finding> late = new ArrayList<>();
    private final List<Finding> unbuilt = new ArrayList<>();
    /** Lines of a defaults section are compiled for each proxy and complained about once. */
    private final Set<Finding> seen = new HashSet<>();

    void alert(Place place, String message) {
        add(early, new Finding(Level.ALERT, place, "parsing [" + place + "] : " + message));
    }

    void alertTight(Place place, String message) {
        add(early, new Finding(Level.ALERT, place, "parsing [" + place + "]: " + message));
    }

    void warn(Place place, String message) {
        add(early, new Finding(Level.WARNING, place, "parsing [" + place + "] : " + message));
    }

    void warnTight(Place place, String message) {
        add(early, new Finding(Level.WARNING, place, "parsing [" + place + "]: " + message));
    }

    public void late(Place place, String text) {
        add(late, new Finding(Level.ALERT, place, text));
    }

    void lateWarning(Place place, String text) {
        add(late, new Finding(Level.WARNING, place, text));
    }

    /** Something that is right and cannot be done yet. */
    void unbuilt(Place place, String what) {
        Finding finding = new Finding(Level.NOTICE, place, what);
        if (seen.add(finding)) {
            unbuilt.add(finding);
        }
    }

    /** What stands in the way of a start; the text is the keyword. */
    public List<Finding> unbuilt() {
        return unbuilt;
    }

    private void add(List<Finding> list, Finding finding) {
        if (seen.add(finding)) {
            list.add(finding);
        }
    }

    public List<Finding> early() {
        return early;
    }

    public List<Finding> late() {
        return late;
    }
}
