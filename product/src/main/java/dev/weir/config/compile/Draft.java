package dev.weir.config.compile;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.Statement;
import dev.weir.upkeep.resolve.ResolversSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration while it is read: what keyword families write into.
 *
 * <p>Owner: boot's thread.
 */
public final class Draft {

    /** What this layer cannot be started with; layers of defaults hand it down like any setting. */
    static final Setting<List<Unbuilt>> UNBUILT = Setting.of("unbuilt", List.of());
    /** Lines kept as words for whoever gives them their meaning. */
    public static final Setting<List<Phrase>> KEPT = Setting.of("kept lines", List.of());

    final Diagnostics diagnostics;
    final Environment environment;
    final Vocabulary vocabulary;
    private final SourceDirectory directory = new SourceDirectory();
    private final Addresses addresses;
    private final Settings global = new Settings();
    final List<ProxyDraft> proxies = new ArrayList<>();
    /** By name: proxies with a frontend's side, and with a backend's. */
    final Map<String, ProxyDraft> fronts = new HashMap<>();
    final Map<String, ProxyDraft> backs = new HashMap<>();
    final List<ProxyDraft> defaults = new ArrayList<>();
    final List<ResolversSpec> resolvers = new ArrayList<>();
    final List<PeersDraft> peerSections = new ArrayList<>();
    final List<SectionSpec> others = new ArrayList<>();

    Section section;
    ProxyDraft proxy;
    ResolversSpec resolver;
    PeersDraft peers;
    SectionSpec other;
    private boolean experimental;

    Draft(Diagnostics diagnostics, Environment environment, Vocabulary vocabulary, Addresses addresses) {
        this.diagnostics = diagnostics;
        this.environment = environment;
        this.vocabulary = vocabulary;
        this.addresses = addresses;
    }

    void leaveSection() {
        section = null;
        proxy = null;
        resolver = null;
        peers = null;
        other = null;
    }

    public Diagnostics diagnostics() {
        return diagnostics;
    }

    public Environment environment() {
        return environment;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    public Addresses addresses() {
        return addresses;
    }

    public Section section() {
        return section;
    }

    public Settings global() {
        return global;
    }

    /** A section with servers that was read before, or the open one; null for none. */
    public ProxyDraft backend(String name) {
        for (ProxyDraft each : proxies) {
            if (each.name().equals(name) && each.hasBackSide()) {
                return each;
            }
        }
        return null;
    }

    /** The proxy or defaults section that is open. */
    public ProxyDraft proxy() {
        return proxy;
    }

    /** The proxies so far. */
    public List<ProxyDraft> proxies() {
        return proxies;
    }

    public ResolversSpec resolver() {
        return resolver;
    }

    /** Whether a peers section has begun. */
    public boolean hasPeers() {
        return !peerSections.isEmpty();
    }

    /** The peers section that is open, or null. */
    public PeersDraft peers() {
        return peers;
    }

    /** The section that is open and kept as words. */
    public SectionSpec other() {
        return other;
    }

    /** The name of the open section, where such sections are kept as words. */
    public String sectionName() {
        return other == null ? "" : other.name();
    }

    /** The settings that a line of the open section belongs to. */
    public Settings settings() {
        return section == Section.GLOBAL ? global : proxy != null ? proxy.settings : resolver.settings();
    }

    public boolean isExperimental() {
        return experimental;
    }

    public void exposeExperimental() {
        experimental = true;
    }

    public void unbuilt(String what, boolean httpOnly, Place place) {
        Settings settings = section == Section.GLOBAL || proxy == null && resolver == null ? global : settings();
        append(settings, UNBUILT, new Unbuilt(what, httpOnly, place), place);
    }

    public void keep(Statement line) {
        if (other != null) {
            other.lines().add(line.phrase());
        } else {
            append(settings(), KEPT, line.phrase(), line.place());
        }
    }

    /** Adds to a list of this layer, which starts as a copy of what the layers above say. */
    public static <T> void append(Settings settings, Setting<List<T>> setting, T value, Place place) {
        List<T> list = settings.get(setting);
        if (!settings.hasOwn(setting) || !(list instanceof ArrayList)) {
            list = new ArrayList<>(list);
        }
        list.add(value);
        settings.set(setting, list, place);
    }

    /** Relative names begin from here on where the file's own do; false when there is no such directory. */
    public boolean enter(Place place) {
        String wrong = directory.enter(global().get(GlobalSpec.DEFAULT_PATH), place.file());
        if (wrong != null) {
            diagnostics.alert(place, "'default-path' : " + wrong + ".");
        }
        return wrong == null;
    }

    /** Names begin again where the process was started. */
    void leaveDirectory() {
        directory.leave();
    }
}
