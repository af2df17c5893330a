package dev.weir.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FileRegion;
import io.netty.channel.nio.AbstractNioByteChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A UNIX stream of Java's own that can end one direction alone; Netty's closes both when the peer ends its. It keeps
 * the end of the input from the layer below, which would close, and tells of it itself. Worker-owned.
 */
public final class JavaUnixStream extends AbstractNioByteChannel implements DuplexChannel {

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private boolean inputEnded;
    private volatile boolean inputShut;
    private volatile boolean outputShut;

    JavaUnixStream() {
        super(null, open());
    }

    JavaUnixStream(Channel parent, SocketChannel accepted) {
        super(parent, accepted);
    }

    private static SocketChannel open() {
        try {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }

    @Override
    protected SocketChannel javaChannel() {
        return (SocketChannel) super.javaChannel();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isActive() {
        return javaChannel().isOpen() && javaChannel().isConnected();
    }

    @Override
    protected int doReadBytes(ByteBuf into) throws IOException {
        int got = inputEnded ? 0 : into.writeBytes(javaChannel(), into.writableBytes());
        if (got < 0) {
            inputEnded = true;
            // after what was read before it
            eventLoop().execute(() -> pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
            return 0;
        }
        return got;
    }

    /** The layer below asks before each read, and stops waiting for more when it hears so. */
    @Override
    protected boolean isInputShutdown0() {
        return inputEnded || inputShut;
    }

    @Override
    protected void doBeginRead() throws Exception {
        if (!inputEnded) {
            super.doBeginRead();
        }
    }

    @Override
    protected int doWriteBytes(ByteBuf bytes) throws IOException {
        return bytes.readBytes(javaChannel(), bytes.readableBytes());
    }

    @Override
    protected long doWriteFileRegion(FileRegion region) throws IOException {
        return region.transferTo(javaChannel(), region.transferred());
    }

    @Override
    protected boolean doConnect(SocketAddress remote, SocketAddress local) throws Exception {
        boolean good = false;
        try {
            boolean connected = javaChannel().connect(remote);
            if (!connected) {
                selectionKey().interestOps(SelectionKey.OP_CONNECT);
            }
            good = true;
            return connected;
        } finally {
            if (!good) {
                doClose();
            }
        }
    }

    @Override
    protected void doFinishConnect() throws IOException {
        javaChannel().finishConnect();
    }

    @Override
    protected void doBind(SocketAddress local) throws IOException {
        javaChannel().bind(local);
    }

    @Override
    protected void doDisconnect() throws Exception {
        doClose();
    }

    @Override
    protected void doClose() throws Exception {
        super.doClose();
        javaChannel().close();
    }

    @Override
    protected SocketAddress localAddress0() {
        try {
            return javaChannel().getLocalAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    protected SocketAddress remoteAddress0() {
        try {
            return javaChannel().getRemoteAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    protected void doShutdownOutput() throws IOException {
        outputShut = true;
        javaChannel().shutdownOutput();
    }

    @Override
    public boolean isInputShutdown() {
        return inputShut || !isActive();
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShut || !isActive();
    }

    @Override
    public boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        inputShut = true;
        return promise.setSuccess();
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((AbstractUnsafe) unsafe()).shutdownOutput(promise);
        return promise;
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        shutdownInput();
        return shutdownOutput(promise);
    }
}
