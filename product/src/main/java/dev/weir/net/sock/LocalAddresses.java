package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Whether an address is one of this machine's. Stateless: interfaces come and go. */
public final class LocalAddresses {

    private static final long LOOPBACK = 127;

    private LocalAddresses() {}

    public static boolean contains(Address address) {
        if (!address.family().isIp()) {
            return address.family().isUnix();
        }
        if (address.family() == Family.IPV4 && address.low() >>> 24 == LOOPBACK) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByAddress(bytes(address))) != null;
        } catch (SocketException | UnknownHostException e) {
            return false;
        }
    }

    private static byte[] bytes(Address address) {
        byte[] bytes = new byte[address.family() == Family.IPV4 ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) ((fromEnd < 8 ? address.low() : address.high()) >>> 8 * (fromEnd & 7));
        }
        return bytes;
    }
}
