package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.net.sys.DescriptorMessage;
import dev.weir.net.sys.Detached;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Listening sockets that another process hands over ({@code -x}): asked for with one line, they come as descriptors with
 * the names of their namespace and interface; where they are bound they say themselves. What no bind line takes is closed.
 * Used by the main thread.
 */
public final class HandedSockets {

    private static final int PATIENCE_SECONDS = 1;
    private static final int LARGEST = 64 * 1024;
    private static final int STREAM = 1;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private record Handed(int descriptor, byte[] address, String namespace, String device) {}

    private final List<Handed> left = new ArrayList<>();

    private HandedSockets() {}

    /** Gives them, or a text that says why there are none. */
    public static Object of(String path) {
        int way = DescriptorMessage.connect(path);
        if (way < 0) {
            return "Failed to connect to the old process socket '" + path + "'";
        }
        DescriptorMessage.patience(way, PATIENCE_SECONDS);
        try {
            HandedSockets all = new HandedSockets();
            return DescriptorMessage.send(way, "_getsocks\n".getBytes(StandardCharsets.US_ASCII), new int[0])
                    && all.receive(way) ? all : "Failed to get the number of sockets to be transferred !";
        } finally {
            Detached.close(way);
        }
    }

    private boolean receive(int way) {
        byte[] bytes = new byte[0];
        ArrayDeque<StreamSocket> descriptors = new ArrayDeque<>();
        int wanted = -1;
        int acknowledged = 0;
        while (wanted < 0 || left.size() < wanted) {
            DescriptorMessage.Received more = DescriptorMessage.receive(way, LARGEST);
            if (more.bytes() == null || more.bytes().length == 0) {
                descriptors.forEach(SockOpt::close);
                close();
                return false;
            }
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, before + more.bytes().length);
            System.arraycopy(more.bytes(), 0, bytes, before, more.bytes().length);
            for (int descriptor : more.descriptors()) {
                descriptors.add(StreamSocket.of(descriptor));
            }
            if (wanted < 0 && bytes.length >= 4) {
                wanted = bytes[0] & 0xff | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | bytes[3] << 24;
                bytes = Arrays.copyOfRange(bytes, 4, bytes.length);
                acknowledge(way);
                acknowledged++;
            }
            bytes = describe(bytes, descriptors);
            if (more.descriptors().length > 0 && acknowledged++ > 0) {
                acknowledge(way);
            }
        }
        return true;
    }

    /** Any four bytes will do. */
    private static void acknowledge(int way) {
        DescriptorMessage.send(way, new byte[4], new int[0]);
    }

    /** Takes whole descriptions off the front; what is left of the bytes. */
    private byte[] describe(byte[] bytes, ArrayDeque<StreamSocket> descriptors) {
        int at = 0;
        while (!descriptors.isEmpty() && at < bytes.length) {
            int namespace = bytes[at] & 0xff;
            int deviceAt = at + 1 + namespace;
            int end = deviceAt >= bytes.length ? Integer.MAX_VALUE : deviceAt + 1 + (bytes[deviceAt] & 0xff) + 4;
            if (end > bytes.length) {
                break;
            }
            int descriptor = descriptors.poll().intValue();
            left.add(new Handed(descriptor, DescriptorMessage.boundTo(descriptor),
                    new String(bytes, at + 1, namespace, StandardCharsets.UTF_8),
                    new String(bytes, deviceAt + 1, end - deviceAt - 5, StandardCharsets.UTF_8)));
            at = end;
        }
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    /** The descriptor for that address, which is the caller's from now on; -1 when there is none. */
    int take(Address address, String namespace, String device) {
        for (Handed each : left) {
            if (each.address != null && isAt(each.address, address)
                    && each.namespace.equals(namespace == null ? "" : namespace)
                    && each.device.equals(device == null ? "" : device)
                    && SockOpt.SO_TYPE.get(StreamSocket.of(each.descriptor)) == STREAM) {
                left.remove(each);
                return each.descriptor;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] bound, Address address) {
        int family = bound[0] & 0xff | (bound[1] & 0xff) << 8;
        return switch (address.family()) {
            case IPV4, IPV6 -> family == (address.family() == Family.IPV4 ? AF_INET : AF_INET6)
                    && ((bound[2] & 0xff) << 8 | bound[3] & 0xff) == address.port()
                    && Arrays.equals(ip(bound, family), address.ipBytes());
            case UNIX -> family == AF_UNIX && withoutSuffix(text(bound, 2)).equals(address.path());
            case ABNS, ABNSZ -> family == AF_UNIX && bound.length > 3 && bound[2] == 0
                    && text(bound, 3).equals(address.path());
            default -> false;
        };
    }

    private static byte[] ip(byte[] bound, int family) {
        return family == AF_INET ? Arrays.copyOfRange(bound, 4, 8) : Arrays.copyOfRange(bound, 8, 24);
    }

    private static String text(byte[] bound, int from) {
        int end = from;
        while (end < bound.length && bound[end] != 0) {
            end++;
        }
        return new String(bound, from, end - from, StandardCharsets.UTF_8);
    }

    /** The name that a path was bound under before it was renamed ends with the number of the process. */
    private static String withoutSuffix(String path) {
        if (!path.endsWith(".tmp")) {
            return path;
        }
        int dot = path.lastIndexOf('.', path.length() - 5);
        boolean digits = dot >= 0 && dot < path.length() - 5;
        for (int i = dot + 1; digits && i < path.length() - 4; i++) {
            digits = Character.isDigit(path.charAt(i));
        }
        return digits ? path.substring(0, dot) : path;
    }

    /** Closes what nobody has taken. */
    public void close() {
        left.forEach(each -> Detached.close(each.descriptor));
        left.clear();
    }

    /** One listener as it is handed over: what it says of itself, the address being seen from the descriptor. */
    public static byte[] description(String namespace, String device) {
        byte[] first = (namespace == null ? "" : namespace).getBytes(StandardCharsets.UTF_8);
        byte[] second = (device == null ? "" : device).getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + second.length + 6];
        all[0] = (byte) first.length;
        System.arraycopy(first, 0, all, 1, first.length);
        all[first.length + 1] = (byte) second.length;
        System.arraycopy(second, 0, all, first.length + 2, second.length);
        return all;
    }
}
