package dev.weir.upkeep.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.address.Address;
import dev.weir.text.Escaped;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsAnswerTest {

    /** H1 is a header with one answer, H2 with two; Q the question a.b A IN at 12; P a pointer to it; A4 record ends. */
    private static byte[] message(String row) {
        return Escaped.bytes(row.replace("H0", "\\x12\\x34\\x81\\x80\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00")
                .replace("H1", "\\x12\\x34\\x81\\x80\\x00\\x01\\x00\\x01\\x00\\x00\\x00\\x00")
                .replace("H2", "\\x12\\x34\\x81\\x80\\x00\\x01\\x00\\x02\\x00\\x00\\x00\\x00")
                .replace("Q", "\\x01a\\x01b\\x00\\x00\\x01\\x00\\x01").replace("P", "\\xc0\\x0c")
                .replace("REC", "\\x00\\x01\\x00\\x01\\x00\\x00\\x00\\x09\\x00\\x04")
                .replace("CN", "\\x00\\x05\\x00\\x01\\x00\\x00\\x00\\x09\\x00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "H1QPREC\\x01\\x02\\x03\\x04|VALID [1.2.3.4:0]", "H2QPREC\\x01\\x02\\x03\\x04PREC\\x05\\x06\\x07\\x08|VALID [1.2.3.4:0, 5.6.7.8:0]",
        "H1Q\\x01A\\x01B\\x00REC\\x01\\x02\\x03\\x04|VALID [1.2.3.4:0]", "H2QPCN\\x04\\x01c\\xc0\\x0e\\x01c\\xc0\\x0eREC\\x01\\x02\\x03\\x04|VALID [1.2.3.4:0]",
        "H2QPCN\\x04\\x01c\\xc0\\x0ePREC\\x01\\x02\\x03\\x04|CNAME_ERROR []", "H1QPCN\\x04\\x01c\\xc0\\x0e|CNAME_ERROR []",
        "H1QPCN\\x02P|CNAME_ERROR []", "H1QPCN\\x03Px|CNAME_ERROR []",
        "H0Q|OTHER []", "H1Q\\x01x\\x00REC\\x01\\x02\\x03\\x04|OTHER []", "H1QPREC\\x01\\x02\\x03|INVALID []", "H1QP\\x00\\x01|INVALID []",
        "H1Q|INVALID []", "H1Q\\xc0\\x15REC\\x01\\x02\\x03\\x04|INVALID []", "H1Q\\xc0\\x16\\xc0\\x14REC\\x01\\x02\\x03\\x04|INVALID []",
        "H1Q\\x40aREC\\x01\\x02\\x03\\x04|INVALID []",
        "H1QP\\x00\\x01\\x00\\x01\\x00\\x00\\x00\\x09\\x00\\x05\\x01\\x02\\x03\\x04\\x05|INVALID []",
        "\\x12\\x34\\x83\\x80\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00Q|TRUNCATED []", "\\x12\\x34\\x81\\x83\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00Q|NX []",
        "\\x12\\x34\\x81\\x85\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00Q|REFUSED []", "\\x12\\x34\\x81\\x82\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00Q|OTHER []",
        "\\x12\\x34\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00Q|FOREIGN []", "\\x12\\x34\\x81\\x80\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00|FOREIGN []",
        "H0\\x01x\\x01b\\x00\\x00\\x01\\x00\\x01|FOREIGN []", "H0\\x01a\\x01b\\x00\\x00\\x1c\\x00\\x01|FOREIGN []", "H0\\xc0\\x0c|FOREIGN []", "x|FOREIGN []"})
    void judgesMessages(String row, String expected) {
        List<Address> found = new ArrayList<>();
        ByteBuf in = Unpooled.buffer().writeZero(7).skipBytes(7).writeBytes(message(row));
        assertEquals(expected, DnsAnswer.addresses(in, "A.b.", DnsQuery.TYPE_A, found) + " " + found);
    }

    /** Q is the question a.b SRV; S begins a record of it, to be followed by its length. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "H1QS\\x0b\\x00\\x01\\x02\\x00\\x00\\x50\\x01T\\xc0\\x0e\\x00|INVALID []",
        "H1QS\\x0a\\x00\\x01\\x02\\x00\\x00\\x50\\x01T\\xc0\\x0e|VALID [1 512 80 t.b 2 none]",
        "H1QS\\x07\\x00\\x01\\x02\\x00\\x00\\x50\\x00|OTHER []", "H1QS\\x06\\x00\\x01\\x02\\x00\\x00\\x50|INVALID []",
        "H1+QS\\x0a\\x00\\x01\\xff\\xff\\x00\\x50\\x01T\\xc0\\x0e\\x01T\\xc0\\x0eREC\\x01\\x02\\x03\\x04|VALID [1 65535 80 t.b 256 1.2.3.4]",
        "H1+QS\\x0a\\x00\\x01\\x00\\x00\\x00\\x50\\x01T\\xc0\\x0e\\x01T\\xc0\\x0eREC\\x01\\x02|VALID [1 0 80 t.b 0 none]"})
    void readsServices(String row, String expected) {
        List<ServiceRecord> found = new ArrayList<>();
        byte[] bytes = message(row.replace("H1+", "\\x12\\x34\\x81\\x80\\x00\\x01\\x00\\x01\\x00\\x00\\x00\\x01")
                .replace("Q", "\\x01a\\x01b\\x00\\x00\\x21\\x00\\x01")
                .replace("S", "\\xc0\\x0c\\x00\\x21\\x00\\x01\\x00\\x00\\x00\\x09\\x00"));
        ByteBuf in = Unpooled.buffer().writeZero(7).skipBytes(7).writeBytes(bytes);
        DnsAnswer.Verdict verdict = DnsAnswer.services(in, "A.b.", DnsQuery.TYPE_SRV, found);
        StringBuilder text = new StringBuilder();
        found.forEach(each -> text.append(each.priority()).append(' ').append(each.weight()).append(' ').append(each.port())
                .append(' ').append(each.target()).append(' ').append(each.serverWeight()).append(' ')
                .append(each.address() == Address.NONE ? "none" : each.address().host()));
        assertEquals(expected, verdict + " [" + text + "]");
    }

    @Test
    void survivesMutations() {
        assertTrue(mutations(2, 50_000) > 100);
    }

    static void fuzz(long seed, int rounds) {
        mutations(seed, rounds);
    }

    private static int mutations(long seed, int rounds) {
        Random random = new Random(seed);
        byte[] good = message("H2QPCN\\x04\\x01c\\xc0\\x0e\\x01c\\xc0\\x0eREC\\x01\\x02\\x03\\x04");
        int valid = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = good.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xc0);
            }
            List<Address> found = new ArrayList<>();
            DnsAnswer.Verdict verdict = DnsAnswer.addresses(Unpooled.wrappedBuffer(bytes, 0, random.nextInt(bytes.length + 1)),
                    "a.b", DnsQuery.TYPE_A, found);
            assertEquals(verdict == DnsAnswer.Verdict.VALID, !found.isEmpty());
            valid += found.size();
        }
        return valid;
    }

    @Test
    void asksWithThePayloadSize() {
        ByteBuf out = Unpooled.buffer();
        assertTrue(DnsQuery.write(out, 0x1234, "Db1.Example.", DnsQuery.TYPE_AAAA, 4096));
        assertEquals("123401000001000000000001" + "03646231" + "076578616d706c65" + "00" + "001c0001"
                + "0000291000000000000000", ByteBufUtil.hexDump(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", ".a", "a b", "\u00e9.x", "a..",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.b"})
    void refusesToAskForWhatIsNoName(String name) {
        ByteBuf out = Unpooled.buffer();
        assertFalse(DnsQuery.write(out, 1, name, DnsQuery.TYPE_A, 512));
        assertEquals(0, out.readableBytes());
    }
}
