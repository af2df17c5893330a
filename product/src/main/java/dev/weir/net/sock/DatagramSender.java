package dev.weir.net.sock;

import java.nio.ByteBuffer;

/** How datagrams leave a worker for one address. It never waits: what cannot be sent at once is lost. Worker-owned. */
interface DatagramSender {

    /**
     * Sends them all.
     *
     * @param bytes direct; the datagrams stand in it one after the other
     * @param ends where each of them ends
     * @return how many were lost
     */
    int send(ByteBuffer bytes, int[] ends, int count);
}
