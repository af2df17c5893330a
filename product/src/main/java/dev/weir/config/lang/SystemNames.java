package dev.weir.config.lang;

import dev.weir.base.address.Address;
import dev.weir.base.text.ByteText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Resolves names by the system's resolver, blocking as long as that takes. */
public final class SystemNames implements NameResolver {

    @Override
    public List<Address> resolve(String host) {
        List<Address> found = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(ByteText.decode(host))) {
                found.add(Address.ip(address.getAddress(), 0));
            }
        } catch (UnknownHostException e) {
            return List.of();
        }
        return found;
    }
}
