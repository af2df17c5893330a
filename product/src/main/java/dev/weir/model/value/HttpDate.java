package dev.weir.model.value;

import java.nio.charset.StandardCharsets;

/** Reads the three forms of dates in HTTP headers (RFC 9110 5.6.7): IMF, RFC 850 and asctime. */
public final class HttpDate {

    public static final long INVALID = Long.MIN_VALUE;

    private static final byte[] MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);

    private final byte[] text;
    private final int end;
    private int at;

    private HttpDate(byte[] text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end;
    }

    public static long parse(byte[] text, int from, int end) {
        return new HttpDate(text, from, end).read();
    }

    private long read() {
        int name = letters();
        if (name < 3) {
            return INVALID;
        }
        if (!take(',')) {
            return take(' ') ? asctime() : INVALID;
        }
        if (!take(' ')) {
            return INVALID;
        }
        int day = number(2);
        char dash = at < end && text[at] == '-' ? '-' : ' ';
        int month = take(dash) ? month() : 0;
        int year = take(dash) ? number(dash == '-' ? 2 : 4) : -1;
        if (dash == '-' && year >= 0) {
            // two digits: the nearest century, as the sliding window of RFC 9110 has it for long to come
            year += year < 70 ? 2000 : 1900;
        }
        long time = take(' ') ? clock() : -1;
        boolean zone = take(' ') && take('G') && take('M') && take('T') && at == end;
        return zone ? seconds(year, month, day, time) : INVALID;
    }

    private long asctime() {
        int month = month();
        boolean blank = take(' ');
        boolean padded = take(' ');
        int day = blank ? number(padded ? 1 : 2) : -1;
        long time = take(' ') ? clock() : -1;
        int year = take(' ') ? number(4) : -1;
        return at == end ? seconds(year, month, day, time) : INVALID;
    }

    private static long seconds(int year, int month, int day, long time) {
        if (year < 0 || month < 1 || day < 1 || day > 31 || time < 0) {
            return INVALID;
        }
        return daysOf(year, month, day) * 86400 + time;
    }

    private long clock() {
        int hours = number(2);
        int minutes = take(':') ? number(2) : -1;
        int seconds = take(':') ? number(2) : -1;
        boolean right = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds <= 60;
        return right ? hours * 3600L + minutes * 60L + seconds : -1;
    }

    private int letters() {
        int from = at;
        while (at < end && text[at] != ',' && text[at] != ' ') {
            at++;
        }
        return at - from;
    }

    private boolean take(char c) {
        if (at < end && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private int number(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++, at++) {
            if (at >= end || !Texts.isDigit(text[at])) {
                return -1;
            }
            value = value * 10 + text[at] - '0';
        }
        return value;
    }

    /** 1 to 12, or 0. */
    private int month() {
        for (int i = 0; i < 12 && at + 3 <= end; i++) {
            if (Texts.equal(MONTHS, 3 * i, text, at, 3)) {
                at += 3;
                return i + 1;
            }
        }
        return 0;
    }

    /** Days since 1970 of a date of the Gregorian calendar; months count from 1. */
    public static long daysOf(long year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
    }
}
