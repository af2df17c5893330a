package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.net.loop.Worker;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Lines that leave as datagrams, UDP or UNIX, each in one of its own. Worker-owned. */
final class DatagramOutlet extends LogOutlet {

    private static final int BATCH_BYTES = 64 * 1024;
    private static final int BATCH_LINES = 256;

    private final Address address;
    private final InetAddress host;
    private final byte[] path;
    private final ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES);
    private final int[] ends = new int[BATCH_LINES];
    private int lines;
    private Socket socket;

    DatagramOutlet(Worker worker, Address address) {
        super(worker);
        this.address = address;
        this.host = address.family().isIp() ? inet(address) : null;
        this.path = address.family() == Family.UNIX ? StreamSocket.pathBytes(address.path())
                : StreamSocket.pathBytes("\0" + address.path());
    }

    private static InetAddress inet(Address address) {
        try {
            return InetAddress.getByAddress(address.ipBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    boolean append(byte[] line, int length) {
        if (length > batch.remaining() || lines == BATCH_LINES) {
            flush();
        }
        batch.put(line, 0, length);
        ends[lines++] = batch.position();
        return true;
    }

    @Override
    void flush() {
        int from = 0;
        for (int i = 0; i < lines; i++) {
            if (!send(from, ends[i])) {
                drop(1);
            }
            from = ends[i];
        }
        lines = 0;
        batch.clear();
    }

    /** A socket whose receiver is gone or whose buffer is full loses the line: logging never waits. */
    private boolean send(int from, int to) {
        try {
            if (socket == null) {
                socket = host == null ? Socket.newSocketDomainDgram() : Socket.newSocketDgram();
            }
            int sent = host == null ? socket.sendToDomainSocket(batch, from, to, path)
                    : socket.sendTo(batch, from, to, host, address.port());
            return sent >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
