package dev.weir.net.sock;

import io.netty.channel.unix.Socket;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The sockets that share an address by SO_REUSEPORT. The kernel spreads clients over them, so that a process that leaves
 * would always send somebody away: who finished a handshake between its last look and its close. A classic BPF program of
 * one instruction, return the number, has them all go to another process first. The kernel numbers the sockets in the order
 * they came, one that leaves being replaced by the last; a number that is none spreads as before. Stateless.
 */
final class PortGroup {

    private static final short RETURN = 0x06;
    private static final int INSTRUCTION = 8;
    private static final int PROGRAM = 16;

    private PortGroup() {}

    /** Sends new clients to that socket of the group; false where the kernel cannot. */
    static boolean steerTo(Socket member, int number) {
        // struct sock_filter { u16 code; u8 jt, jf; u32 k }, struct sock_fprog { u16 len; struct sock_filter *filter }
        ByteBuffer instruction = ByteBuffer.allocateDirect(INSTRUCTION).order(ByteOrder.nativeOrder());
        instruction.putShort(0, RETURN).putInt(4, number);
        ByteBuffer program = ByteBuffer.allocate(PROGRAM).order(ByteOrder.nativeOrder());
        program.putShort(0, (short) 1).putLong(8, MemorySegment.ofBuffer(instruction).address());
        boolean steers = SockOpt.SO_ATTACH_REUSEPORT_CBPF.set(member, program.array()) == null;
        java.lang.ref.Reference.reachabilityFence(instruction);
        return steers;
    }

    /** Spreads them again. */
    static void spread(Socket member) {
        SockOpt.SO_DETACH_REUSEPORT_BPF.set(member, 0);
    }
}
