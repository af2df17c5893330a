package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.ProxySpec.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A proxy, or a {@code defaults} section, while it is read. Boot's thread. */
public final class ProxyDraft {

    final Section section;
    final String name;
    final Place place;
    final Settings settings;
    final List<BindDraft> binds = new ArrayList<>();
    final List<ServerDraft> servers = new ArrayList<>();
    private Settings serverDefaults;
    private final Map<String, Settings> namedServerDefaults = new LinkedHashMap<>();
    /** How many of its rules come from the defaults section. */
    final int inheritedRules;
    private int seenRules;
    private int id;
    /** A section whose heading was wrong is read for its messages only. */
    boolean discarded;

    ProxyDraft(Section section, String name, ProxyDraft defaults, Place place) {
        this.section = section;
        this.name = name;
        this.place = place;
        this.settings = new Settings(defaults == null ? null : defaults.settings);
        this.inheritedRules = settings.get(ProxySpec.RULES).size();
        this.serverDefaults = new Settings(defaults == null ? null : defaults.serverDefaults);
        if (defaults != null) {
            namedServerDefaults.putAll(defaults.namedServerDefaults);
        }
    }

    public Section section() {
        return section;
    }

    public String name() {
        return name;
    }

    public Settings settings() {
        return settings;
    }

    public boolean hasFrontSide() {
        return section != Section.BACKEND;
    }

    public boolean hasBackSide() {
        return section != Section.FRONTEND;
    }

    public List<BindDraft> binds() {
        return binds;
    }

    public List<ServerDraft> servers() {
        return servers;
    }

    /** What {@code default-server} lines have said up to here; a new layer for what the next one says. */
    public Settings nextServerDefaults() {
        serverDefaults = new Settings(serverDefaults);
        return serverDefaults;
    }

    /** The same of those with that name. */
    public Settings nextServerDefaults(String name) {
        Settings next = new Settings(namedServerDefaults.get(name));
        namedServerDefaults.put(name, next);
        return next;
    }

    /** What is said so far is forgotten for what stands elsewhere. */
    public void serverDefaults(String name, Settings origin) {
        Settings begun = new Settings(origin);
        if (name == null) {
            serverDefaults = begun;
        } else {
            namedServerDefaults.put(name, begun);
        }
    }

    /** By their names. */
    public Map<String, Settings> namedServerDefaults() {
        return namedServerDefaults;
    }

    public Settings serverDefaults() {
        return serverDefaults;
    }

    public void id(int given) {
        id = given;
    }

    /** 0: counted at the end. */
    public int id() {
        return id;
    }

    public Place place() {
        return place;
    }

    /** Kinds of rules that this section has had so far, as bits. */
    public int seenRules() {
        return seenRules;
    }

    public void sawRule(int kind) {
        seenRules |= 1 << kind;
    }

    /** {@code frontend}, {@code backend}, or {@code proxy} for a listen: how messages call it. */
    public String noun() {
        return section == Section.LISTEN ? "proxy" : section.word();
    }

    Kind kind() {
        return section == Section.LISTEN ? Kind.LISTEN : section == Section.FRONTEND ? Kind.FRONTEND : Kind.BACKEND;
    }
}
