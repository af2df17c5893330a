package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;

/** One server while its proxy is read: its number is not final before the end. Boot's thread. */
public final class ServerDraft {

    final String name;
    final String host;
    final Address address;
    final Settings settings;
    final Place place;
    /** 0: counted at the end. */
    int id;

    public ServerDraft(String name, String host, Address address, Settings settings, Place place) {
        this.name = name;
        this.host = host;
        this.address = address;
        this.settings = settings;
        this.place = place;
    }

    public void id(int given) {
        id = given;
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Settings settings() {
        return settings;
    }

    public Place place() {
        return place;
    }
}
