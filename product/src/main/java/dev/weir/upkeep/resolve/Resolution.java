package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Keeps one name resolved, as configuration.txt 5.3 says. A round asks all name servers at once; the first valid answer
 * ends it. When all have failed the other family is asked for, then the preferred one again, until the retries are used
 * up; silence is asked again with the same family. A failure counts only when no valid answer came within its
 * {@code hold}. Sockets, time and random numbers come from outside. Conductor-owned.
 */
final class Resolution<R> {

    /**
     * What is asked for and how an answer is understood.
     *
     * @param first the type of record to ask for first
     * @param second the one to ask for when that fails, 0 for none
     * @param key what tells one record from another; a later one with the same key takes the place of the earlier
     */
    record Wanted<R>(int first, int second, Reader<R> reader, Function<R, Object> key) {

        /** Reads one answer. */
        interface Reader<R> {
            DnsAnswer.Verdict read(ByteBuf message, String name, int type, List<R> into);
        }

        /** @param preferred the family to ask for first, that of {@code resolve-prefer} */
        static Wanted<Address> addresses(Family preferred) {
            boolean four = preferred == Family.IPV4;
            return new Wanted<>(four ? DnsQuery.TYPE_A : DnsQuery.TYPE_AAAA, four ? DnsQuery.TYPE_AAAA
                    : DnsQuery.TYPE_A, DnsAnswer::addresses, address -> address);
        }

        static Wanted<ServiceRecord> services() {
            return new Wanted<>(DnsQuery.TYPE_SRV, 0, DnsAnswer::services, ServiceRecord::instance);
        }
    }

    /** A record with when it was last in an answer. */
    private record Known<R>(R record, long atMs) {}

    private static final int IDLE = -1;

    private final String name;
    private final Settings settings;
    private final int nameservers;
    private final Wanted<R> wanted;
    private final DnsSender sender;
    private final ResolutionEvents<R> events;
    private final IntSupplier random;
    private final long[][] counters;
    private final boolean[] answered;
    private final boolean[] cut;

    private final Map<Object, Known<R>> known = new LinkedHashMap<>();

    private int id = IDLE;
    private int type;
    private int triesLeft;
    private int answers;
    private DnsStatus lastError;
    private long lastValidMs = Long.MIN_VALUE;
    private long deadlineMs;

    /**
     * @param settings of the resolvers section, see {@link ResolversSpec}
     * @param counters one array per name server, by the ordinal of {@link DnsCounter}; shared by the section's names
     * @param random for message ids, which must not be guessable
     */
    Resolution(String name, Settings settings, Wanted<R> wanted, long[][] counters, DnsSender sender,
            ResolutionEvents<R> events, IntSupplier random) {
        this.name = name;
        this.settings = settings;
        this.nameservers = counters.length;
        this.wanted = wanted;
        this.counters = counters;
        this.sender = sender;
        this.events = events;
        this.random = random;
        this.answered = new boolean[nameservers];
        this.cut = new boolean[nameservers];
    }

    /** When {@link #tick} wants to be called next. */
    long deadlineMs() {
        return deadlineMs;
    }

    /** Starts a round now unless one is under way: at start, and when a server's check timed out. */
    void start(long nowMs) {
        if (id == IDLE) {
            // what the address was to begin with holds as long as one that was found
            lastValidMs = lastValidMs == Long.MIN_VALUE ? nowMs : lastValidMs;
            type = wanted.first();
            triesLeft = settings.get(ResolversSpec.RETRIES);
            ask(nowMs);
        }
    }

    /** At or after the deadline. */
    void tick(long nowMs) {
        if (nowMs < deadlineMs) {
            return;
        }
        if (id == IDLE) {
            start(nowMs);
            return;
        }
        for (int i = 0; i < nameservers; i++) {
            if (!answered[i]) {
                counters[i][DnsCounter.TIMEOUT.ordinal()]++;
            }
        }
        if (lastError == null) {
            // silence is no reason to ask for the other family
            retry(type, DnsStatus.TIMEOUT, nowMs);
        } else {
            failed(nowMs);
        }
    }

    /** Whether a round is under way that asks with that number. */
    boolean asksWith(int number) {
        return id == number;
    }

    /** A message has come from a name server. The buffer stays the caller's. */
    void received(int nameserver, ByteBuf message, long nowMs) {
        long[] counter = counters[nameserver];
        boolean again = id != IDLE && cut[nameserver];
        if (!again && message.readableBytes() > settings.get(ResolversSpec.PAYLOAD_SIZE)) {
            counter[DnsCounter.TOO_BIG.ordinal()]++;
            return;
        }
        if (id == IDLE || DnsAnswer.id(message) != id || answered[nameserver]) {
            counter[DnsCounter.OUTDATED.ordinal()]++;
            return;
        }
        List<R> found = new ArrayList<>();
        DnsAnswer.Verdict verdict = wanted.reader().read(message, name, type, found);
        counter[verdict.counter.ordinal()]++;
        if (verdict == DnsAnswer.Verdict.FOREIGN) {
            return;
        }
        if (verdict == DnsAnswer.Verdict.TRUNCATED && !again && askOverTcp(nameserver)) {
            return;
        }
        answered[nameserver] = true;
        if (verdict == DnsAnswer.Verdict.VALID) {
            valid(counter, found, nowMs);
            return;
        }
        counter[DnsCounter.ANY_ERR.ordinal()]++;
        lastError = verdict.status;
        if (++answers == nameservers) {
            failed(nowMs);
        }
    }

    /** What did not fit into a datagram is asked for once more, under the same id: the round goes on. */
    private boolean askOverTcp(int nameserver) {
        ByteBuf message = Unpooled.buffer(64);
        DnsQuery.write(message, id, name, type, settings.get(ResolversSpec.PAYLOAD_SIZE));
        cut[nameserver] = sender.sendOverTcp(nameserver, message);
        // silence there is no silence of the name server
        lastError = DnsStatus.OTHER;
        return cut[nameserver];
    }

    private void ask(long nowMs) {
        id = random.getAsInt() & 0xffff;
        answers = 0;
        lastError = null;
        deadlineMs = nowMs + settings.get(ResolversSpec.TIMEOUT_RETRY_MS);
        for (int i = 0; i < nameservers; i++) {
            answered[i] = false;
            cut[i] = false;
            ByteBuf message = Unpooled.buffer(64);
            boolean sent = DnsQuery.write(message, id, name, type, settings.get(ResolversSpec.PAYLOAD_SIZE));
            if (!sent) {
                message.release();
            } else {
                sent = sender.send(i, message);
            }
            counters[i][(sent ? DnsCounter.SENT : DnsCounter.SEND_ERROR).ordinal()]++;
        }
    }

    /** All that answered did so with an error: the other family next, or once more from the preferred one. */
    private void failed(long nowMs) {
        if (type == wanted.first() && wanted.second() != 0) {
            type = wanted.second();
            ask(nowMs);
        } else {
            retry(wanted.first(), lastError, nowMs);
        }
    }

    private void retry(int nextType, DnsStatus reason, long nowMs) {
        type = nextType;
        if (--triesLeft > 0) {
            ask(nowMs);
            return;
        }
        rest(nowMs);
        events.inVain();
        if (nowMs - lastValidMs > holdMs(reason)) {
            known.clear();
            events.status(reason);
        }
    }

    private void rest(long nowMs) {
        id = IDLE;
        deadlineMs = nowMs + settings.get(ResolversSpec.TIMEOUT_RESOLVE_MS);
    }

    private long holdMs(DnsStatus status) {
        return switch (status) {
            case NX -> settings.get(ResolversSpec.HOLD_NX_MS);
            case REFUSED -> settings.get(ResolversSpec.HOLD_REFUSED_MS);
            case TIMEOUT -> settings.get(ResolversSpec.HOLD_TIMEOUT_MS);
            case OTHER -> settings.get(ResolversSpec.HOLD_OTHER_MS);
            case VALID -> settings.get(ResolversSpec.HOLD_VALID_MS);
        };
    }

    private void valid(long[] counter, List<R> found, long nowMs) {
        rest(nowMs);
        lastValidMs = nowMs;
        List<R> before = records();
        for (R record : found) {
            known.put(wanted.key().apply(record), new Known<>(record, nowMs));
        }
        long obsolete = settings.get(ResolversSpec.HOLD_OBSOLETE_MS);
        known.values().removeIf(each -> each.atMs != nowMs && nowMs - each.atMs >= obsolete);
        List<R> now = records();
        if (!now.equals(before)) {
            counter[DnsCounter.UPDATE.ordinal()]++;
        }
        events.records(now);
    }

    private List<R> records() {
        List<R> all = new ArrayList<>(known.size());
        known.values().forEach(each -> all.add(each.record));
        return all;
    }
}
