package dev.weir.base.collect;

import dev.weir.base.text.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a section or line of the configuration says, setting by setting, each with its place. Layers: what is not set
 * here is asked of the parent (a defaults section, default-server) and at last of the setting itself. The reload merges
 * setting by setting, so that a change of one never disturbs another. Filled by one thread, read-only afterwards.
 */
public final class Settings {

    private record Entry(Object value, Place place) {}

    private final Settings parent;
    private final Map<Setting<?>, Entry> entries = new IdentityHashMap<>();

    public Settings() {
        this(null);
    }

    public Settings(Settings parent) {
        this.parent = parent;
    }

    public <T> void set(Setting<T> setting, T value, Place place) {
        entries.put(setting, new Entry(value, place));
    }

    /** Back to the setting's own default, whatever the parent says. */
    public <T> void reset(Setting<T> setting, Place place) {
        entries.put(setting, new Entry(setting.absent(), place));
    }

    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        Entry entry = find(setting);
        return entry == null ? setting.absent() : (T) entry.value();
    }

    /** Where the value was set, or null when nobody did. */
    public Place placeOf(Setting<?> setting) {
        Entry entry = find(setting);
        return entry == null ? null : entry.place();
    }

    public boolean has(Setting<?> setting) {
        return find(setting) != null;
    }

    /** Whether this very layer sets it. */
    public boolean hasOwn(Setting<?> setting) {
        return entries.containsKey(setting);
    }

    /** Whether any layer sets anything. */
    public boolean saysAnything() {
        for (Settings layer = this; layer != null; layer = layer.parent) {
            if (!layer.entries.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    public Set<Setting<?>> own() {
        return entries.keySet();
    }

    /** Whether both resolve to equal values. */
    public boolean same(Settings other, Setting<?> setting) {
        return Objects.equals(get(setting), other.get(setting));
    }

    /** What all layers here say, over what others say; a list goes on from where the other one ends. */
    public Settings over(Settings base) {
        Settings joined = new Settings(base);
        for (Settings layer = this; layer != null; layer = layer.parent) {
            layer.entries.forEach((setting, entry) -> {
                boolean known = joined.entries.containsKey(setting);
                if (!known) {
                    joined.entries.put(setting, new Entry(joined(base.find(setting), entry.value), entry.place));
                }
            });
        }
        return joined;
    }

    private static Object joined(Entry before, Object value) {
        if (before == null || !(before.value instanceof List<?> first) || !(value instanceof List<?> second)) {
            return value;
        }
        List<Object> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private Entry find(Setting<?> setting) {
        for (Settings layer = this; layer != null; layer = layer.parent) {
            Entry entry = layer.entries.get(setting);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }
}
