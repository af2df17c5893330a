package dev.weir.it.rig;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS server over UDP that knows what it was told, denies the other names, and may behave badly for some of them. */
public final class NameServer implements AutoCloseable {

    /** What is done in place of an answer. */
    public enum Manner {
        /** After longer than anybody waits. */
        LATE,
        TRUNCATED,
        /** Cut in datagrams, whole over TCP. */
        LARGE, WRONG_ID, REFUSED, SERVER_FAILURE, EMPTY, GARBAGE, SILENT,
        /** A message that ends within its record. */
        CUT,
        /** Two aliases that name each other; one that names itself by a pointer. */
        LOOP, POINTER_LOOP,
        /** A hundred addresses, 127.0.1.0 and on. */
        HUNDRED
    }

    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int TYPE_SRV = 33;
    private static final int TYPE_CNAME = 5;
    private static final int LATE_MS = 1500;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
    private final Map<String, List<String>> services = new ConcurrentHashMap<>();
    private final Map<String, Manner> manners = new ConcurrentHashMap<>();

    private final ServerSocket streams = new ServerSocket(socket.getLocalPort(), 5, InetAddress.getLoopbackAddress());

    public NameServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
        Thread.ofVirtual().start(this::serveStreams);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** From now on the name exists, at 127.0.0.1. */
    public void add(String name) {
        addresses(name, "127.0.0.1");
    }

    /** From now on the name has these addresses (IPv4). */
    public void addresses(String name, String... all) {
        addresses.put(name, List.of(all));
    }

    /** From now on the service has these instances, each {@code priority weight port target}. */
    public void service(String name, String... all) {
        services.put(name, List.of(all));
    }

    public void drop(String name) {
        addresses.remove(name);
        services.remove(name);
    }

    public void behave(String name, Manner manner) {
        add(name);
        manners.put(name, manner);
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Answer answer = new Answer(ByteBuffer.wrap(buffer.clone(), 0, packet.getLength()));
                byte[] bytes = answer.bytes();
                if (bytes != null && answer.manner == Manner.LATE) {
                    Thread.ofVirtual().start(() -> sendLate(bytes, packet));
                } else if (bytes != null) {
                    socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serveStreams() {
        while (!streams.isClosed()) {
            try {
                Socket client = streams.accept();
                Thread.ofVirtual().start(() -> converse(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                byte[] query = in.readNBytes(in.readUnsignedShort());
                Answer answer = new Answer(ByteBuffer.wrap(query));
                answer.cut = answer.manner == Manner.TRUNCATED;
                byte[] bytes = answer.bytes();
                out.writeShort(bytes.length);
                out.write(bytes);
            }
        } catch (IOException ended) {
            // the other side has closed
        }
    }

    private void sendLate(byte[] bytes, DatagramPacket to) {
        try {
            Thread.sleep(LATE_MS);
            socket.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
        } catch (IOException | InterruptedException closed) {
            // nobody waits any more
        }
    }

    /** One question and what is said to it. */
    private final class Answer {

        private final ByteBuffer query;
        private final String name;
        private final int type;
        private final int questionEnd;
        private final Manner manner;
        private final ByteBuffer out = ByteBuffer.allocate(4096);
        private int records;
        private boolean cut;

        Answer(ByteBuffer query) {
            this.query = query;
            StringBuilder text = new StringBuilder();
            int at = HEADER;
            while (query.get(at) != 0) {
                byte[] label = new byte[query.get(at)];
                query.get(at + 1, label);
                text.append(text.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
                at += label.length + 1;
            }
            name = text.toString();
            type = query.getShort(at + 1);
            questionEnd = at + 5;
            manner = manners.get(name);
            cut = manner == Manner.TRUNCATED || manner == Manner.LARGE;
        }

        byte[] bytes() {
            if (manner == Manner.SILENT) {
                return null;
            } else if (manner == Manner.GARBAGE) {
                return new byte[] {(byte) query.get(0), (byte) query.get(1), (byte) 0x81, 3, 9, 9, 9};
            }
            boolean known = addresses.containsKey(name) || services.containsKey(name);
            int code = manner == Manner.REFUSED ? 5 : manner == Manner.SERVER_FAILURE ? 2 : known ? 0 : 3;
            out.putShort((short) (query.getShort(0) + (manner == Manner.WRONG_ID ? 1 : 0)));
            out.putShort((short) (0x8180 | code | (cut ? 0x0200 : 0)));
            out.putShort((short) 1).putShort((short) 0).putInt(0);
            out.put(query.array(), HEADER, questionEnd - HEADER);
            if (code == 0 && manner != Manner.EMPTY) {
                records();
            }
            out.putShort(6, (short) records);
            byte[] bytes = new byte[out.position() - (manner == Manner.CUT ? 2 : 0)];
            out.get(0, bytes);
            return bytes;
        }

        private void records() {
            if (manner == Manner.LOOP || manner == Manner.POINTER_LOOP) {
                begin(TYPE_CNAME, manner == Manner.LOOP ? 3 : 2);
                if (manner == Manner.LOOP) {
                    out.put((byte) 1).put((byte) 'x').put((byte) 0);
                    out.put((byte) 1).put((byte) 'x').put((byte) 0).putShort((short) TYPE_CNAME).putShort((short) 1)
                            .putInt(1).putShort((short) 2).putShort((short) (0xc000 | HEADER));
                    records++;
                } else {
                    out.putShort((short) (0xc000 | out.position()));
                }
            } else if (type == TYPE_A && manner == Manner.HUNDRED) {
                for (int i = 0; i < 100; i++) {
                    address("127.0.1." + i);
                }
            } else if (type == TYPE_A) {
                addresses.getOrDefault(name, List.of()).forEach(this::address);
            } else if (type == TYPE_SRV) {
                services.getOrDefault(name, List.of()).forEach(this::instance);
            }
        }

        private void begin(int recordType, int length) {
            out.putShort((short) (0xc000 | HEADER)).putShort((short) recordType).putShort((short) 1).putInt(1)
                    .putShort((short) length);
            records++;
        }

        private void address(String text) {
            begin(TYPE_A, 4);
            for (String part : text.split("\\.")) {
                out.put((byte) Integer.parseInt(part));
            }
        }

        private void instance(String text) {
            String[] words = text.split(" ");
            begin(TYPE_SRV, 6 + words[3].length() + 2);
            for (int i = 0; i < 3; i++) {
                out.putShort((short) Integer.parseInt(words[i]));
            }
            for (String label : words[3].split("\\.")) {
                out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
            }
            out.put((byte) 0);
        }
    }

    @Override
    public void close() throws IOException {
        streams.close();
        socket.close();
    }
}
