package dev.weir.model.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A named list of patterns, shared by every map and ACL that names it, and living through reloads. Whoever changes it
 * takes the lock, makes the next state of all its views and publishes it; a change that does not suit one view changes
 * none. A version under preparation is kept apart and becomes current at once. Shared: a lock for writers, snapshots for
 * readers.
 */
public final class PatternReference {

    private final String name;
    private final boolean map;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<PatternView> views = new ArrayList<>();
    private final List<PatternEntry> next = new ArrayList<>();
    private volatile PatternEntry[] entries;
    private int generation;
    private int preparing;

    PatternReference(String name, boolean map, List<PatternEntry> loaded) {
        this.name = name;
        this.map = map;
        this.entries = loaded.toArray(new PatternEntry[0]);
    }

    /** The file's name, or the text by which commands find it. */
    public String name() {
        return name;
    }

    /** Whether its lines have values. */
    public boolean isMap() {
        return map;
    }

    /** The current lines; not to be changed. */
    public PatternEntry[] entries() {
        return entries;
    }

    /** The view of a method; the same object when another expression asked for the same one before. */
    public PatternView view(MatchMethod method, boolean ignoreCase, PatternValues values, RegexCompiler regexes)
            throws PatternError {
        lock.lock();
        try {
            for (PatternView view : views) {
                if (view.is(method, ignoreCase, values)) {
                    return view;
                }
            }
            PatternView view = new PatternView(method, ignoreCase, values, regexes);
            view.publish(build(view, entries));
            views.add(view);
            return view;
        } finally {
            lock.unlock();
        }
    }

    /** When the lines do not suit: says which is the first that does not. */
    private PatternView.Snapshot build(PatternView view, PatternEntry[] from) throws PatternError {
        try {
            return view.build(from);
        } catch (PatternError whole) {
            for (PatternEntry entry : from) {
                try {
                    view.build(new PatternEntry[] {entry});
                } catch (PatternError e) {
                    throw entry.line() == 0 ? e : new PatternError(e.getMessage() + " at line " + entry.line()
                            + " of file '" + name + "'");
                }
            }
            throw whole;
        }
    }

    /** Adds a line at the end. */
    public void add(byte[] key, byte[] value) throws PatternError {
        lock.lock();
        try {
            PatternEntry[] more = Arrays.copyOf(entries, entries.length + 1);
            more[entries.length] = new PatternEntry(key, value, 0, generation);
            replace(more);
        } finally {
            lock.unlock();
        }
    }

    /** Removes all lines of that key; how many there were. */
    public int remove(byte[] key) throws PatternError {
        lock.lock();
        try {
            List<PatternEntry> kept = new ArrayList<>();
            for (PatternEntry entry : entries) {
                if (!Arrays.equals(entry.key(), key)) {
                    kept.add(entry);
                }
            }
            int removed = entries.length - kept.size();
            if (removed > 0) {
                replace(kept.toArray(new PatternEntry[0]));
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** Gives all lines of that key another value; how many there were. */
    public int set(byte[] key, byte[] value) throws PatternError {
        lock.lock();
        try {
            PatternEntry[] changed = entries.clone();
            int found = 0;
            for (int i = 0; i < changed.length; i++) {
                PatternEntry entry = changed[i];
                if (Arrays.equals(entry.key(), key)) {
                    changed[i] = new PatternEntry(key, value, entry.line(), entry.generation());
                    found++;
                }
            }
            if (found > 0) {
                replace(changed);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    public void clear() throws PatternError {
        lock.lock();
        try {
            replace(new PatternEntry[0]);
        } finally {
            lock.unlock();
        }
    }

    /** Begins another version; its number. One that was begun before is given up. */
    public int prepare() {
        lock.lock();
        try {
            next.clear();
            preparing = Math.max(preparing, generation) + 1;
            return preparing;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a line to the version under preparation; false when that is another one. */
    public boolean addTo(int version, byte[] key, byte[] value) {
        lock.lock();
        try {
            return version == preparing && next.add(new PatternEntry(key, value, 0, version));
        } finally {
            lock.unlock();
        }
    }

    /** Makes a prepared version the current one; false when no such is under preparation. */
    public boolean commit(int version) throws PatternError {
        lock.lock();
        try {
            if (version != preparing || version == generation) {
                return false;
            }
            replace(next.toArray(new PatternEntry[0]));
            generation = version;
            next.clear();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** All of it anew, as when its file has changed. */
    void reload(List<PatternEntry> loaded) throws PatternError {
        lock.lock();
        try {
            replace(loaded.toArray(new PatternEntry[0]));
        } finally {
            lock.unlock();
        }
    }

    private void replace(PatternEntry[] after) throws PatternError {
        PatternView.Snapshot[] snapshots = new PatternView.Snapshot[views.size()];
        for (int i = 0; i < snapshots.length; i++) {
            snapshots[i] = build(views.get(i), after);
        }
        for (int i = 0; i < snapshots.length; i++) {
            views.get(i).publish(snapshots[i]);
        }
        entries = after;
    }
}
