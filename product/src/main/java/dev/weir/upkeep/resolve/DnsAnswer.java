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

    private final ByteBuf in;
    private final int start;
    private final int limit;
    private final List<Address> addresses = new ArrayList<>();

    private DnsAnswer(ByteBuf in) {
        this.in = in;
        this.start = in.readerIndex();
        this.limit = in.writerIndex();
    }

    /** The id of a message, or -1 when it is too short to have one. */
    static int id(ByteBuf in) {
        return in.readableBytes() < HEADER ? -1 : in.getUnsignedShort(in.readerIndex());
    }

    /** Reads the message; the addresses of a valid one are added to the list. */
    static Verdict read(ByteBuf in, String name, int type, List<Address> into) {
        DnsAnswer answer = new DnsAnswer(in);
        Verdict verdict = answer.read(DnsName.canonical(name), type);
        if (verdict == Verdict.VALID) {
            into.addAll(answer.addresses);
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

    /** The answer section, in the order of the chain: a server sends each CNAME before what it leads to. */
    private Verdict records(int from, String name, int type) {
        int count = in.getUnsignedShort(start + 6);
        int at = from;
        String wanted = name;
        boolean followed = false;
        for (int i = 0; i < Math.min(count, MAX_RECORDS); i++) {
            DnsName owner = DnsName.read(in, start, at, limit);
            if (owner == null || owner.end + RECORD > limit) {
                return Verdict.INVALID;
            }
            int recordType = in.getUnsignedShort(owner.end);
            int recordClass = in.getUnsignedShort(owner.end + 2);
            int length = in.getUnsignedShort(owner.end + 8);
            int data = owner.end + RECORD;
            if (data + length > limit) {
                return Verdict.INVALID;
            }
            at = data + length;
            boolean ours = recordClass == DnsQuery.CLASS_IN && owner.text.equals(wanted);
            if (ours && recordType == DnsQuery.TYPE_CNAME) {
                DnsName target = DnsName.read(in, start, data, limit);
                if (target == null || target.end != at || !addresses.isEmpty() || target.text.equals(wanted)) {
                    return Verdict.CNAME_ERROR;
                }
                wanted = target.text;
                followed = true;
            } else if (ours && recordType == type) {
                if (length != (type == DnsQuery.TYPE_A ? 4 : 16)) {
                    return Verdict.INVALID;
                }
                byte[] bytes = new byte[length];
                in.getBytes(data, bytes);
                addresses.add(Address.ip(bytes, 0));
            }
        }
        if (addresses.isEmpty()) {
            return followed ? Verdict.CNAME_ERROR : Verdict.OTHER;
        }
        return Verdict.VALID;
    }
}
