package dev.weir.wire.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.wire.http.Head;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Header blocks: the examples of RFC 7541, appendix C, what a reader must refuse, and whatever bytes there are. */
class HpackTest {

    /** The fields of blocks of one connection, blocks apart by a bar; {@code bad} for one that cannot be decoded. */
    private static String decode(int tableLimit, String blocks) {
        HpackDecoder decoder = new HpackDecoder(tableLimit);
        StringBuilder text = new StringBuilder();
        for (String block : blocks.split("\\|")) {
            byte[] bytes = HexFormat.of().parseHex(block.replace(" ", ""));
            Head head = new Head();
            decoder.begin(bytes, 0, bytes.length, head);
            text.append(text.isEmpty() ? "" : "|");
            String between = "";
            while (decoder.next()) {
                text.append(between).append(new String(head.area(), decoder.nameAt(),
                        decoder.valueAt() + decoder.valueLength() - decoder.nameAt(), StandardCharsets.ISO_8859_1));
                decoder.keep();
                between = "; ";
            }
            text.append(decoder.isBad() ? "bad" : "");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        // C.2
        "4096 ! 400a637573746f6d2d6b65790d637573746f6d2d686561646572 ! custom-key: custom-header",
        "4096 ! 040c2f73616d706c652f70617468 ! :path: /sample/path",
        "4096 ! 100870617373776f726406736563726574 ! password: secret",
        "4096 ! 82 ! :method: GET",
        // C.3: requests without Huffman, with a table
        "4096 ! 828684410f7777772e6578616d706c652e636f6d | 828684be58086e6f2d6361636865 "
            + "| 828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565 "
            + "! :method: GET; :scheme: http; :path: /; :authority: www.example.com"
            + "|:method: GET; :scheme: http; :path: /; :authority: www.example.com; cache-control: no-cache"
            + "|:method: GET; :scheme: https; :path: /index.html; :authority: www.example.com; "
            + "custom-key: custom-value",
        // C.4: the same with Huffman
        "4096 ! 828684418cf1e3c2e5f23a6ba0ab90f4ff | 828684be5886a8eb10649cbf "
            + "| 828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf "
            + "! :method: GET; :scheme: http; :path: /; :authority: www.example.com"
            + "|:method: GET; :scheme: http; :path: /; :authority: www.example.com; cache-control: no-cache"
            + "|:method: GET; :scheme: https; :path: /index.html; :authority: www.example.com; "
            + "custom-key: custom-value",
        // C.6: answers with a table of 256 bytes, so that entries go
        "256 ! 488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae"
            + "82ae43d3 | 4883640effc1c0bf "
            + "! :status: 302; cache-control: private; date: Mon, 21 Oct 2013 20:13:21 GMT; "
            + "location: https://www.example.com|:status: 307; cache-control: private; "
            + "date: Mon, 21 Oct 2013 20:13:21 GMT; location: https://www.example.com",
        // 2.3.3, 6.1: no such entry
        "4096 ! 80 ! bad", "4096 ! be ! bad", "4096 ! 7f00 01 61 ! bad", "4096 ! ff8001 ! bad",
        // 5.1: numbers that never end, or are beyond all sense
        "4096 ! ffffffffff7f ! bad", "4096 ! ff80808080808080808001 ! bad", "4096 ! ff ! bad",
        "4096 ! 00ff80 ! bad",
        // 5.2: padding of zeroes, of more than seven bits, and the end of a text within one
        "4096 ! 0081 18 01 61 ! bad", "4096 ! 0001 61 82 07ff ! bad", "4096 ! 0001 61 84 ffff ffff ! bad",
        "4096 ! 0001 61 81 00 ! bad", "4096 ! 0005 61 ! bad", "4096 ! 0001 61 02 61 ! bad", "4096 ! 00 ! bad",
        // 4.2 and 6.3: a size of the table beyond the limit, or behind a field; two of them at the front are allowed
        "4096 ! 3fe21f ! bad", "4096 ! 8220 ! :method: GETbad", "4096 ! 203fe11f82 ! :method: GET",
        // 4.3: a table of size nothing forgets
        "4096 ! 4001610161 | 20be ! a: a|bad"})
    void decodes(int tableLimit, String blocks, String fields) {
        assertEquals(fields, decode(tableLimit, blocks));
    }

    @Test
    void everyCodeWordMeansSomething() {
        assertTrue(HpackHuffman.isComplete());
    }

    /** The table gives what was remembered, whatever came and went. */
    @Test
    void theTableFollowsAModel() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int limit = random.nextInt(600);
            HpackTable table = new HpackTable(limit);
            java.util.ArrayDeque<String> model = new java.util.ArrayDeque<>();
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(40) == 0) {
                    limit = random.nextInt(600);
                    table.limit(limit);
                }
                String name = "n".repeat(random.nextInt(20)) + i;
                String value = "v".repeat(random.nextInt(random.nextInt(20) == 0 ? 400 : 60)) + i;
                byte[] n = name.getBytes(StandardCharsets.US_ASCII);
                byte[] v = value.getBytes(StandardCharsets.US_ASCII);
                table.add(n, 0, n.length, v, 0, v.length);
                model.addFirst(name + "=" + value);
                int size = model.stream().mapToInt(e -> e.length() - 1 + 32).sum();
                while (size > limit) {
                    size -= model.removeLast().length() - 1 + 32;
                }
                assertEquals(model.size(), table.count());
                assertEquals(size, table.size());
                int index = 0;
                for (String entry : model) {
                    String found = new String(table.area(), table.nameAt(index), table.nameLength(index),
                            StandardCharsets.US_ASCII) + "=" + new String(table.area(), table.valueAt(index),
                            table.valueLength(index), StandardCharsets.US_ASCII);
                    assertEquals(entry, found);
                    index++;
                }
            }
        }
    }

    /** Nothing but an answer comes of any bytes. */
    @Test
    void survivesAnything() {
        fuzz(1, 20_000);
    }

    static void fuzz(long seed, int rounds) {
        Random random = new Random(seed);
        byte[] good = HexFormat.of().parseHex("828684418cf1e3c2e5f23a6ba0ab90f4ff408825a849e95ba97d7f8925a849e95bb8e8b4bf"
                + "400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
        for (int i = 0; i < rounds; i++) {
            HpackDecoder decoder = new HpackDecoder(random.nextInt(3) * 100);
            for (int blocks = 0; blocks < 4; blocks++) {
                byte[] block = good.clone();
                if (random.nextBoolean()) {
                    random.nextBytes(block);
                } else {
                    for (int changes = random.nextInt(4); changes > 0; changes--) {
                        block[random.nextInt(block.length)] = (byte) random.nextInt(256);
                    }
                }
                Head head = new Head();
                decoder.begin(block, 0, random.nextInt(block.length + 1), head);
                int fields = 0;
                while (decoder.next()) {
                    decoder.keep();
                    fields++;
                }
                assertTrue(fields <= block.length);
            }
        }
    }
}
