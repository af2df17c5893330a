package dev.weir.keyword.directive;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.KeyType;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.model.stick.StickTableSpec.ServerKey;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@code stick-table} line, or a {@code table} line of a peers section (configuration manual 11.1). */
final class StickTableLine {

    private static final long MOST_ENTRIES = 0xffff_ffffL;
    /** A key must fit into what an expression can give. */
    private static final long LONGEST_KEY = 1 << 20;

    private final Statement line;
    private final String called;
    private final String peersSection;
    private final List<StickTableSpec.Stored> stored = new ArrayList<>();
    private int at;
    private String error;
    private KeyType type;
    private long keyLength;
    private long size;
    private int expireMs;
    private boolean noPurge;
    private boolean receiveOnly;
    private String peers;
    private String writeTo;
    private ServerKey serverKey = ServerKey.NAME;
    private int bytesPerCount = 1;

    private StickTableLine(Statement line, int from, String called, String peersSection) {
        this.line = line;
        this.at = from;
        this.called = called;
        this.peersSection = peersSection;
        this.peers = peersSection;
    }

    /** The table of a proxy; null when the line is wrong, which was said. */
    static StickTableSpec ofProxy(Statement line, String proxy) {
        return new StickTableLine(line, 1, "stick-table", null).read(proxy);
    }

    /** A table of a peers section. */
    static StickTableSpec ofPeers(Statement line, String section) {
        return new StickTableLine(line, 2, "table", section).read(section + "/" + line.word(1));
    }

    private StickTableSpec read(String name) {
        while (error == null && at < line.count() && !line.word(at).isEmpty()) {
            argument(line.word(at), line.word(at + 1));
        }
        if (error == null && size == 0) {
            fail(": missing size.");
        }
        if (error == null && type == null) {
            fail(": missing type.");
        }
        if (error != null) {
            report();
            return null;
        }
        return new StickTableSpec(name, type, (int) keyLength, size, expireMs, noPurge, receiveOnly,
                List.copyOf(stored), peers, writeTo, serverKey, bytesPerCount, line.place());
    }

    private void report() {
        if (error.startsWith("^")) {
            line.alertTight(at, error.substring(1));
        } else {
            line.alert(at, error);
        }
    }

    private void fail(String what) {
        error = called + what;
    }

    private void argument(String word, String value) {
        switch (word) {
            case "type" -> type(value);
            case "size" -> size(value);
            case "expire" -> expire(value);
            case "store" -> new StoreWords(value).read();
            case "srvkey" -> serverKey(value);
            case "brates-factor" -> factor(value);
            case "nopurge" -> noPurge = true;
            case "recv-only" -> receiveOnly = true;
            case "write-to" -> writeTo = given(word, value);
            case "peers" -> {
                if (peersSection != null) {
                    fail(": unknown argument 'peers'.");
                    return;
                }
                peers = given(word, value);
            }
            default -> fail(": unknown argument '" + word + "'.");
        }
        at += word.equals("nopurge") || word.equals("recv-only") ? 1 : error == null ? 2 : 0;
    }

    private String given(String word, String value) {
        if (value.isEmpty()) {
            fail(": missing argument after '" + word + "'.");
        }
        return value;
    }

    private void type(String word) {
        type = KeyType.named(word);
        if (type == null) {
            fail(": unknown type '" + word + "'.");
            return;
        }
        keyLength = type.defaultLength();
        if (type.isText() && line.word(at + 2).equals("len")) {
            at += 2;
            keyLength = Numbers.leading(line.word(at + 1));
            if (keyLength <= 0 || keyLength > LONGEST_KEY) {
                fail(": unknown type '" + line.word(at + 1) + "'.");
            }
        }
    }

    private void size(String value) {
        if (given("size", value).isEmpty()) {
            return;
        }
        size = Numbers.size(value);
        if (size == Numbers.OVERFLOW || size > MOST_ENTRIES) {
            fail(": unexpected character '" + value.charAt(value.length() - 1) + "' in argument of 'size'.");
        } else if (size < 0) {
            fail(": unexpected character '" + Numbers.culprit(value, size) + "' in argument of 'size'.");
        }
    }

    private void expire(String value) {
        if (given("expire", value).isEmpty()) {
            return;
        }
        long ms = Numbers.millis(value);
        if (ms == Numbers.OVERFLOW) {
            error = "^" + called + ": timer overflow in argument <" + value
                    + "> to <expire>, maximum value is 2147483647 ms (~24.8 days).";
        } else if (ms < 0) {
            fail(": unexpected character '" + Numbers.culprit(value, ms) + "' in argument of 'expire'.");
        } else {
            expireMs = (int) ms;
        }
    }

    private void serverKey(String value) {
        switch (value) {
            case "name" -> serverKey = ServerKey.NAME;
            case "addr" -> serverKey = ServerKey.ADDRESS;
            default -> fail(" : unknown server key type '" + value + "'.");
        }
    }

    private void factor(String value) {
        if (given("brates-factor", value).isEmpty()) {
            return;
        }
        long factor = Numbers.integer(value, 0);
        if (factor < 1 || factor > 1024) {
            fail(": argument of 'brates-factor' must be greater than 0 and lower than or equal to 1024.");
        }
        bytesPerCount = (int) factor;
    }

    /** What follows {@code store}: types between commas, with arguments between parentheses. */
    private final class StoreWords {

        private final String text;
        private int from;

        StoreWords(String text) {
            this.text = text;
        }

        void read() {
            while (error == null && from < text.length()) {
                one();
            }
        }

        private void one() {
            int end = from;
            while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '(') {
                end++;
            }
            String name = text.substring(from, end);
            String arguments = null;
            boolean closed = true;
            if (end < text.length() && text.charAt(end) == '(') {
                int close = text.indexOf(')', end);
                closed = close >= 0;
                arguments = text.substring(end + 1, closed ? close : text.length());
                end = closed ? close : text.length();
            }
            // what stands between a parenthesis and the comma is not looked at, as in HAProxy
            int comma = text.indexOf(',', end);
            from = comma < 0 ? text.length() : comma + 1;
            DataType named = DataType.named(name);
            if (!closed) {
                fail(": missing closing parenthesis after store option '" + name + "'.");
            } else if (named == null) {
                fail(": unknown store option '" + name + "'.");
            } else {
                add(name, named, arguments);
            }
        }

        private void add(String name, DataType named, String arguments) {
            if (isArgumentWrong(name, named, arguments)) {
                return;
            }
            String[] words = arguments == null ? new String[0] : arguments.split(",", -1);
            long elements = named.isArray() ? Numbers.leading(words[0]) : 1;
            if (elements < 1 || elements > DataType.MAX_ELEMENTS) {
                fail(": array size is out of allowed range (1-100) for store option '" + name + "'.");
                return;
            }
            long period = named.isRate() ? Numbers.millis(words[named.isArray() ? 1 : 0]) : 0;
            if (period < 0) {
                fail(": error when processing store option '" + name + "'.");
            } else if (stores(named)) {
                line.report(Level.WARNING, at, "parsing [" + line.place() + "]: " + called
                        + ": store option '" + name + "' already enabled, ignored.", null);
            } else {
                stored.add(new StickTableSpec.Stored(named, (int) elements, (int) period));
                refuseBothForms();
            }
        }

        private boolean isArgumentWrong(String name, DataType named, String arguments) {
            boolean takes = named.isArray() || named.isRate();
            if (!takes && arguments != null) {
                fail(": unexpected argument to store option '" + name + "'.");
            } else if (takes && (arguments == null || named == DataType.GPC_RATE && arguments.indexOf(',') < 0)) {
                fail(": missing argument to store option '" + name + "'.");
            }
            return error != null;
        }

        private void refuseBothForms() {
            refuse(DataType.GPT, "gpt0", DataType.GPT0, DataType.GPT0);
            refuse(DataType.GPC, "gpc[0/1]", DataType.GPC0, DataType.GPC1);
            refuse(DataType.GPC_RATE, "gpc[0/1]_rate", DataType.GPC0_RATE, DataType.GPC1_RATE);
        }

        private void refuse(DataType array, String oldNames, DataType first, DataType second) {
            if (error == null && stores(array) && (stores(first) || stores(second))) {
                fail(": simultaneous usage of '" + array.text() + "' and '" + oldNames
                        + "' in a same table is not permitted as '" + array.text() + "' overrides '" + oldNames + "'.");
            }
        }

        private boolean stores(DataType wanted) {
            return stored.stream().anyMatch(each -> each.type() == wanted);
        }
    }
}
