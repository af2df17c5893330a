package dev.weir.upkeep.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.address.IpText;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scenarios of configuration.txt 5.3.2 with a clock and name servers made by hand. */
class ResolutionTest {

    private final Settings settings = new Settings();
    private final List<String> log = new ArrayList<>();
    private final long[][] counters = new long[2][DnsCounter.values().length];
    private ByteBuf question;
    private int ids;
    private long now = 10_000;

    private Resolution<Address> resolution(int nameservers) {
        long[][] used = java.util.Arrays.copyOf(counters, nameservers);
        return new Resolution<>("db.example", settings, Resolution.Wanted.addresses(Family.IPV6), used, new DnsSender() {
            @Override
            public boolean send(int server, ByteBuf message) {
                log.add("ask" + server + (message.getUnsignedShort(24) == DnsQuery.TYPE_A ? "A" : "AAAA"));
                question = message;
                return true;
            }

            @Override
            public boolean sendOverTcp(int server, ByteBuf message) {
                log.add("tcp" + server);
                question = message;
                return true;
            }
        }, new ResolutionEvents<>() {
            @Override
            public void records(List<Address> addresses) {
                StringBuilder text = new StringBuilder();
                addresses.forEach(a -> text.append(text.isEmpty() ? "" : "+").append(a.host()));
                log.add(text.toString());
            }

            @Override
            public void status(DnsStatus status) {
                log.add(status.toString());
            }
        }, () -> 1000 + ids++);
    }

    /** The last question turned into an answer with this code and these addresses. */
    private ByteBuf answer(int code, String... addresses) {
        ByteBuf out = Unpooled.buffer().writeShort(question.getShort(0)).writeShort(0x8180 | code).writeShort(1)
                .writeShort(addresses.length).writeInt(0).writeBytes(question, 12, question.readableBytes() - 12 - 11);
        for (String address : addresses) {
            byte[] bytes = IpText.parse(address).ipBytes();
            out.writeShort(0xc00c).writeShort(bytes.length == 4 ? 1 : 28).writeShort(1).writeInt(60)
                    .writeShort(bytes.length).writeBytes(bytes);
        }
        return out;
    }

    /** Steps: cN a cut answer, nN answer code of server N, tick to the deadline, wait milliseconds, vN addresses from server N. */
    private String run(int nameservers, String script) {
        Resolution<Address> resolution = resolution(nameservers);
        resolution.start(now);
        for (String step : script.split(" ")) {
            int server = step.length() > 1 ? step.charAt(1) - '0' : 0;
            switch (step.charAt(0)) {
                case 't' -> {
                    now = Math.max(now, resolution.deadlineMs());
                    resolution.tick(now);
                }
                case 'w' -> now += Long.parseLong(step.substring(1));
                case 'c' -> {
                    ByteBuf cut = answer(0);
                    resolution.received(server, cut.setByte(2, cut.getByte(2) | 2), now);
                }
                case 'n' -> resolution.received(server, answer(step.charAt(2) - '0'), now);
                default -> resolution.received(server, answer(0, step.substring(2).split(",")), now);
            }
        }
        return String.join(" ", log);
    }

    @ParameterizedTest
    @CsvSource({
        // the first valid answer counts, later ones do not
        "2, v0::1 v1::2, ask0AAAA ask1AAAA ::1", "2, n03 v1::1, ask0AAAA ask1AAAA ::1",
        // all failed: the other family, then the preferred one again, until the retries are used up; what the address
        // was to begin with holds for a while
        "1, n03 v01.2.3.4, ask0AAAA ask0A 1.2.3.4",
        "1, n03 n03 n03 n03 n03 w40000 n03, ask0AAAA ask0A ask0AAAA ask0A ask0AAAA ask0A NX",
        "2, n03 n15 n05 n13 v01.1.1.1, ask0AAAA ask1AAAA ask0A ask1A ask0AAAA ask1AAAA",
        // an error and silence: the other family; the last error is what is reported
        "2, n03 t, ask0AAAA ask1AAAA ask0A ask1A", "1, n03 n05 n03 n05 n03 w40000 n05, ask0AAAA ask0A ask0AAAA ask0A ask0AAAA ask0A REFUSED",
        // silence: the same family again
        "1, t t w40000 t, ask0AAAA ask0AAAA ask0AAAA TIMEOUT", "1, t t t, ask0AAAA ask0AAAA ask0AAAA", "1, n02 n02 n02 n02 n02 w40000 n02, ask0AAAA ask0A ask0AAAA ask0A ask0AAAA ask0A OTHER",
        // an answer that was cut is asked for over TCP, once; silence there is a failure of that name server
        "1, c0 v0::1, ask0AAAA tcp0 ::1", "1, c0 c0, ask0AAAA tcp0 ask0A", "1, c0 t, ask0AAAA tcp0 ask0A",
        "2, c0 v1::1 v0::2, ask0AAAA ask1AAAA tcp0 ::1",
        // a new round after timeout resolve
        "1, v0::1 t v0::2, ask0AAAA ::1 ask0AAAA ::2", "1, t t w40000 t t, ask0AAAA ask0AAAA ask0AAAA TIMEOUT ask0AAAA"})
    void followsTheManual(int nameservers, String script, String expected) {
        // an answer of the wrong family has a question of the family asked for: it is none
        assertEquals(expected, run(nameservers, script));
    }

    @Test
    void holdsAValidAnswerAgainstFailures() {
        settings.set(ResolversSpec.HOLD_TIMEOUT_MS, 5000, Place.BUILT_IN);
        assertEquals("ask0AAAA ::1 ask0AAAA ask0AAAA ask0AAAA ask0AAAA ask0AAAA ask0AAAA TIMEOUT", run(1, "v0::1 t t t t t t t t"));
    }

    @Test
    void keepsMissingAddressesUntilTheyAreObsolete() {
        settings.set(ResolversSpec.HOLD_OBSOLETE_MS, 1500, Place.BUILT_IN);
        assertEquals("ask0AAAA ::1+::2 ask0AAAA ::1+::2+::3 ask0AAAA ::2+::3", run(1, "v0::1,::2 t v0::2,::3 t v0::2"));
    }

    @Test
    void dropsMissingAddressesAtOnceByDefault() {
        assertEquals("ask0AAAA ::1+::2 ask0AAAA ::2", run(1, "v0::1,::2 t v0::2"));
        assertEquals(2, counters[0][DnsCounter.UPDATE.ordinal()]);
    }

    @Test
    void countsAndIgnoresWhatIsNotAnAnswerToTheQuestion() {
        Resolution<Address> resolution = resolution(2);
        resolution.start(now);
        ByteBuf foreign = answer(0, "::1");
        foreign.setShort(0, 7);
        resolution.received(0, foreign, now);
        settings.set(ResolversSpec.PAYLOAD_SIZE, 40, Place.BUILT_IN);
        resolution.received(0, answer(0, "::1", "::2"), now);
        settings.set(ResolversSpec.PAYLOAD_SIZE, 512, Place.BUILT_IN);
        resolution.received(0, answer(3), now);
        resolution.received(0, answer(3), now);
        resolution.received(1, answer(0, "::1"), now);
        resolution.received(1, answer(0, "::1"), now);
        assertEquals("ask0AAAA ask1AAAA ::1", String.join(" ", log));
        long[] first = counters[0];
        assertEquals(List.of(1L, 1L, 1L, 2L), List.of(first[DnsCounter.TOO_BIG.ordinal()], first[DnsCounter.NX.ordinal()],
                first[DnsCounter.SENT.ordinal()], first[DnsCounter.OUTDATED.ordinal()]));
        assertEquals(1, counters[1][DnsCounter.OUTDATED.ordinal()]);
    }

    @Test
    void asksWithAFreshIdEachTime() {
        Resolution<Address> resolution = resolution(1);
        resolution.start(now);
        int first = question.getUnsignedShort(0);
        resolution.start(now);
        assertEquals(1, log.size());
        resolution.tick(resolution.deadlineMs());
        assertNotEquals(first, question.getUnsignedShort(0));
    }
}
