package dev.weir.config.compile;

import dev.weir.base.text.Place;

/**
 * Something that a configuration asks for and this program cannot do yet: it may be checked but not started with.
 *
 * @param what the words at fault
 * @param httpOnly whether it only matters where the proxy is of mode http
 */
public record Unbuilt(String what, boolean httpOnly, Place place) {

    /** The message that refuses a start. */
    public String message() {
        return "parsing [" + place + "] : '" + what + "' is not supported yet";
    }
}
