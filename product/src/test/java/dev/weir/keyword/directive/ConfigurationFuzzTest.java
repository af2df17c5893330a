package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.config.compile.ConfigurationReader;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.ParsedAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutates real files and lines: whatever comes of it is read to the end, without an exception, and a null
 * configuration goes with an alert.
 */
class ConfigurationFuzzTest {

    private static final String[] PIECES = {"\"", "'", "\\", "$", "${", "}", "[*]", "#", "\0", "\n", "\r", "\t", " ", "-",
        "%[", ")", "(", ",", ":", "@", "/", "0", "99999999999999999999", "-1", "\\x4", "no ", "default ", ".if ", "\u00e9",
        "fd@", "unix@", "::", "bind ", "server ", "listen ", "defaults "};

    private final Random random = new Random(20_260_101L);
    private final List<String> seeds = new ArrayList<>();

    ConfigurationFuzzTest() {
        for (String name : List.of("era-1.5.cfg", "era-3.5.cfg", "offload-haproxy.cfg", "tcp-reload.cfg")) {
            seeds.add(Reading.resource("files/" + name));
        }
        StringBuilder rows = new StringBuilder();
        for (LineRow row : LineRow.all()) {
            rows.append(row.heading()).append(' ').append(row.line()).append('\n');
            if (rows.length() > 3000) {
                seeds.add(rows.toString());
                rows.setLength(0);
            }
        }
    }

    @Test
    void mutatedFilesNeverEndInAnException() {
        assertTrue(files(400) > 0);
    }

    @Test
    void mutatedAddressesNeverEndInAnException() {
        assertTrue(addresses(20_000) > 0);
    }

    /** How many had an error. */
    private int files(int rounds) {
        int broken = 0;
        for (int i = 0; i < rounds; i++) {
            String text = mutate(seeds.get(random.nextInt(seeds.size())), 1 + random.nextInt(8));
            ConfigurationReader reader = Reading.reader(Map.of("A", "1 2"), false);
            boolean failed = reader.read("fuzz", text) == null;
            assertTrue(failed == reader.diagnostics().hasFailed(), text);
            broken += failed ? 1 : 0;
        }
        return broken;
    }

    private int addresses(int rounds) {
        String[] words = {"127.0.0.1:80", "[::1]:80-90", "ipv6@::1:80", "fd@${A}", "unix@/tmp/x", "abns@x", "stream+udp4@:1",
            "quic4@*:443", "a.example:+5", "sockpair@3", "rhttp@be/s", "tcp6@::", "1.2.3.4,5.6.7.8:9"};
        Addresses addresses = new Addresses(new Environment(Map.of("A", "7")), Reading.NAMES);
        int broken = 0;
        for (int i = 0; i < rounds; i++) {
            String word = mutate(words[random.nextInt(words.length)], 1 + random.nextInt(4));
            ParsedAddress parsed = addresses.parse(word, random.nextInt(1 << 12));
            assertTrue(parsed == null == (addresses.error() != null), word);
            if (parsed != null) {
                int port = parsed.address().port();
                assertTrue(parsed.ports() == ParsedAddress.Ports.NONE || port >= -65535 && port <= 65535
                        && parsed.lastPort() >= port, word);
            } else {
                broken++;
            }
        }
        return broken;
    }

    private String mutate(String text, int times) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(out.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> out.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> out.delete(at, Math.min(out.length(), at + 1 + random.nextInt(6)));
                case 2 -> out.setLength(random.nextInt(10) == 0 ? at : out.length());
                case 3 -> out.insert(at, (char) random.nextInt(256));
                default -> {
                    int from = random.nextInt(text.length());
                    out.insert(at, text, from, Math.min(text.length(), from + random.nextInt(40)));
                }
            }
        }
        return out.toString();
    }

    static void fuzz(long seed, int rounds) {
        ConfigurationFuzzTest fuzz = new ConfigurationFuzzTest();
        fuzz.random.setSeed(seed);
        fuzz.files(rounds);
        fuzz.addresses(rounds * 10);
    }
}
