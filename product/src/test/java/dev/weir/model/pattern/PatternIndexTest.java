package dev.weir.model.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.model.value.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Indexes give what a walk over all patterns would give. */
class PatternIndexTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String random(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest); i >= 0; i--) {
            text.append("abA".charAt(random.nextInt(3)));
        }
        return text.toString();
    }

    private static boolean isBeginning(String pattern, String text, boolean ignoreCase) {
        return text.regionMatches(ignoreCase, 0, pattern, 0, pattern.length());
    }

    private static boolean isEnd(String pattern, String text, boolean ignoreCase) {
        return pattern.length() <= text.length() && text.regionMatches(ignoreCase, text.length() - pattern.length(),
                pattern, 0, pattern.length());
    }

    @Test
    void prefixesAndSuffixesAreFoundAsByWalkingOverAll() throws PatternError {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            boolean ignoreCase = random.nextBoolean();
            List<byte[]> keys = new ArrayList<>();
            List<String> patterns = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                patterns.add(random(random, 5));
                keys.add(bytes(patterns.getLast()));
            }
            PatternIndex beginnings = PatternIndexes.build(MatchMethod.BEG, ignoreCase, keys, null);
            PatternIndex ends = PatternIndexes.build(MatchMethod.END, ignoreCase, keys, null);
            PatternIndex whole = PatternIndexes.build(MatchMethod.STR, ignoreCase, keys, null);
            for (int i = 0; i < 40; i++) {
                String text = random(random, 8);
                Sample sample = new Sample();
                sample.string(bytes("xx" + text + "yy"), 2, text.length());
                int longest = -1;
                int first = -1;
                int equal = -1;
                for (int p = patterns.size() - 1; p >= 0; p--) {
                    String pattern = patterns.get(p);
                    if (isBeginning(pattern, text, ignoreCase)
                            && (longest < 0 || pattern.length() >= patterns.get(longest).length())) {
                        longest = p;
                    }
                    first = isEnd(pattern, text, ignoreCase) ? p : first;
                    equal = pattern.length() == text.length() && isBeginning(pattern, text, ignoreCase) ? p : equal;
                }
                assertEquals(longest, beginnings.find(sample), patterns + " beginning " + text);
                assertEquals(first, ends.find(sample), patterns + " end " + text);
                assertEquals(equal, whole.find(sample), patterns + " equal " + text);
            }
        }
    }

    @Test
    void theLongestNetworkWins() throws PatternError {
        List<byte[]> keys = new ArrayList<>();
        for (String key : new String[] {"0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "192.168.0.1/255.255.0.255",
            "2001:db8::/32", "::ffff:11.0.0.0/104", "10.12"}) {
            keys.add(bytes(key));
        }
        PatternIndex index = PatternIndexes.build(MatchMethod.IP, false, keys, null);
        PatternIndex without = PatternIndexes.build(MatchMethod.IP, false, keys.subList(1, 7), null);
        Object[][] rows = {{"10.2.3.4", 1, 1}, {"10.1.9.9", 2, 2}, {"10.1.2.3", 3, 3}, {"10.0.0.12", 7, 1},
            {"9.9.9.9", 0, -1}, {"192.168.77.1", 0, 4}, {"2001:db8::1", 5, 5}, {"2001:db9::1", -1, -1},
            {"::ffff:10.1.2.3", 3, 3}, {"2002:a01:203::", 3, 3}, {"11.1.1.1", 0, 6}};
        for (Object[] row : rows) {
            Sample sample = new Sample();
            byte[] text = bytes((String) row[0]);
            sample.string(text);
            dev.weir.model.value.AddressText.parse(text, 0, text.length, sample);
            assertEquals(row[1], index.find(sample), (String) row[0]);
            int found = without.find(sample);
            assertEquals(row[2], found < 0 ? -1 : found + 1, (String) row[0]);
        }
    }

    @Test
    void aListChangesWhileItIsUsed() throws PatternError {
        PatternReferences lists = new PatternReferences();
        PatternReference list = lists.get("virt@live", true, false);
        PatternView view = list.view(MatchMethod.STR, false, PatternValues.STRING, null);
        PatternView numbers = list.view(MatchMethod.STR, false, PatternValues.STRING, null);
        assertEquals(view, numbers);
        list.add(bytes("a"), bytes("1"));
        list.add(bytes("b"), bytes("2"));
        assertEquals("1", lookup(view, "a"));
        assertEquals(1, list.set(bytes("a"), bytes("9")));
        assertEquals("9", lookup(view, "a"));
        assertEquals(1, list.remove(bytes("a")));
        assertEquals("none", lookup(view, "a"));
        int version = list.prepare();
        assertEquals(true, list.addTo(version, List.of(new PatternEntry(bytes("c"), bytes("3"), 0, version))));
        assertEquals("none", lookup(view, "c"));
        assertEquals(true, list.commit(version));
        assertEquals("3", lookup(view, "c"));
        assertEquals("none", lookup(view, "b"));
        assertEquals(false, list.commit(version));
        list.clear();
        assertEquals("none", lookup(view, "c"));
    }

    private static String lookup(PatternView view, String key) {
        Sample sample = new Sample();
        sample.string(bytes(key));
        return view.lookup(sample) ? sample.toString() : "none";
    }

    @Test
    void expressionsOfTheSystemLibraryMatchAndGiveUp() throws PatternError {
        Regex groups = Pcre2.system().compile(bytes("(a+)(x)?b"), true);
        int[] offsets = new int[20];
        assertEquals(2, groups.match(bytes("__zAAb"), 2, 4, false, offsets));
        assertEquals("1 4 1 3", offsets[0] + " " + offsets[1] + " " + offsets[2] + " " + offsets[3]);
        assertEquals(false, groups.find(bytes("ccc"), 0, 3));
        // a text that would take years: the limit of the library ends it
        Regex slow = Pcre2.system().compile(bytes("^(a+)+$"), false);
        assertEquals(false, slow.find(bytes("a".repeat(60) + "b"), 0, 61));
    }
}
