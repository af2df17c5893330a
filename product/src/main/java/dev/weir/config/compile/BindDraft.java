package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;

/** One listening address while its proxy is read: its number is not final before the end. Boot's thread. */
public final class BindDraft {

    final Address address;
    final String text;
    final Settings settings;
    final Place place;
    /** 0: counted at the end. */
    int id;

    /** @param text the word of the bind line that gave it */
    public BindDraft(Address address, String text, Settings settings, Place place) {
        this.address = address;
        this.text = text;
        this.settings = settings;
        this.place = place;
    }

    public void id(int given) {
        id = given;
    }

    public int id() {
        return id;
    }

    public Settings settings() {
        return settings;
    }

    public String text() {
        return text;
    }

    public Place place() {
        return place;
    }
}
