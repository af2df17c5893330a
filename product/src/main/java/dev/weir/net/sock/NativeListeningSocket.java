package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import dev.weir.net.loop.Engine;
import dev.weir.net.sys.Sys;
import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import java.io.FileDescriptor;
import java.io.IOException;
import jdk.internal.access.SharedSecrets;
import sun.nio.ch.IOUtil;

/** A listening socket by its descriptor, for the engines that take descriptors over. Used by one thread at a time. */
final class NativeListeningSocket extends ListeningSocket {

    private static final int DEFER_SECONDS = 1;
    private static final int UNIX_DOMAIN = 1;
    private static final int SHUT_RD = 0;
    private static final int NONBLOCKING = 0x800 | 0x80000;

    private final Socket socket;
    private final boolean inherited;
    private int backlog;

    private NativeListeningSocket(Socket socket, Address address, boolean unix, boolean inherited) {
        super(address, unix);
        this.socket = socket;
        this.inherited = inherited;
    }

    static Object open(Address address, Settings settings, Terms terms) {
        if (address.family() == Family.FD) {
            return inherit(address, terms);
        }
        boolean unix = address.family().isUnix();
        int handed = terms.handed() == null ? -1 : terms.handed().take(address, settings.get(BindSpec.NAMESPACE),
                settings.get(BindSpec.INTERFACE));
        if (handed >= 0) {
            return takeOver(handed, address, unix);
        }
        NativeListeningSocket listening;
        try {
            listening = new NativeListeningSocket(StreamSocket.open(address.family()), address, unix, false);
        } catch (RuntimeException e) {
            return new Failure("cannot create listening socket (" + SockOpt.words(e.getCause() == null ? e : e.getCause())
                    + ") for [" + address + "]");
        }
        Failure failure = unix ? listening.bindUnix(settings, terms)
                : listening.bindInternet(settings, terms);
        if (failure != null) {
            listening.close();
            return failure;
        }
        return listening;
    }

    private static Object takeOver(int handed, Address address, boolean unix) {
        NativeListeningSocket listening = new NativeListeningSocket(StreamSocket.of(handed), address, unix, false);
        listening.takenOver();
        listening.share();
        try {
            FileDescriptor descriptor = new FileDescriptor();
            SharedSecrets.getJavaIOFileDescriptorAccess().set(descriptor, handed);
            IOUtil.configureBlocking(descriptor, false);
            return listening;
        } catch (IOException e) {
            return listening.cannot("take over socket", e);
        }
    }

    private static Object inherit(Address address, Terms terms) {
        Socket socket = StreamSocket.ofInherited(address.port());
        if (socket == null) {
            return new Failure("cannot use file descriptor '" + address.port() + "' : Bad file descriptor");
        }
        boolean unix = SockOpt.SO_DOMAIN.get(socket) == UNIX_DOMAIN;
        Address own = unix ? Address.NONE : StreamSocket.fromNetty(socket.localAddress());
        NativeListeningSocket listening = new NativeListeningSocket(socket, own == Address.NONE ? address : own, unix,
                true);
        try {
            FileDescriptor descriptor = new FileDescriptor();
            SharedSecrets.getJavaIOFileDescriptorAccess().set(descriptor, address.port());
            IOUtil.configureBlocking(descriptor, false);
            if (SockOpt.SO_ACCEPTCONN.get(socket) == 0) {
                socket.listen(terms.backlog());
            }
        } catch (IOException e) {
            return listening.cannot("listen to socket", e);
        }
        return listening;
    }

    private Failure bindInternet(Settings settings, Terms terms) {
        SockOpt.SO_REUSEADDR.set(socket, 1);
        if (terms.reusePort()) {
            SockOpt.SO_REUSEPORT.set(socket, 1);
        }
        if (settings.get(BindSpec.TRANSPARENT)) {
            setTransparent();
        }
        String device = settings.get(BindSpec.INTERFACE);
        warnIf("bind receiver to device '" + device + "'",
                device == null ? null : SockOpt.SO_BINDTODEVICE.set(socket, device));
        if (isIpv6()) {
            if (settings.get(BindSpec.V6ONLY)) {
                SockOpt.IPV6_V6ONLY.set(socket, 1);
            } else if (settings.get(BindSpec.V4V6)) {
                SockOpt.IPV6_V6ONLY.set(socket, 0);
            }
        }
        setTcpOptions(settings, terms);
        terms.buffers().apply(socket);
        try {
            socket.bind(StreamSocket.toNetty(address()));
            return null;
        } catch (IOException e) {
            return cannot("bind socket", e);
        }
    }

    private void setTransparent() {
        String refused = isIpv6() ? SockOpt.IPV6_TRANSPARENT.set(socket, 1) : SockOpt.IP_TRANSPARENT.set(socket, 1);
        if (refused != null) {
            // binding to foreign addresses works without the privilege; only intercepting does not
            SockOpt.IP_FREEBIND.set(socket, 1);
            warnIf("make receiver transparent", refused);
        }
    }

    private void setTcpOptions(Settings settings, Terms terms) {
        int mss = settings.get(BindSpec.MSS);
        warnIf("set MSS to " + mss, mss == 0 ? null : SockOpt.TCP_MAXSEG.set(socket, Math.abs(mss)));
        int userTimeout = settings.get(BindSpec.TCP_UT_MS);
        warnIf("set TCP User Timeout", userTimeout == 0 ? null : SockOpt.TCP_USER_TIMEOUT.set(socket, userTimeout));
        int saveSyn = settings.get(BindSpec.TCP_SS);
        warnIf("set TCP Save SYN", saveSyn == 0 ? null : SockOpt.TCP_SAVE_SYN.set(socket, saveSyn));
        if (settings.get(BindSpec.DEFER_ACCEPT)) {
            warnIf("enable DEFER_ACCEPT", SockOpt.TCP_DEFER_ACCEPT.set(socket, DEFER_SECONDS));
        }
        if (settings.get(BindSpec.TFO)) {
            warnIf("enable TCP_FASTOPEN", SockOpt.TCP_FASTOPEN.set(socket, terms.backlog()));
        }
        String password = settings.get(BindSpec.TCP_MD5SIG);
        warnIf("enable TCP MD5 signature", password == null ? null : Md5Key.acceptAll(socket, isIpv6(), password));
    }

    private Failure bindUnix(Settings settings, Terms terms) {
        if (address().family() == Family.UNIX) {
            return bindPath(settings, terms, path -> socket.bind(StreamSocket.toNetty(Address.unix(path.toString()))));
        }
        try {
            AbstractNames.bind(socket.intValue(), address());
            return null;
        } catch (IOException e) {
            return new Failure("cannot bind UNIX socket (" + SockOpt.words(e) + ") [" + address() + "]");
        }
    }

    @Override
    public Failure listen(int waiting) {
        if (inherited) {
            return null;
        }
        backlog = waiting;
        try {
            socket.listen(backlog);
            return null;
        } catch (IOException e) {
            return cannot("listen to socket", e);
        }
    }

    /** As HAProxy does: TCP only, and never a socket that others may share. */
    @Override
    public boolean suspend() {
        return !inherited && !isUnix() && Sys.call(Sys.Call.SHUTDOWN, socket.intValue(), SHUT_RD, 0) == 0;
    }

    @Override
    public boolean resume() {
        return inherited || isUnix() || listen(backlog) == null;
    }

    @Override
    void stopListening() {
        if (!inherited) {
            try {
                socket.shutdown(true, true);
            } catch (IOException closed) {
                // it listens no more already
            }
        }
    }

    @Override
    public boolean steerAway(int own) {
        return !inherited && !isUnix() && !isShared() && SockOpt.SO_REUSEPORT.get(socket) > 0 && PortGroup.steerTo(socket, own);
    }

    @Override
    public void spread() {
        if (!inherited && !isUnix()) {
            PortGroup.spread(socket);
        }
    }

    @Override
    public int accept() {
        return (int) Sys.call(Sys.Call.ACCEPT4, socket.intValue(), 0, 0, NONBLOCKING, 0, 0);
    }

    @Override
    public int descriptor() {
        return socket.intValue();
    }

    @Override
    public Channel channel(Engine engine) {
        return engine.adoptListener(socket.intValue(), isUnix());
    }

    @Override
    public Address localAddress() {
        return StreamSocket.fromNetty(socket.localAddress());
    }

    @Override
    void closeSocket() throws IOException {
        socket.close();
    }
}
