package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.net.loop.Engine;
import dev.weir.net.sys.NetNamespace;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A socket that is bound for a {@code bind} line, or was inherited for it. It belongs to the process, not to the proxy
 * that accepts on it. A UNIX path is bound under a temporary name and takes its own name by {@link #publish} only, so
 * that a failed start disturbs nobody. Used by one thread at a time.
 */
public abstract class ListeningSocket {

    /** What went wrong, in the words of the messages that users know. */
    public record Failure(String words) {}

    /**
     * What all sockets of a generation have in common.
     *
     * @param backlog how many connections may wait
     * @param temporarySuffix what is put behind UNIX paths until they are published
     * @param buffers what accepted connections inherit
     * @param handed what another process has handed over, or null
     */
    public record Terms(boolean reusePort, int backlog, String temporarySuffix, Buffers buffers,
            HandedSockets handed) {

        public Terms(boolean reusePort, int backlog, String temporarySuffix, Buffers buffers) {
            this(reusePort, backlog, temporarySuffix, buffers, null);
        }

        public Terms(boolean reusePort, int backlog, String temporarySuffix) {
            this(reusePort, backlog, temporarySuffix, Buffers.SYSTEM);
        }
    }

    /** What is set when a socket is made. */
    private static final List<Setting<?>> MAKING = List.of(BindSpec.MSS, BindSpec.TFO, BindSpec.DEFER_ACCEPT,
            BindSpec.V4V6, BindSpec.V6ONLY, BindSpec.TRANSPARENT, BindSpec.TCP_MD5SIG, BindSpec.TCP_UT_MS, BindSpec.MODE,
            BindSpec.UID, BindSpec.GID, BindSpec.USER, BindSpec.GROUP);

    private final Address address;
    private volatile boolean shared;
    private volatile boolean ended;
    private boolean takenOver;
    private final boolean unix;
    private final List<String> warnings = new ArrayList<>();
    private String temporaryPath;

    ListeningSocket(Address address, boolean unix) {
        this.address = address;
        this.unix = unix;
    }

    /** Gives a ListeningSocket or a Failure. */
    public static Object open(Engine engine, Address address, Settings settings, Terms terms) {
        String name = settings.get(BindSpec.NAMESPACE);
        if (name == null || name.equals("*") || !address.family().isIp()) {
            return openHere(engine, address, settings, terms);
        }
        NetNamespace namespace = NetNamespace.open(name);
        Object opened = namespace == null ? null
                : namespace.within(() -> openHere(engine, address, settings, terms));
        return opened != null ? opened
                : new Failure("cannot enter namespace '" + name + "' for [" + address + "]");
    }

    private static Object openHere(Engine engine, Address address, Settings settings, Terms terms) {
        return switch (address.family()) {
            case SOCKPAIR -> PassedConnections.open(engine, address);
            default -> engine.hasDescriptors() ? NativeListeningSocket.open(address, settings, terms)
                    : JavaListeningSocket.open(address, settings, terms);
        };
    }

    /** Binds to a path that nobody else looks for yet. */
    final Failure bindPath(Settings settings, Terms terms, PathBinder binder) {
        Path path = Path.of(address.path() + terms.temporarySuffix());
        try {
            Files.deleteIfExists(path);
            binder.bind(path);
        } catch (IOException | UnsupportedOperationException e) {
            return new Failure("cannot bind UNIX socket (" + SockOpt.words(e) + ") [" + address + "]");
        }
        temporaryPath = path.toString();
        try {
            setOwner(path, settings);
            return null;
        } catch (IOException e) {
            return new Failure("cannot change UNIX socket ownership (Operation not permitted) [" + address + "]");
        }
    }

    /** Binds a socket to a path. */
    interface PathBinder {
        void bind(Path path) throws IOException;
    }

    private static void setOwner(Path path, Settings settings) throws IOException {
        int mode = settings.get(BindSpec.MODE);
        if (mode >= 0) {
            Files.setPosixFilePermissions(path, permissions(mode));
        }
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        UserPrincipalLookupService accounts = path.getFileSystem().getUserPrincipalLookupService();
        if (settings.get(BindSpec.USER) != null) {
            view.setOwner(accounts.lookupPrincipalByName(settings.get(BindSpec.USER)));
        } else if (settings.get(BindSpec.UID) >= 0) {
            Files.setAttribute(path, "unix:uid", settings.get(BindSpec.UID));
        }
        if (settings.get(BindSpec.GROUP) != null) {
            view.setGroup(accounts.lookupPrincipalByGroupName(settings.get(BindSpec.GROUP)));
        } else if (settings.get(BindSpec.GID) >= 0) {
            Files.setAttribute(path, "unix:gid", settings.get(BindSpec.GID));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & 1 << 8 - bit) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }

    final void warnIf(String what, String words) {
        if (words != null) {
            warnings.add("cannot " + what + " (" + words + ") for [" + address + "]");
        }
    }

    final Failure cannot(String what, Throwable cause) {
        return new Failure("cannot " + what + " (" + SockOpt.words(cause) + ") for [" + address + "]");
    }

    /** Which place a bind line asks for: whatever proxy it belongs to, it is the same socket. */
    public static Object placeOf(BindSpec bind) {
        return List.of(bind.address(), String.valueOf(bind.settings().get(BindSpec.INTERFACE)),
                String.valueOf(bind.settings().get(BindSpec.NAMESPACE)));
    }

    /** Whether sockets of both lines are made alike, so that the one of the first will do for the second. */
    public static boolean areAlike(BindSpec one, BindSpec other) {
        for (Setting<?> each : MAKING) {
            if (!one.settings().same(other.settings(), each)) {
                return false;
            }
        }
        return true;
    }

    /** Starts to queue connections. */
    public abstract Failure listen(int backlog);

    /** Has the kernel refuse connections until {@link #resume}; false where it cannot, and goes on queueing them. */
    public boolean suspend() {
        return false;
    }

    /** Queues connections again; false when the address has been taken meanwhile. */
    public boolean resume() {
        return true;
    }

    /** Another process has it too, or may have. */
    public final void share() {
        shared = true;
    }

    final void takenOver() {
        takenOver = true;
    }

    /** Whether another process has the very same socket, or may have. */
    public final boolean isShared() {
        return shared;
    }

    /** Whether another process has made it, and may still have it. */
    public final boolean isTakenOver() {
        return takenOver;
    }

    /**
     * Nobody listens any more, from this moment on: an engine may hold the socket for a moment longer than the process
     * lives. What others share is left to them. From any thread.
     */
    public final void end() {
        if (!shared) {
            ended = true;
            stopListening();
        }
    }

    /** Whether it was told to. */
    public final boolean hasEnded() {
        return ended;
    }

    /** Where closing is not enough for that. */
    void stopListening() {
        // most kinds of socket end with their descriptor
    }

    /** A channel that accepts, not registered yet; it owns the socket from now on. */
    public abstract Channel channel(Engine engine);

    /** The descriptor of a connection that waits, -1 when there is none or the kernel cannot be asked. */
    public int accept() {
        return -1;
    }

    /** Its descriptor, or -1 where Java keeps it to itself. */
    public int descriptor() {
        return -1;
    }

    /**
     * Has the kernel send new clients to another process that has bound the same address, where there is one; false where
     * that cannot be, or nobody would notice.
     *
     * @param own how many sockets this process has there
     */
    public boolean steerAway(int own) {
        return false;
    }

    /** Ends that: whoever has the address gets its share. */
    public void spread() {
        // most kinds of socket have their address alone
    }

    /** Where it is bound, with the port that the system chose. */
    public abstract Address localAddress();

    /** Closes the socket itself. */
    abstract void closeSocket() throws IOException;

    /** Gives a UNIX socket its own name, in place of whatever had it. */
    public final Failure publish() {
        if (temporaryPath == null) {
            return null;
        }
        try {
            Files.move(Path.of(temporaryPath), Path.of(address.path()), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            temporaryPath = null;
            return null;
        } catch (IOException e) {
            return new Failure("cannot switch final and temporary UNIX sockets (" + SockOpt.words(e) + ") ["
                    + address + "]");
        }
    }

    /** What could not be set although the socket works, each for a warning. */
    public final List<String> warnings() {
        return warnings;
    }

    public final Address address() {
        return address;
    }

    public final boolean isUnix() {
        return unix;
    }

    final boolean isIpv6() {
        return address.family() == Family.IPV6;
    }

    /** Closes a socket that no channel has taken over. */
    public final void close() {
        try {
            closeSocket();
            if (temporaryPath != null) {
                Files.deleteIfExists(Path.of(temporaryPath));
            }
        } catch (IOException e) {
            warnings.add(SockOpt.words(e));
        }
    }
}
