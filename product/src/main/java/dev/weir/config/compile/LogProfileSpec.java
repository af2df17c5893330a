package dev.weir.config.compile;

import dev.weir.base.text.Place;
import java.util.HashMap;
import java.util.Map;

/** A {@code log-profile} section (configuration.txt 8.3.5), as parsed. Changed only while the configuration is read. */
public final class LogProfileSpec {

    /**
     * What an {@code on} line says of its step.
     *
     * @param format null when it leaves that to the proxy
     * @param structuredData likewise
     * @param drops whether no line is wanted
     */
    public record On(String format, String structuredData, boolean drops, Place place) {}

    private final String name;
    private final Map<String, On> steps = new HashMap<>();
    private String tag;

    public LogProfileSpec(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Null without one. */
    public String tag() {
        return tag;
    }

    public void tag(String text) {
        tag = text;
    }

    public Map<String, On> steps() {
        return steps;
    }
}
