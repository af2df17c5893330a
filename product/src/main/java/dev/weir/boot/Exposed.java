package dev.weir.boot;

import dev.weir.net.sock.BindSpec;
import dev.weir.net.sock.HandedSockets;
import dev.weir.net.sock.ListeningSocket;
import dev.weir.net.sys.DescriptorMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A listening socket that another process may take over. Immutable. */
record Exposed(BindSpec spec, ListeningSocket socket) {

    /** Hands as many as one message takes over by that connection, their number before them; whether they have left. */
    static boolean hand(List<Exposed> all, int connection) {
        List<Exposed> handed = new ArrayList<>();
        for (Exposed each : all) {
            if (each.socket.descriptor() >= 0 && handed.size() < DescriptorMessage.MOST) {
                handed.add(each);
            }
        }
        if (handed.isEmpty() || connection < 0) {
            return false;
        }
        int count = handed.size();
        int[] descriptors = new int[count];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            BindSpec spec = handed.get(i).spec;
            handed.get(i).socket.share();
            descriptors[i] = handed.get(i).socket.descriptor();
            bytes.writeBytes(HandedSockets.description(spec.settings().get(BindSpec.NAMESPACE),
                    spec.settings().get(BindSpec.INTERFACE)));
        }
        return DescriptorMessage.send(connection, new byte[] {(byte) count, 0, 0, 0}, new int[0])
                && DescriptorMessage.send(connection, bytes.toByteArray(), descriptors);
    }
}
