package dev.weir.model.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A named list of patterns, shared by every map and ACL that names it, and living through reloads. Whoever changes it
 * takes the lock, makes the next state of all its views and publishes it; a change that does not suit one view changes
 * none. A version under preparation is kept apart and becomes current at once. Shared: a lock for writers, snapshots for
 * readers.
 */
public final class PatternReference {

    private static final LongAdder ADDED = new LongAdder();
    private static final LongAdder FREED = new LongAdder();

    private final String name;
    private final boolean map;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<PatternView> views = new ArrayList<>();
    /** Versions under preparation by their number. */
    private final TreeMap<Integer, List<PatternEntry>> next = new TreeMap<>();
    private volatile PatternEntry[] entries;
    private volatile int generation;
    private volatile int preparing;
    private final long fileDigest;

    PatternReference(String name, boolean map, List<PatternEntry> loaded) {
        this(name, map, loaded, 0);
    }

    /** @param fileDigest of the file that the lines came from */
    PatternReference(String name, boolean map, List<PatternEntry> loaded, long fileDigest) {
        this.fileDigest = fileDigest;
        this.name = name;
        this.map = map;
        this.entries = loaded.toArray(new PatternEntry[0]);
        counted(0, entries.length);
    }

    /** The file's name, or the text by which commands find it. */
    public String name() {
        return name;
    }

    /** Of the file when it was read. */
    long fileDigest() {
        return fileDigest;
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
        addAll(List.of(new PatternEntry(key, value, 0, generation)));
    }

    /** Adds lines at the end, all or none. */
    public void addAll(List<PatternEntry> lines) throws PatternError {
        lock.lock();
        try {
            PatternEntry[] more = Arrays.copyOf(entries, entries.length + lines.size());
            for (int i = 0; i < lines.size(); i++) {
                more[entries.length + i] = lines.get(i);
            }
            replace(more);
        } finally {
            lock.unlock();
        }
    }

    /** Removes all lines of that key; how many there were. */
    public int remove(byte[] key) throws PatternError {
        return removeIf(entry -> Arrays.equals(entry.key(), key));
    }

    /** Removes the line of that reference; how many there were. */
    public int remove(long reference) throws PatternError {
        return removeIf(entry -> entry.reference() == reference);
    }

    private int removeIf(Predicate<PatternEntry> unwanted) throws PatternError {
        lock.lock();
        try {
            List<PatternEntry> kept = new ArrayList<>();
            for (PatternEntry entry : entries) {
                if (!unwanted.test(entry)) {
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
        return setIf(entry -> Arrays.equals(entry.key(), key), value);
    }

    /** Gives the line of that reference another value; how many there were. */
    public int set(long reference, byte[] value) throws PatternError {
        return setIf(entry -> entry.reference() == reference, value);
    }

    private int setIf(Predicate<PatternEntry> meant, byte[] value) throws PatternError {
        lock.lock();
        try {
            PatternEntry[] changed = entries.clone();
            int found = 0;
            for (int i = 0; i < changed.length; i++) {
                if (meant.test(changed[i])) {
                    changed[i] = changed[i].with(value);
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

    /** Begins another version; its number. Those that were begun before stay until a later one is committed. */
    public int prepare() {
        lock.lock();
        try {
            return ++preparing;
        } finally {
            lock.unlock();
        }
    }

    /** The number of the current version. */
    public int version() {
        return generation;
    }

    /** The number that was given last. */
    public int lastVersion() {
        return preparing;
    }

    /** Whether lines may be added to that version: it is the current one, or was begun after it. */
    public boolean isOpen(int version) {
        return version >= generation && version <= preparing;
    }

    /** The lines of a version; none for one that nobody has added to. */
    public List<PatternEntry> entries(int version) {
        lock.lock();
        try {
            return version == generation ? List.of(entries) : List.copyOf(next.getOrDefault(version, List.of()));
        } finally {
            lock.unlock();
        }
    }

    /** How many lines all versions have together. */
    public int size() {
        lock.lock();
        try {
            int size = entries.length;
            for (List<PatternEntry> version : next.values()) {
                size += version.size();
            }
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Adds lines to a version under preparation, all or none; false when that cannot be added to. */
    public boolean addTo(int version, List<PatternEntry> lines) throws PatternError {
        lock.lock();
        try {
            if (!isOpen(version)) {
                return false;
            }
            if (version == generation) {
                addAll(lines);
                return true;
            }
            for (PatternView view : views) {
                build(view, lines.toArray(new PatternEntry[0]));
            }
            next.computeIfAbsent(version, v -> new ArrayList<>()).addAll(lines);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes all lines of a version. */
    public void clear(int version) throws PatternError {
        lock.lock();
        try {
            if (version == generation) {
                clear();
            } else {
                next.remove(version);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes a prepared version the current one, older ones go; false when no such is under preparation. */
    public boolean commit(int version) throws PatternError {
        lock.lock();
        try {
            if (version <= generation || version > preparing) {
                return false;
            }
            replace(next.getOrDefault(version, List.of()).toArray(new PatternEntry[0]));
            generation = version;
            next.headMap(version, true).clear();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How it is matched, in the order in which expressions asked. */
    public List<PatternView> views() {
        lock.lock();
        try {
            return List.copyOf(views);
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
        counted(entries.length, after.length);
        entries = after;
    }

    private static void counted(int before, int after) {
        (after > before ? ADDED : FREED).add(Math.abs(after - before));
    }

    /** How many lines lists have got so far, in the whole process. */
    public static long added() {
        return ADDED.sum();
    }

    /** How many they have lost. */
    public static long freed() {
        return FREED.sum();
    }
}
