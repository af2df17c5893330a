package dev.weir.base.log;

import dev.weir.base.address.Address;
import dev.weir.base.log.SyslogMessage.Field;
import dev.weir.base.log.SyslogMessage.Form;

/**
 * One worker's way to write received messages for one target: filter of levels, sample, header from the message's own
 * fields, length, line end (configuration manual 12.6). A target without a format gets the form that came in. Worker-owned.
 */
public final class ForwardFrame {

    private final LogSpec spec;
    private final LogSample sample;
    private final HostRule hosts;
    private final LogClock clock;
    private final int maxLength;

    public ForwardFrame(LogSpec spec, LogSample sample, HostRule hosts, LogClock clock) {
        this.spec = spec;
        this.sample = sample;
        this.hosts = hosts;
        this.clock = clock;
        this.maxLength = spec.target() == LogSpec.Target.DESCRIPTOR ? spec.maxLength() - 1 : spec.maxLength();
    }

    /**
     * Makes the line, or answers false when this target does not want it.
     *
     * @param sender the address that it came from; what is no IP address is not known
     */
    public boolean frame(LogLine out, SyslogMessage message, Address sender, long micros) {
        if (message.level() > spec.maxLevel() || !sample.take()) {
            return false;
        }
        out.clear();
        header(out, message, sender, micros);
        message.putText(out);
        out.cut(Math.min(maxLength, LogLine.LIMIT - 1));
        out.put('\n');
        return true;
    }

    private void header(LogLine out, SyslogMessage message, Address sender, long micros) {
        int level = Math.max(message.level(), spec.minLevel());
        long priority = message.facility(spec.facility()) * 8L + level;
        switch (spec.framing() == null ? own(message) : spec.framing()) {
            case RFC3164 -> {
                putPriority(out, priority);
                putShortTime(out, message, micros);
                putHost(out, message, sender, "localhost");
                out.put(' ');
                putTag(out, message);
            }
            case LOCAL -> {
                putPriority(out, priority);
                putShortTime(out, message, micros);
                putTag(out, message);
            }
            case RFC5424 -> put5424(out, message, sender, priority, micros);
            case PRIORITY -> putPriority(out, priority);
            case SHORT -> putPriority(out, level);
            case TIMED -> {
                putPriority(out, level);
                putLongTime(out, message, micros);
            }
            case ISO -> putLongTime(out, message, micros);
            default -> { }
        }
    }

    /** What stays closest to how it came: a message that names no host loses more of its header, as with HAProxy. */
    private static LogFraming own(SyslogMessage message) {
        if (!message.hasPriority()) {
            return LogFraming.RAW;
        } else if (!message.has(Field.HOST)) {
            return message.has(Field.APP) ? LogFraming.LOCAL : LogFraming.PRIORITY;
        }
        return message.form() == Form.RFC5424 ? LogFraming.RFC5424 : LogFraming.RFC3164;
    }

    private static void putPriority(LogLine out, long number) {
        out.put('<').putNumber(number).put('>');
    }

    private void put5424(LogLine out, SyslogMessage message, Address sender, long priority, long micros) {
        putPriority(out, priority);
        out.put("1 ");
        if (message.form() == Form.RFC5424 && !message.has(Field.TIME)) {
            // it says that it has none
            out.put("- ");
        } else {
            putLongTime(out, message, micros);
        }
        putHost(out, message, sender, "-");
        for (int i = Field.APP.ordinal(); i <= Field.DATA.ordinal(); i++) {
            out.put(' ');
            putOrDash(out, message, SyslogMessage.FIELDS[i]);
        }
        out.put(' ');
    }

    private static void putOrDash(LogLine out, SyslogMessage message, Field field) {
        if (message.has(field)) {
            message.put(field, out);
        } else {
            out.put('-');
        }
    }

    private void putHost(LogLine out, SyslogMessage message, Address sender, String nobody) {
        boolean named = message.has(Field.HOST);
        boolean known = sender.family().isIp();
        if (named && (hosts != HostRule.REPLACE || !known)) {
            message.put(Field.HOST, out);
            if (hosts == HostRule.APPEND && known) {
                out.put(',').putHost(sender);
            }
        } else if (known && hosts != HostRule.KEEP) {
            out.putHost(sender);
        } else {
            out.put(nobody);
        }
    }

    /** A process without a name is left out, as HAProxy does. */
    private static void putTag(LogLine out, SyslogMessage message) {
        if (!message.has(Field.APP)) {
            return;
        }
        message.put(Field.APP, out);
        if (message.has(Field.PID)) {
            out.put('[');
            message.put(Field.PID, out);
            out.put(']');
        }
        out.put(": ");
    }

    /** {@code Oct 11 22:14:15 }: the message's own, out of a long one where need be, or ours. */
    private void putShortTime(LogLine out, SyslogMessage message, long micros) {
        boolean full = message.form() == Form.RFC5424 && message.has(Field.TIME);
        int month = full ? message.digit(5) * 10 + message.digit(6) : 0;
        if (message.form() == Form.RFC3164) {
            message.put(Field.TIME, out);
        } else if (month < 1 || month > 12) {
            clock.putSyslog(out, micros);
        } else {
            putMonth(out, month);
            int tens = message.at(Field.TIME, 8);
            out.put(' ').put(tens == '0' ? ' ' : tens).put(message.at(Field.TIME, 9)).put(' ');
            putClock(out, message, 11);
        }
        out.put(' ');
    }

    private static void putMonth(LogLine out, int month) {
        int place = 3 * (month - 1);
        for (int i = place; i < place + 3; i++) {
            out.put(SyslogParser.MONTHS.charAt(i));
        }
    }

    /** {@code 2003-10-11T22:14:15Z }: a short date lacks the year, which is ours then, and has no zone. */
    private void putLongTime(LogLine out, SyslogMessage message, long micros) {
        if (!message.has(Field.TIME)) {
            clock.putIso(out, micros);
        } else if (message.form() == Form.RFC5424) {
            message.put(Field.TIME, out);
        } else {
            clock.putYear(out, micros);
            int tens = message.at(Field.TIME, 4);
            out.put('-').putPadded(month(message), 2).put('-').put(tens == ' ' ? '0' : tens)
                    .put(message.at(Field.TIME, 5)).put('T');
            putClock(out, message, 7);
            out.put("-00:00");
        }
        out.put(' ');
    }

    private static int month(SyslogMessage message) {
        for (int month = 1; month <= 12; month++) {
            int place = 3 * (month - 1);
            if (message.at(Field.TIME, 0) == SyslogParser.MONTHS.charAt(place)
                    && message.at(Field.TIME, 1) == SyslogParser.MONTHS.charAt(place + 1)
                    && message.at(Field.TIME, 2) == SyslogParser.MONTHS.charAt(place + 2)) {
                return month;
            }
        }
        return 1;
    }

    private static void putClock(LogLine out, SyslogMessage message, int from) {
        for (int i = from; i < from + 8; i++) {
            out.put(message.at(Field.TIME, i));
        }
    }
}
