package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import io.netty.channel.unix.Socket;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.nio.file.attribute.PosixFilePermission;
import jdk.internal.access.SharedSecrets;
import sun.nio.ch.IOUtil;

/**
 * A socket that is bound for a {@code bind} line, or was inherited for it. It belongs to the process, not to the proxy
 * that accepts on it. A UNIX path is bound under a temporary name and takes its own name by {@link #publish} only, so
 * that a failed start disturbs nobody. Used by one thread at a time.
 */
public final class ListeningSocket {

    /** What went wrong, in the words of the messages that users know. */
    public record Failure(String words) {}

    private final Socket socket;
    private final Address address;
    private final boolean unix;
    private final boolean inherited;
    private final List<String> warnings = new ArrayList<>();
    private String temporaryPath;

    private ListeningSocket(Socket socket, Address address, boolean unix, boolean inherited) {
        this.socket = socket;
        this.address = address;
        this.unix = unix;
        this.inherited = inherited;
    }

    /** Gives a ListeningSocket or a Failure. */
    public static Object open(Address address, Settings settings, boolean reusePort, String temporarySuffix) {
        if (address.family() == Family.FD) {
            return inherit(address);
        }
        boolean unix = address.family().isUnix();
        ListeningSocket listening;
        try {
            listening = new ListeningSocket(StreamSocket.open(address.family()), address, unix, false);
        } catch (RuntimeException e) {
            return new Failure("cannot create listening socket (" + SockOpt.words(e.getCause() == null ? e : e.getCause())
                    + ") for [" + address + "]");
        }
        Failure failure = unix ? listening.bindUnix(settings, temporarySuffix)
                : listening.bindInternet(settings, reusePort);
        if (failure != null) {
            listening.close();
            return failure;
        }
        return listening;
    }

    private static Object inherit(Address address) {
        Socket socket = StreamSocket.of(address.port());
        int domain = SockOpt.SO_DOMAIN.get(socket);
        if (domain < 0) {
            return new Failure("cannot use file descriptor '" + address.port() + "' : Bad file descriptor");
        }
        boolean unix = domain == 1;
        Address own = unix ? Address.NONE : StreamSocket.fromNetty(socket.localAddress());
        ListeningSocket listening = new ListeningSocket(socket, own == Address.NONE ? address : own, unix, true);
        try {
            FileDescriptor descriptor = new FileDescriptor();
            SharedSecrets.getJavaIOFileDescriptorAccess().set(descriptor, address.port());
            IOUtil.configureBlocking(descriptor, false);
            if (SockOpt.SO_ACCEPTCONN.get(socket) == 0) {
                socket.listen(1024);
            }
        } catch (IOException e) {
            return new Failure("cannot listen to socket (" + SockOpt.words(e) + ") for [" + address + "]");
        }
        return listening;
    }

    private Failure bindInternet(Settings settings, boolean reusePort) {
        SockOpt.SO_REUSEADDR.set(socket, 1);
        if (reusePort) {
            SockOpt.SO_REUSEPORT.set(socket, 1);
        }
        if (settings.get(BindSpec.TRANSPARENT)) {
            setTransparent();
        }
        warnIf("bind receiver to device '" + settings.get(BindSpec.INTERFACE) + "'",
                settings.get(BindSpec.INTERFACE) == null ? null
                        : SockOpt.SO_BINDTODEVICE.set(socket, settings.get(BindSpec.INTERFACE)));
        if (address.family() == Family.IPV6) {
            if (settings.get(BindSpec.V6ONLY)) {
                SockOpt.IPV6_V6ONLY.set(socket, 1);
            } else if (settings.get(BindSpec.V4V6)) {
                SockOpt.IPV6_V6ONLY.set(socket, 0);
            }
        }
        setTcpOptions(settings);
        try {
            socket.bind(StreamSocket.toNetty(address));
            return null;
        } catch (IOException e) {
            return new Failure("cannot bind socket (" + SockOpt.words(e) + ") for [" + address + "]");
        }
    }

    private void setTransparent() {
        boolean v4 = address.family() == Family.IPV4;
        String refused = v4 ? SockOpt.IP_TRANSPARENT.set(socket, 1) : SockOpt.IPV6_TRANSPARENT.set(socket, 1);
        if (refused != null) {
            // binding to foreign addresses works without the privilege; only intercepting does not
            SockOpt.IP_FREEBIND.set(socket, 1);
            warnIf("make receiver transparent", refused);
        }
    }

    private void setTcpOptions(Settings settings) {
        int mss = settings.get(BindSpec.MSS);
        warnIf("set MSS to " + mss, mss == 0 ? null : SockOpt.TCP_MAXSEG.set(socket, Math.abs(mss)));
        int userTimeout = settings.get(BindSpec.TCP_UT_MS);
        warnIf("set TCP User Timeout", userTimeout == 0 ? null : SockOpt.TCP_USER_TIMEOUT.set(socket, userTimeout));
        if (settings.get(BindSpec.DEFER_ACCEPT)) {
            warnIf("enable DEFER_ACCEPT", SockOpt.TCP_DEFER_ACCEPT.set(socket, 60));
        }
        if (settings.get(BindSpec.TFO)) {
            warnIf("enable TCP_FASTOPEN", SockOpt.TCP_FASTOPEN.set(socket, 1024));
        }
        String password = settings.get(BindSpec.TCP_MD5SIG);
        warnIf("enable TCP MD5 signature", password == null ? null
                : Md5Key.acceptAll(socket, address.family() == Family.IPV6, password));
    }

    private void warnIf(String what, String words) {
        if (words != null) {
            warnings.add("cannot " + what + " (" + words + ") for [" + address + "]");
        }
    }

    private Failure bindUnix(Settings settings, String temporarySuffix) {
        boolean named = address.family() == Family.UNIX;
        String path = named ? address.path() + temporarySuffix : null;
        try {
            if (named) {
                Files.deleteIfExists(Path.of(path));
                socket.bind(StreamSocket.toNetty(Address.unix(path)));
                temporaryPath = path;
                setOwner(Path.of(path), settings);
            } else {
                AbstractNames.bind(socket.intValue(), address);
            }
            return null;
        } catch (IOException | UnsupportedOperationException e) {
            return new Failure("cannot bind UNIX socket (" + SockOpt.words(e) + ") [" + address + "]");
        }
    }

    private static void setOwner(Path path, Settings settings) throws IOException {
        int mode = settings.get(BindSpec.MODE);
        if (mode >= 0) {
            Set<PosixFilePermission> permissions = java.util.EnumSet.noneOf(PosixFilePermission.class);
            PosixFilePermission[] all = PosixFilePermission.values();
            for (int bit = 0; bit < 9; bit++) {
                if ((mode & 1 << 8 - bit) != 0) {
                    permissions.add(all[bit]);
                }
            }
            Files.setPosixFilePermissions(path, permissions);
        }
        if (settings.get(BindSpec.UID) >= 0) {
            Files.setAttribute(path, "unix:uid", settings.get(BindSpec.UID));
        }
        if (settings.get(BindSpec.GID) >= 0) {
            Files.setAttribute(path, "unix:gid", settings.get(BindSpec.GID));
        }
    }

    /** Starts to queue connections. */
    public Failure listen(int backlog) {
        if (inherited) {
            return null;
        }
        try {
            socket.listen(backlog);
            return null;
        } catch (IOException e) {
            return new Failure("cannot listen to socket (" + SockOpt.words(e) + ") for [" + address + "]");
        }
    }

    /** Gives a UNIX socket its own name, in place of whatever had it. */
    public Failure publish() {
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
    public List<String> warnings() {
        return warnings;
    }

    public Address address() {
        return address;
    }

    public boolean isUnix() {
        return unix;
    }

    public int descriptor() {
        return socket.intValue();
    }

    /** Closes a socket that no channel has taken over. */
    public void close() {
        try {
            socket.close();
            if (temporaryPath != null) {
                Files.deleteIfExists(Path.of(temporaryPath));
            }
        } catch (IOException e) {
            warnings.add(SockOpt.words(e));
        }
    }
}
