package dev.weir.it.rig;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS server that knows the names it was told, all at 127.0.0.1, and denies the others. */
public final class NameServer implements AutoCloseable {

    private static final int HEADER = 12;
    private static final int TYPE_A = 1;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public NameServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** From now on the name exists. */
    public void add(String name) {
        names.add(name);
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(ByteBuffer query) {
        short id = query.getShort(0);
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (query.get(at) != 0) {
            int length = query.get(at);
            byte[] label = new byte[length];
            query.get(at + 1, label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
            at += length + 1;
        }
        int type = query.getShort(at + 1);
        int questionEnd = at + 5;
        boolean known = names.contains(name.toString());
        boolean answered = known && type == TYPE_A;
        ByteBuffer out = ByteBuffer.allocate(512);
        out.putShort(id).putShort((short) (known ? 0x8180 : 0x8183)).putShort((short) 1)
                .putShort((short) (answered ? 1 : 0)).putShort((short) 0).putShort((short) 0);
        out.put(query.array(), HEADER, questionEnd - HEADER);
        if (answered) {
            out.putShort((short) 0xc00c).putShort((short) TYPE_A).putShort((short) 1).putInt(1)
                    .putShort((short) 4).put(new byte[] {127, 0, 0, 1});
        }
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
