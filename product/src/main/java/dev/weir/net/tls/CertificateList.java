package dev.weir.net.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A list of certificates, or a directory of them, that commands can add to and take from. Boot's thread fills it, then it is
 * the Conductor's.
 */
public final class CertificateList {

    /** An address that shows all certificates of a list. */
    public interface User {

        /** @return what brings it among those that are shown; until that is run nothing has changed */
        Runnable adding(ListEntry entry, CertificateFile file) throws TlsError;

        void remove(ListEntry entry);
    }

    private final String name;
    private final byte[] source;
    private final List<ListEntry> entries = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private int lines;

    /** @param source what the file said, or the names in the directory */
    public CertificateList(String name, byte[] source) {
        this.name = name;
        this.source = source;
    }

    public String name() {
        return name;
    }

    /** Whether it was read of the same lines: then what commands made of it stays. */
    boolean isReadAs(CertificateList other) {
        return Arrays.equals(source, other.source);
    }

    /** The same for another configuration. */
    CertificateList withoutUsers() {
        CertificateList next = new CertificateList(name, source);
        entries.forEach(next::put);
        return next;
    }

    public List<ListEntry> entries() {
        return entries;
    }

    public void usedBy(User user) {
        users.add(user);
    }

    /** Another entry; line 0 for the one behind the last. */
    public void put(ListEntry entry) {
        lines = Math.max(lines, entry.line());
        entries.add(entry);
    }

    public int nextLine() {
        return lines + 1;
    }

    /** Adds an entry wherever the list is used, or nowhere. */
    public void add(ListEntry entry, CertificateFile file) throws TlsError {
        List<Runnable> steps = new ArrayList<>();
        for (User user : users) {
            steps.add(user.adding(entry, file));
        }
        steps.forEach(Runnable::run);
        put(entry);
    }

    public void remove(ListEntry entry) {
        users.forEach(user -> user.remove(entry));
        entries.remove(entry);
    }
}
