package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an answer to one of our questions. Only records that belong to the name asked for, or to the end of a chain of
 * CNAMEs that starts there, are taken; whatever overruns the message makes the whole of it invalid.
 */
final class DnsAnswer {

    /** Why an answer is no good, or that it is. */
    enum Verdict {
        VALID(DnsStatus.VALID, DnsCounter.VALID), NX(DnsStatus.NX, DnsCounter.NX),
        REFUSED(DnsStatus.REFUSED, DnsCounter.REFUSED), TRUNCATED(DnsStatus.OTHER, DnsCounter.TRUNCATED),
        /** Another error code, or no address in it. */
        OTHER(DnsStatus.OTHER, DnsCounter.OTHER), CNAME_ERROR(DnsStatus.OTHER, DnsCounter.CNAME_ERROR),
        INVALID(DnsStatus.OTHER, DnsCounter.INVALID),
        /** Not an answer to this question at all: dropped as if it had not come. */
        FOREIGN(null, DnsCounter.INVALID);

        final DnsStatus status;
        final DnsCounter counter;

        Verdict(DnsStatus status, DnsCounter counter) {
            this.status = status;
            this.counter = counter;
        }
    }

    private static final int HEADER = 12;
    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;
    private static final int RECORD = 10;
    private static final int MAX_RECORDS = 512;
    /** Priority, weight and port, before the target. */
    private static final int SERVICE = 6;

    private final ByteBuf in;
    private final int start;
    private final int limit;
    private final List<Address> addresses = new ArrayList<>();
    private final List<ServiceRecord> services = new ArrayList<>();

    private DnsAnswer(ByteBuf in) {
        this.in = in;
        this.start = in.readerIndex();
        this.limit = in.writerIndex();
    }

    /** The id of a message, or -1 when it is too short to have one. */
    static int id(ByteBuf in) {
        return in.readableBytes() < HEADER ? -1 : in.getUnsignedShort(in.readerIndex());
    }

    /** Reads the message as an answer to a question for addresses; those of a valid one are added to the list. */
    static Verdict addresses(ByteBuf in, String name, int type, List<Address> into) {
        DnsAnswer answer = new DnsAnswer(in);
        Verdict verdict = answer.read(DnsName.canonical(name), type);
        if (verdict == Verdict.VALID) {
            into.addAll(answer.addresses);
        }
        return verdict;
    }

    /** The same for a service. */
    static Verdict services(ByteBuf in, String name, int type, List<ServiceRecord> into) {
        DnsAnswer answer = new DnsAnswer(in);
        Verdict verdict = answer.read(DnsName.canonical(name), type);
        if (verdict == Verdict.VALID) {
            into.addAll(answer.services);
        }
        return verdict;
    }

    private Verdict read(String name, int type) {
        if (limit - start < HEADER) {
            return Verdict.FOREIGN;
        }
        int flags = in.getUnsignedShort(start + 2);
        if ((flags & RESPONSE) == 0 || in.getUnsignedShort(start + 4) != 1) {
            return Verdict.FOREIGN;
        }
        DnsName question = DnsName.read(in, start, start + HEADER, limit);
        if (question == null || question.end + 4 > limit || !question.text.equals(name)
                || in.getUnsignedShort(question.end) != type
                || in.getUnsignedShort(question.end + 2) != DnsQuery.CLASS_IN) {
            return Verdict.FOREIGN;
        }
        if ((flags & TRUNCATED) != 0) {
            return Verdict.TRUNCATED;
        }
        return switch (flags & 0xf) {
            case 0 -> records(question.end + 4, name, type);
            case 3 -> Verdict.NX;
            case 5 -> Verdict.REFUSED;
            default -> Verdict.OTHER;
        };
    }

    /** One record's place in the message. */
    private record Entry(DnsName owner, int type, int dns, int data, int end) {

        boolean isOf(String name) {
            return dns == DnsQuery.CLASS_IN && owner.text.equals(name);
        }
    }

    /** Null when it overruns the message. */
    private Entry entry(int at) {
        DnsName owner = DnsName.read(in, start, at, limit);
        if (owner == null || owner.end + RECORD > limit) {
            return null;
        }
        int data = owner.end + RECORD;
        int end = data + in.getUnsignedShort(owner.end + 8);
        return end > limit ? null
                : new Entry(owner, in.getUnsignedShort(owner.end), in.getUnsignedShort(owner.end + 2), data, end);
    }

    /** The answer section, in the order of the chain: a server sends each CNAME before what it leads to. */
    private Verdict records(int from, String name, int type) {
        int count = in.getUnsignedShort(start + 6);
        int at = from;
        String wanted = name;
        boolean followed = false;
        for (int i = 0; i < Math.min(count, MAX_RECORDS); i++) {
            Entry entry = entry(at);
            if (entry == null) {
                return Verdict.INVALID;
            }
            at = entry.end;
            if (entry.isOf(wanted) && entry.type == DnsQuery.TYPE_CNAME) {
                DnsName target = DnsName.read(in, start, entry.data, limit);
                if (target == null || target.end != at || !addresses.isEmpty() || target.text.equals(wanted)) {
                    return Verdict.CNAME_ERROR;
                }
                wanted = target.text;
                followed = true;
            } else if (entry.isOf(wanted) && entry.type == type && !take(entry)) {
                return Verdict.INVALID;
            }
        }
        if (addresses.isEmpty() && services.isEmpty()) {
            return followed ? Verdict.CNAME_ERROR : Verdict.OTHER;
        }
        if (!services.isEmpty() && count <= MAX_RECORDS) {
            complete(at);
        }
        return Verdict.VALID;
    }

    private boolean take(Entry entry) {
        if (entry.type == DnsQuery.TYPE_SRV) {
            return takeService(entry);
        }
        Address address = address(entry);
        if (address != null) {
            addresses.add(address);
        }
        return address != null;
    }

    /** Null when its length is not that of its type. */
    private Address address(Entry entry) {
        if (entry.end - entry.data != (entry.type == DnsQuery.TYPE_A ? 4 : 16)) {
            return null;
        }
        byte[] bytes = new byte[entry.end - entry.data];
        in.getBytes(entry.data, bytes);
        return Address.ip(bytes, 0);
    }

    /** RFC 2782; the root as target says that the service is not there. */
    private boolean takeService(Entry entry) {
        if (entry.end - entry.data <= SERVICE) {
            return false;
        }
        DnsName target = DnsName.read(in, start, entry.data + SERVICE, limit);
        if (target == null || target.end != entry.end) {
            return false;
        }
        if (!target.text.isEmpty()) {
            services.add(new ServiceRecord(in.getUnsignedShort(entry.data), in.getUnsignedShort(entry.data + 2),
                    in.getUnsignedShort(entry.data + 4), target.text, Address.NONE));
        }
        return true;
    }

    /** Name servers may tell the addresses of targets behind the answer; what is wrong there is only of no use. */
    private void complete(int from) {
        int skipped = in.getUnsignedShort(start + 8);
        int count = Math.min(MAX_RECORDS, skipped + in.getUnsignedShort(start + 10));
        int at = from;
        for (int i = 0; i < count; i++) {
            Entry entry = entry(at);
            if (entry == null) {
                return;
            }
            at = entry.end;
            boolean isAddress = entry.type == DnsQuery.TYPE_A || entry.type == DnsQuery.TYPE_AAAA;
            Address address = i >= skipped && isAddress && entry.dns == DnsQuery.CLASS_IN ? address(entry) : null;
            if (address != null) {
                services.replaceAll(each -> each.target().equals(entry.owner.text)
                        && each.address() == Address.NONE ? each.at(address) : each);
            }
        }
    }
}
