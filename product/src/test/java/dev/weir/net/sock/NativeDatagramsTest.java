package dev.weir.net.sock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.address.Address;
import dev.weir.net.loop.Engine;
import dev.weir.net.sys.Sys;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datagrams that leave together arrive one by one, in order and whole. */
class NativeDatagramsTest {

    private static final int MANY = 40;

    @BeforeAll
    static void link() {
        assertTrue(Engine.EPOLL.isAvailable());
        for (int i = 0; i < 1000 && !Sys.isLinked(); i++) {
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        assertTrue(Sys.isLinked());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 1", "127.0.0.1, 40", "::1, 1", "::1, 40"})
    void arriveOneByOne(String host, int count) throws Exception {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getByName(host))) {
            receiver.setSoTimeout(2000);
            Address to = Address.ip(InetAddress.getByName(host).getAddress(), receiver.getLocalPort());
            NativeDatagrams datagrams = new NativeDatagrams(to, MANY);
            ByteBuffer bytes = ByteBuffer.allocateDirect(4096);
            int[] ends = new int[MANY];
            for (int i = 0; i < count; i++) {
                bytes.put(("line " + i).getBytes(StandardCharsets.US_ASCII));
                ends[i] = bytes.position();
            }
            assertEquals(0, datagrams.send(bytes, ends, count));
            for (int i = 0; i < count; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                receiver.receive(packet);
                assertEquals("line " + i, new String(packet.getData(), 0, packet.getLength(),
                        StandardCharsets.US_ASCII));
            }
        }
    }

    /** A datagram that is too long for the network is lost alone. */
    @ParameterizedTest
    @CsvSource("127.0.0.1")
    void losesOnlyWhatIsTooLong(String host) throws Exception {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getByName(host))) {
            receiver.setSoTimeout(2000);
            Address to = Address.ip(InetAddress.getByName(host).getAddress(), receiver.getLocalPort());
            ByteBuffer bytes = ByteBuffer.allocateDirect(70_004);
            bytes.put("ab".getBytes(StandardCharsets.US_ASCII)).position(70_002)
                    .put("yz".getBytes(StandardCharsets.US_ASCII));
            assertEquals(1, new NativeDatagrams(to, MANY).send(bytes, new int[] {2, 70_002, 70_004}, 3));
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            receiver.receive(packet);
            assertEquals('a', packet.getData()[0]);
            receiver.receive(packet);
            assertEquals('y', packet.getData()[0]);
        }
    }
}
