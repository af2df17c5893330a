package dev.weir.keyword.directive;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.log.LogFraming;
import dev.weir.base.log.LogSpec;
import dev.weir.base.log.LogSpec.Target;
import dev.weir.config.compile.Draft;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.ParsedAddress.Transport;
import dev.weir.config.lang.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads one {@code log <target> ... <facility> [<level> [<minlevel>]]} line. Boot's thread. */
final class LogLineReader {

    private static final String[] FACILITIES = {"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news",
        "uucp", "cron", "auth2", "ftp", "ntp", "audit", "alert", "cron2", "local0", "local1", "local2", "local3",
        "local4", "local5", "local6", "local7"};
    private static final String[] LEVELS = {"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"};
    private static final int SYSLOG_PORT = 514;
    private static final int DEFAULT_LENGTH = 1024;
    private static final int TARGET = Addresses.DATAGRAM | Addresses.STREAM | Addresses.DATAGRAM_FIRST
            | Addresses.DESCRIPTOR;

    private final Statement line;
    private final Draft draft;
    private int at = 2;
    private Target target;
    private Address address;
    private String name;
    private LogFraming framing;
    private int maxLength = DEFAULT_LENGTH;
    private final List<int[]> sample = new ArrayList<>();
    private int sampleSize;
    private String profile;

    LogLineReader(Statement line, Draft draft) {
        this.line = line;
        this.draft = draft;
    }

    /** Null when the line is wrong. */
    LogSpec read(String expected) {
        if (!line.has(1) || !line.has(2)) {
            return fail(line.count(), "expects " + expected);
        }
        if (line.word(1).equals("global")) {
            // more than the word alone, so that it would have to be a target of that name
            return fail(2, "unknown log facility '" + line.word(2) + "'");
        }
        if (!target(line.word(1)) || !options()) {
            return null;
        }
        int facility = indexOf(FACILITIES, line.word(at));
        if (facility < 0) {
            return fail(at, "unknown log facility '" + line.word(at) + "'");
        }
        int max = 7;
        int min = 0;
        if (line.has(at + 1)) {
            max = indexOf(LEVELS, line.word(at + 1));
            if (max < 0) {
                return fail(at + 1, "unknown optional log level '" + line.word(at + 1) + "'");
            }
        }
        if (line.has(at + 2)) {
            min = indexOf(LEVELS, line.word(at + 2));
            if (min < 0) {
                return fail(at + 2, "unknown optional minimum log level '" + line.word(at + 2) + "'");
            }
        }
        if (line.has(at + 3)) {
            return fail(at + 3, "cannot handle unexpected argument '" + line.word(at + 3) + "'");
        }
        // no framing yet: what the default is depends on log-send-hostname, wherever that stands
        return new LogSpec(target, address, name, framing, facility, max, min, maxLength, List.copyOf(sample),
                sampleSize, profile, line.place());
    }

    private LogSpec fail(int word, String message) {
        line.alert(word, "log : " + message);
        return null;
    }

    private boolean target(String word) {
        switch (word) {
            case "stdout", "stderr" -> {
                target = Target.DESCRIPTOR;
                address = Address.descriptor(Family.FD, word.equals("stdout") ? 1 : 2);
                return true;
            }
            default -> { }
        }
        name = word;
        if (word.startsWith("ring@") || word.startsWith("backend@")) {
            target = word.startsWith("ring@") ? Target.RING : Target.BACKEND;
            name = word.substring(word.indexOf('@') + 1);
            address = Address.NONE;
            return true;
        }
        ParsedAddress parsed = draft.addresses().parse(word, TARGET);
        if (parsed == null) {
            fail(1, draft.addresses().error());
            return false;
        }
        address = parsed.address();
        boolean stream = parsed.transport() != Transport.DATAGRAM && address.family() != Family.FD;
        target = stream ? Target.STREAM : address.family() == Family.FD ? Target.DESCRIPTOR
                : address.family().isIp() ? Target.UDP : Target.UNIX_DATAGRAM;
        if (address.family().isIp() && address.port() == 0) {
            address = address.withPort(SYSLOG_PORT);
        }
        return true;
    }

    private boolean options() {
        while (true) {
            String value = line.word(at + 1);
            switch (line.word(at)) {
                case "len" -> {
                    long length = Numbers.integer(value, -1);
                    if (length < 80 || length > 65535) {
                        fail(at + 1, "invalid log length '" + value + "', must be between 80 and 65535");
                        return false;
                    }
                    maxLength = (int) length;
                }
                case "format" -> {
                    framing = framing(value);
                    if (framing == null) {
                        fail(at + 1, "unknown log format '" + value + "'");
                        return false;
                    }
                }
                case "sample" -> {
                    if (!sample(value)) {
                        return false;
                    }
                }
                case "profile" -> {
                    if (!line.has(at + 1)) {
                        fail(at, "expects a log-profile name after 'profile'");
                        return false;
                    }
                    profile = value;
                }
                default -> {
                    return true;
                }
            }
            at += 2;
        }
    }

    static LogFraming framing(String word) {
        return switch (word) {
            case "local" -> LogFraming.LOCAL;
            case "rfc3164" -> LogFraming.RFC3164;
            case "rfc5424" -> LogFraming.RFC5424;
            case "priority" -> LogFraming.PRIORITY;
            case "short" -> LogFraming.SHORT;
            case "timed" -> LogFraming.TIMED;
            case "iso" -> LogFraming.ISO;
            case "raw" -> LogFraming.RAW;
            default -> null;
        };
    }

    /** {@code 1,3-5:8}: the first and the third to fifth of every eight. */
    private boolean sample(String word) {
        int colon = word.indexOf(':');
        if (colon < 0) {
            fail(at + 1, "Missing sample size");
            return false;
        }
        String ranges = word.substring(0, colon);
        int highest = 0;
        for (String range : ranges.split(",", -1)) {
            int dash = range.indexOf('-');
            long low = Numbers.integer(dash < 0 ? range : range.substring(0, dash), -1);
            long high = dash < 0 ? low : Numbers.integer(range.substring(dash + 1), -1);
            if (low < 1 || high < low || high > Integer.MAX_VALUE) {
                fail(at + 1, "wrong sample range '" + range + "'");
                return false;
            }
            for (int[] other : sample) {
                if (low <= other[1] && other[0] <= high) {
                    fail(at + 1, "ranges are overlapping");
                    return false;
                }
            }
            sample.add(new int[] {(int) low, (int) high});
            highest = Math.max(highest, (int) high);
        }
        String size = word.substring(colon + 1);
        long number = Numbers.integer(size, -1);
        if (number < 1 || number > Integer.MAX_VALUE) {
            fail(at + 1, "wrong sample size '" + size + "' for sample range '" + ranges + "'");
            return false;
        } else if (number < highest) {
            fail(at + 1, "sample size " + number + " should be greater or equal to " + highest
                    + " the maximum of the high ranges limits");
            return false;
        }
        sampleSize = (int) number;
        return true;
    }

    private static int indexOf(String[] words, String word) {
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals(word)) {
                return i;
            }
        }
        return -1;
    }
}
