package dev.weir.base.log;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Writes dates the way logs have them. Keeps the text of the last second of each form and the last quarter of an hour's
 * zone offset, since lines come in bursts; time itself is an argument, in microseconds since 1970. Worker-owned.
 */
public final class LogClock {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    /** Offsets change at multiples of this only, in every zone there is. */
    private static final long QUARTER = 900;
    private static final long DAY = 86_400;

    private final ZoneId zone;
    private long quarter = Long.MIN_VALUE;
    private int offset;
    private int year;
    private int month;
    private int day;
    private int secondOfDay;
    private final Cached syslog = new Cached();
    private final Cached iso = new Cached();
    private final Cached log = new Cached();

    private static final class Cached {
        long second = Long.MIN_VALUE;
        final LogLine text = new LogLine();
    }

    public LogClock(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code Feb  6 12:12:09}, local. */
    public void putSyslog(LogLine out, long micros) {
        long second = Math.floorDiv(micros, 1_000_000L);
        if (syslog.second != second) {
            syslog.second = second;
            syslog.text.clear();
            split(second + offset(second));
            putMonth(syslog.text);
            syslog.text.put(' ').put(day < 10 ? ' ' : '0' + day / 10).put('0' + day % 10).put(' ');
            putTime(syslog.text);
        }
        out.put(syslog.text.array(), 0, syslog.text.length());
    }

    /** {@code 2026-11-21T09:09:37.209041+00:00}, local. */
    public void putIso(LogLine out, long micros) {
        long second = Math.floorDiv(micros, 1_000_000L);
        if (iso.second != second) {
            iso.second = second;
            iso.text.clear();
            split(second + offset(second));
            iso.text.putPadded(year, 4).put('-').putPadded(month, 2).put('-').putPadded(day, 2).put('T');
            putTime(iso.text);
        }
        out.put(iso.text.array(), 0, iso.text.length());
        out.put('.').putPadded(micros - second * 1_000_000L, 6);
        putOffset(out, offset(second), true);
    }

    /** {@code 06/Feb/2009:12:12:51.443}, local. */
    public void putMillis(LogLine out, long micros) {
        long second = Math.floorDiv(micros, 1_000_000L);
        if (log.second != second) {
            log.second = second;
            log.text.clear();
            split(second + offset(second));
            putDate(log.text);
        }
        out.put(log.text.array(), 0, log.text.length());
        out.put('.').putPadded((micros - second * 1_000_000L) / 1000, 3);
    }

    /** {@code 06/Feb/2009:12:12:51 +0100}, local or UTC. */
    public void putWithZone(LogLine out, long micros, boolean local) {
        long second = Math.floorDiv(micros, 1_000_000L);
        int shift = local ? offset(second) : 0;
        split(second + shift);
        putDate(out);
        out.put(' ');
        putOffset(out, shift, false);
    }

    /** The year, local. */
    public void putYear(LogLine out, long micros) {
        long second = Math.floorDiv(micros, 1_000_000L);
        split(second + offset(second));
        out.putPadded(year, 4);
    }

    private int offset(long second) {
        long slot = Math.floorDiv(second, QUARTER);
        if (slot != quarter) {
            quarter = slot;
            offset = zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        }
        return offset;
    }

    /** Civil date of a day number; years start in March so that the leap day comes last. */
    private void split(long localSecond) {
        long days = Math.floorDiv(localSecond, DAY);
        secondOfDay = (int) (localSecond - days * DAY);
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * dayOfYear + 2) / 153;
        day = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
        month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    }

    private void putDate(LogLine out) {
        out.putPadded(day, 2).put('/');
        putMonth(out);
        out.put('/').putPadded(year, 4).put(':');
        putTime(out);
    }

    private void putMonth(LogLine out) {
        for (int i = 3 * (month - 1); i < 3 * month; i++) {
            out.put(MONTHS.charAt(i));
        }
    }

    private void putTime(LogLine out) {
        out.putPadded(secondOfDay / 3600, 2).put(':').putPadded(secondOfDay / 60 % 60, 2).put(':')
                .putPadded(secondOfDay % 60, 2);
    }

    private static void putOffset(LogLine out, int seconds, boolean colon) {
        int minutes = Math.abs(seconds) / 60;
        out.put(seconds < 0 ? '-' : '+').putPadded(minutes / 60, 2);
        if (colon) {
            out.put(':');
        }
        out.putPadded(minutes % 60, 2);
    }
}
