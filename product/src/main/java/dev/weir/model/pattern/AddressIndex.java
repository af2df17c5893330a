package dev.weir.model.pattern;

import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks: two prefix trees, of which the longest prefix wins, and the few masks that are no prefix, which are tried
 * after them. The kinds of addresses meet as configuration.txt 7.1.6 says: an IPv4 address is looked up among IPv6
 * networks as {@code ::ffff:a.b.c.d}, an IPv6 address among IPv4 ones if it is 2002:IPV4::, ::IPV4 or ::ffff:IPV4.
 * Immutable.
 */
final class AddressIndex implements PatternIndex {

    private final AddressTree ipv4 = new AddressTree(32);
    private final AddressTree ipv6 = new AddressTree(128);
    private final List<AddressPattern> odd = new ArrayList<>();
    private final int[] oddOrder;

    AddressIndex(byte[][] patterns) throws PatternError {
        int[] order = new int[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            AddressPattern network = AddressPattern.parse(patterns[i]);
            if (network.prefix() < 0) {
                order[odd.size()] = i;
                odd.add(network);
            } else if (network.isIpv4()) {
                ipv4.add(0, network.low() << 32, network.prefix(), i);
            } else {
                ipv6.add(network.high(), network.low(), network.prefix(), i);
            }
        }
        oddOrder = order;
    }

    @Override
    public int find(Sample sample) {
        return sample.type() == SampleType.IPV4
                ? findIpv4(sample.low()) : findIpv6(sample.high(), sample.low());
    }

    private int findIpv4(long bits) {
        int found = inIpv4(bits);
        return found >= 0 ? found : ipv6.find(0, 0xffff_0000_0000L | bits);
    }

    private int findIpv6(long high, long low) {
        int found = ipv6.find(high, low);
        if (found >= 0) {
            return found;
        }
        if (high == 0 && (low >>> 32 == 0 || low >>> 32 == 0xffff)) {
            return inIpv4(low & 0xffff_ffffL);
        }
        return high >>> 48 == 0x2002 ? inIpv4(high >>> 16 & 0xffff_ffffL) : -1;
    }

    private int inIpv4(long bits) {
        int found = ipv4.find(0, bits << 32);
        for (int i = 0; found < 0 && i < odd.size(); i++) {
            AddressPattern network = odd.get(i);
            if (((bits ^ network.low()) & network.mask()) == 0) {
                found = oddOrder[i];
            }
        }
        return found;
    }
}
