package dev.weir.wire.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadTest {

    private static final HeaderName X = HeaderName.of("X");
    private static final HeaderName Y = HeaderName.of("y");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String value(HeaderList list, int index) {
        return new String(list.area(), list.valueAt(index), list.valueLength(index), StandardCharsets.ISO_8859_1);
    }

    private static String text(HeaderList list) {
        StringBuilder out = new StringBuilder();
        int size = 0;
        int count = 0;
        for (int i = list.first(); i >= 0; i = list.after(i)) {
            String name = new String(list.area(), list.nameAt(i), list.nameLength(i), StandardCharsets.ISO_8859_1);
            out.append(name).append('=').append(value(list, i)).append(' ');
            size += name.length() + list.valueLength(i) + 4;
            count++;
        }
        assertEquals(size, list.size());
        assertEquals(count, list.headers());
        return out.toString().trim();
    }

    private static Head head(String... pairs) {
        Head head = new Head();
        for (String pair : pairs) {
            String[] part = pair.split("=", -1);
            assertTrue(head.add(HeaderName.of(part[0]), bytes(part[1])));
        }
        return head;
    }

    @Test
    void editsByMarks() {
        Head head = head("x=1", "y=2", "x=3", "z=4");
        int y = head.find(Y);
        head.delete(head.find(X));
        assertEquals("y=2 x=3 z=4", text(head));
        assertEquals("2", value(head, y));
        assertTrue(head.replaceValue(y, bytes("longer"), 0, 6));
        assertEquals("y=longer x=3 z=4", text(head));
        assertTrue(head.set(X, head.area(), head.valueAt(y), head.valueLength(y)));
        assertEquals("y=longer z=4 x=longer", text(head));
        assertEquals(1, head.deleteAll(X));
        assertEquals(-1, head.find(X));
        assertTrue(head.addNumber(X, 9_223_372_036_854_775_807L) && head.addNumber(Y, 0));
        assertEquals("y=longer z=4 x=9223372036854775807 y=0", text(head));
        assertEquals("0", value(head, head.findLast(Y)));
    }

    @Test
    void refusesWhatHasNoRoomAndChangesNothing() {
        Head head = head("x=1");
        head.limit(head.size() + 7);
        assertFalse(head.add(Y, bytes("123")));
        assertFalse(head.set(X, bytes("123"), 0, 3));
        assertFalse(head.replaceValue(head.find(X), bytes("12345678901"), 0, 11));
        assertEquals("x=1", text(head));
        assertTrue(head.add(Y, bytes("12")));
    }

    @Test
    void lowersNamesThatComeFromElsewhere() {
        Head head = head("x=1");
        assertTrue(head.add(bytes("..New-NAME"), 2, 8, bytes("v"), 0, 1));
        assertEquals("x=1 new-name=v", text(head));
        assertEquals(1, head.find(HeaderName.of("New-Name")));
    }

    /** Random edits against a plain list of pairs. */
    @Test
    void agreesWithAPlainList() {
        Random random = new Random(7);
        HeaderName[] names = {X, Y, HeaderName.HOST, HeaderName.of("a-longer-name")};
        for (int round = 0; round < 300; round++) {
            Head head = new Head();
            List<String[]> model = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                HeaderName name = names[random.nextInt(names.length)];
                String text = "v".repeat(random.nextInt(60)) + step;
                byte[] value = bytes(text);
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        head.add(name, value);
                        model.add(new String[] {name.toString(), text});
                    }
                    case 2 -> {
                        head.set(name, value, 0, value.length);
                        model.removeIf(p -> p[0].equals(name.toString()));
                        model.add(new String[] {name.toString(), text});
                    }
                    default -> {
                        int index = head.find(name);
                        if (index >= 0 && random.nextBoolean()) {
                            head.delete(index);
                            model.remove(first(model, name));
                        } else if (index >= 0) {
                            head.replaceValue(index, value, 0, value.length);
                            model.get(first(model, name))[1] = text;
                        }
                    }
                }
            }
            StringBuilder expected = new StringBuilder();
            model.forEach(p -> expected.append(p[0]).append('=').append(p[1]).append(' '));
            assertEquals(expected.toString().trim(), text(head));
        }
    }

    private static int first(List<String[]> model, HeaderName name) {
        int i = 0;
        while (!model.get(i)[0].equals(name.toString())) {
            i++;
        }
        return i;
    }

    @Test
    void recyclesHeadsAndGivesBigOnesBack() {
        Heads heads = new Heads();
        Head head = heads.take();
        head.add(X, new byte[100_000]);
        heads.give(head);
        assertSame(head, heads.take());
        assertEquals(0, head.headers());
        assertTrue(head.area().length < 20_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"a , b|[a][b]", "a|[a]", "~~|[]", ",|[][]", "a,,b,|[a][][b][]",
        "\"a,b\" , c|[\"a,b\"][c]", "\"a\\\",b\",c|[\"a\\\",b\"][c]", "\"a,b|[\"a,b]", "\"a\\|[\"a\\]"})
    void findsElements(String value, String expected) {
        byte[] area = bytes("." + value);
        ListCursor cursor = new ListCursor();
        cursor.over(area, 1, area.length - 1);
        assertEquals(expected, elements(cursor));
    }

    @Test
    void findsElementsOfAllHeadersOfAName() {
        ListCursor cursor = new ListCursor();
        cursor.over(head("x=a, b", "y=no", "x=", "x=c"), X);
        assertEquals("[a][b][][c]", elements(cursor));
        cursor.over(head("y=1"), X);
        assertEquals("", elements(cursor));
    }

    private static String elements(ListCursor cursor) {
        StringBuilder out = new StringBuilder();
        while (cursor.advance()) {
            out.append('[').append(new String(cursor.area(), cursor.at(), cursor.length(), StandardCharsets.ISO_8859_1))
                    .append(']');
        }
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({"GET,GET", "HEAD,HEAD", "get,OTHER", "P,OTHER", "POST,POST", "PUT,PUT", "PATCH,PATCH", "CONNECT,CONNECT",
        "GETX,OTHER", "OTHER,OTHER"})
    void knowsMethods(String text, Method expected) {
        assertEquals(expected, Method.of(bytes(text), 0, text.length()));
    }

    @Test
    void searchesWithoutLookingBehindTheEnd() {
        byte[] area = bytes("0123456789abcdefX");
        for (int from = 0; from <= 16; from++) {
            for (int to = from; to <= 17; to++) {
                for (int i = 0; i < 17; i++) {
                    assertEquals(i >= from && i < to ? i : -1, Octets.indexOf(area, from, to, area[i]));
                }
            }
        }
        assertEquals(-1, Octets.indexOf(bytes("\n1234567\u00f1"), 1, 9, (byte) 'q'));
    }
}
