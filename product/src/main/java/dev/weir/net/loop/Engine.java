package dev.weir.net.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollInterest;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringListeners;
import io.netty.channel.uring.IoUringReads;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * How a worker waits for its sockets. The three differ only here: which handler runs the loop and which channels wrap
 * the descriptors.
 */
public enum Engine {
    EPOLL {
        @Override
        public boolean isAvailable() {
            return Epoll.isAvailable();
        }

        @Override
        IoHandlerFactory handlerFactory() {
            return EpollIoHandler.newFactory();
        }

        @Override
        public ServerChannel adoptListener(int descriptor, boolean unix) {
            return unix ? new EpollServerDomainSocketChannel(descriptor, true)
                    : new EpollServerSocketChannel(descriptor);
        }

        @Override
        public Channel adoptStream(int descriptor, boolean unix) {
            return unix ? new EpollDomainSocketChannel(descriptor) : new EpollSocketChannel(descriptor);
        }

        @Override
        public Channel newStream(boolean unix) {
            return unix ? new EpollDomainSocketChannel() : new EpollSocketChannel();
        }

        @Override
        public Channel newDatagram() {
            return new EpollDatagramChannel();
        }

        @Override
        public Channel adoptDatagram(int descriptor, boolean unix) {
            return unix ? new EpollDomainDatagramChannel(descriptor) : new EpollDatagramChannel(descriptor);
        }

        @Override
        void prepare(Channel channel) {
            EpollInterest.keep(channel);
        }

        /** What is read is handed on at once. */
        @Override
        public boolean isReading(Channel channel) {
            return false;
        }
    },

    IO_URING {
        /** Completions that fit at once; too few and a burst of accepts overflows the queue. */
        private static final int COMPLETIONS = 8192;

        @Override
        public boolean isAvailable() {
            return IoUring.isAvailable();
        }

        @Override
        IoHandlerFactory handlerFactory() {
            return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setRingSize(256).setCqSize(COMPLETIONS));
        }

        @Override
        public ServerChannel adoptListener(int descriptor, boolean unix) {
            return IoUringListeners.adopt(descriptor, unix);
        }

        @Override
        public Channel adoptStream(int descriptor, boolean unix) {
            return IoUringListeners.adoptStream(descriptor, unix);
        }

        @Override
        public Channel newStream(boolean unix) {
            return unix ? IoUringListeners.newUnixStream() : new IoUringSocketChannel();
        }

        @Override
        public Channel newDatagram() {
            return new IoUringDatagramChannel();
        }

        @Override
        public Channel adoptDatagram(int descriptor, boolean unix) {
            return unix ? null : new IoUringDatagramChannel(descriptor);
        }

        @Override
        public boolean isReading(Channel channel) {
            return IoUringReads.areUnderWay(channel);
        }

        @Override
        public boolean hasWaitingSockets() {
            return true;
        }
    },

    /** The last resort: works wherever Java does, but takes over no descriptor that it has not opened. */
    NIO {
        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        IoHandlerFactory handlerFactory() {
            return NioIoHandler.newFactory();
        }

        @Override
        public ServerChannel adoptListener(int descriptor, boolean unix) {
            throw new UnsupportedOperationException("the NIO engine cannot take over a descriptor");
        }

        @Override
        public Channel adoptStream(int descriptor, boolean unix) {
            throw new UnsupportedOperationException("the NIO engine cannot take over a descriptor");
        }

        @Override
        public Channel newStream(boolean unix) {
            return unix ? new JavaUnixStream() : new NioSocketChannel();
        }

        @Override
        public Channel newDatagram() {
            return new NioDatagramChannel();
        }

        @Override
        public Channel adoptDatagram(int descriptor, boolean unix) {
            return null;
        }
    };

    /** Its name as {@code weir.engine} takes it. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public abstract boolean isAvailable();

    abstract IoHandlerFactory handlerFactory();

    /** A channel over a socket that is bound and listening already. */
    public abstract ServerChannel adoptListener(int descriptor, boolean unix);

    /** A channel over a socket that is connected already. */
    public abstract Channel adoptStream(int descriptor, boolean unix);

    /** A channel over a new socket, to be connected. */
    public abstract Channel newStream(boolean unix);

    /** A channel over a new UDP socket, to be connected. */
    public abstract Channel newDatagram();

    /** A channel over a datagram socket that is bound already; null where this engine has none such. */
    public abstract Channel adoptDatagram(int descriptor, boolean unix);

    /** Called with each channel before it is registered with a loop. */
    void prepare(Channel channel) {
        // most need nothing
    }

    /** Whether the kernel may be taking bytes from the channel's socket now, so that nobody else may. */
    public boolean isReading(Channel channel) {
        return true;
    }

    /** Whether calls on its sockets wait, unless it is said otherwise. */
    public boolean hasWaitingSockets() {
        return false;
    }

    /** Whether descriptors of channels can be had, for options that the channels do not know. */
    public boolean hasDescriptors() {
        return this != NIO;
    }
}
