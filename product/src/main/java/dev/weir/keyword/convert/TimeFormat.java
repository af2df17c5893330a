package dev.weir.keyword.convert;

import dev.weir.model.value.HttpDate;
import dev.weir.model.value.Area;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;

/**
 * A format of strftime(3) as glibc has it in the C locale, in UTC or local time, and {@code %N} for parts of a second.
 * What is no conversion stays as it is. Immutable; allocates nothing per date.
 */
final class TimeFormat {

    private static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    private static final String[] MONTHS = {"January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December"};
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final byte[] DATE_AND_TIME = "%a %b %e %H:%M:%S %Y".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATE = "%m/%d/%y".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ISO_DATE = "%Y-%m-%d".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIME = "%H:%M:%S".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SHORT_TIME = "%H:%M".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIME_12 = "%I:%M:%S %p".getBytes(StandardCharsets.US_ASCII);
    private static final long[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
        1_000_000_000};

    private final byte[] format;
    private final TimeZone zone;
    private final boolean hasFraction;

    TimeFormat(String format, boolean local, boolean hasFraction) {
        this.format = Casts.bytes(format);
        this.zone = local ? TimeZone.getDefault() : null;
        this.hasFraction = hasFraction;
    }

    void append(long seconds, int nanos, Area out) {
        int offset = zone == null ? 0 : zone.getOffset(seconds * 1000) / 1000;
        write(format, new Moment(seconds, offset, nanos), out);
    }

    /** A time taken apart. */
    private static final class Moment {
        final long epoch;
        final int offset;
        final int nanos;
        final long year;
        final int month;
        final int day;
        final int weekday;
        final int yearday;
        final int hour;
        final int minute;
        final int second;

        Moment(long epoch, int offset, int nanos) {
            this.epoch = epoch;
            this.offset = offset;
            this.nanos = nanos;
            long local = epoch + offset;
            long days = Math.floorDiv(local, 86400);
            int rest = (int) Math.floorMod(local, 86400L);
            hour = rest / 3600;
            minute = rest / 60 % 60;
            second = rest % 60;
            weekday = (int) Math.floorMod(days + 4, 7L);
            long shifted = days + 719468;
            long era = Math.floorDiv(shifted, 146097);
            long dayOfEra = shifted - era * 146097;
            long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
            int dayOfYear = (int) (dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
            int shiftedMonth = (5 * dayOfYear + 2) / 153;
            day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
            month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
            year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
            boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            yearday = DAYS_BEFORE[month - 1] + day - 1 + (leap && month > 2 ? 1 : 0);
        }

        /** The week of the year, in weeks that begin that many days after Sunday. */
        int week(int first) {
            return (yearday + 7 - (weekday + 7 - first) % 7) / 7;
        }

        /** The year that the ISO week belongs to. */
        long isoYear() {
            int thursday = yearday - (weekday + 6) % 7 + 3;
            return thursday < 0 ? year - 1 : thursday >= length(year) ? year + 1 : year;
        }

        int isoWeek() {
            int thursday = yearday - (weekday + 6) % 7 + 3;
            if (thursday < 0) {
                thursday += length(year - 1);
            } else if (thursday >= length(year)) {
                thursday -= length(year);
            }
            return thursday / 7 + 1;
        }

        private static int length(long year) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;
        }
    }

    private void write(byte[] pattern, Moment m, Area out) {
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] != '%' || i + 1 == pattern.length) {
                out.put(pattern[i]);
                continue;
            }
            int at = i + 1;
            if (hasFraction && fraction(pattern, at, m, out)) {
                i = pattern[at] == 'N' ? at : at + 1;
                continue;
            }
            // alternatives that the C locale does not have
            if ((pattern[at] == 'E' || pattern[at] == 'O') && at + 1 < pattern.length && isLetter(pattern[at + 1])) {
                at++;
            }
            if (!convert(pattern[at], m, out)) {
                out.put(pattern, i, at - i + 1);
            }
            i = at;
        }
    }

    private static boolean isLetter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** {@code %N}, with a width from 1 to 9. */
    private static boolean fraction(byte[] pattern, int at, Moment m, Area out) {
        int width = 9;
        if (Texts.isDigit(pattern[at]) && at + 1 < pattern.length && pattern[at + 1] == 'N') {
            width = Math.max(pattern[at] - '0', 1);
        } else if (pattern[at] != 'N') {
            return false;
        }
        padded(m.nanos / POWERS[9 - width], width, '0', out);
        return true;
    }

    private boolean convert(byte conversion, Moment m, Area out) {
        switch (conversion) {
            case 'a' -> out.put(DAYS[m.weekday].substring(0, 3));
            case 'A' -> out.put(DAYS[m.weekday]);
            case 'b', 'h' -> out.put(MONTHS[m.month - 1].substring(0, 3));
            case 'B' -> out.put(MONTHS[m.month - 1]);
            case 'c' -> write(DATE_AND_TIME, m, out);
            case 'C' -> padded(Math.floorDiv(m.year, 100), 2, '0', out);
            case 'd' -> padded(m.day, 2, '0', out);
            case 'D', 'x' -> write(DATE, m, out);
            case 'e' -> padded(m.day, 2, ' ', out);
            case 'F' -> write(ISO_DATE, m, out);
            case 'g' -> padded(Math.floorMod(m.isoYear(), 100L), 2, '0', out);
            case 'G' -> out.putNumber(m.isoYear());
            case 'H' -> padded(m.hour, 2, '0', out);
            case 'I' -> padded((m.hour + 11) % 12 + 1, 2, '0', out);
            case 'j' -> padded(m.yearday + 1, 3, '0', out);
            case 'k' -> padded(m.hour, 2, ' ', out);
            case 'l' -> padded((m.hour + 11) % 12 + 1, 2, ' ', out);
            case 'm' -> padded(m.month, 2, '0', out);
            case 'M' -> padded(m.minute, 2, '0', out);
            case 'n' -> out.put('\n');
            case 'p' -> out.put(m.hour < 12 ? "AM" : "PM");
            case 'P' -> out.put(m.hour < 12 ? "am" : "pm");
            case 'r' -> write(TIME_12, m, out);
            case 'R' -> write(SHORT_TIME, m, out);
            case 's' -> out.putNumber(m.epoch);
            case 'S' -> padded(m.second, 2, '0', out);
            case 't' -> out.put('\t');
            case 'T', 'X' -> write(TIME, m, out);
            case 'u' -> out.putNumber((m.weekday + 6) % 7 + 1);
            case 'U' -> padded(m.week(0), 2, '0', out);
            case 'V' -> padded(m.isoWeek(), 2, '0', out);
            case 'w' -> out.putNumber(m.weekday);
            case 'W' -> padded(m.week(1), 2, '0', out);
            case 'y' -> padded(Math.floorMod(m.year, 100L), 2, '0', out);
            case 'Y' -> out.putNumber(m.year);
            case 'z' -> zoneOffset(m.offset, out);
            case 'Z' -> zoneName(m, out);
            case '%' -> out.put('%');
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void zoneOffset(int offset, Area out) {
        int minutes = Math.abs(offset) / 60;
        out.put(offset < 0 ? '-' : '+');
        padded(minutes / 60 * 100L + minutes % 60, 4, '0', out);
    }

    private void zoneName(Moment m, Area out) {
        if (zone == null) {
            out.put("GMT");
        } else {
            boolean summer = m.offset * 1000 != zone.getRawOffset();
            out.put(zone.getDisplayName(summer, TimeZone.SHORT, Locale.ROOT));
        }
    }

    private static void padded(long value, int width, char fill, Area out) {
        for (int digits = width - 1; digits > 0 && value < POWERS[digits] && value >= 0; digits--) {
            out.put(fill);
        }
        out.putNumber(value);
    }
}
