package dev.replicator.store.remote;

/**
 * Reads the times of a listing, {@code 2009-10-12T17:50:30.000Z} (RFC 3339): UTC, a fraction of 0 to 9 digits. Keeps the
 * last time read; one per scanner, not thread-safe.
 */
public final class Timestamps {
    private static final int SHORTEST = "2009-10-12T17:50:30Z".length();
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final String field;
    private long second;
    private int nano;

    /** @param field what the service calls such a time */
    public Timestamps(String field) {
        this.field = field;
    }

    /** Seconds since 1970 of the time last read. */
    public long second() {
        return second;
    }

    /** Nanoseconds within the second of the time last read. */
    public int nano() {
        return nano;
    }

    /** @throws NotProven when {@code text[from, to)} is no such time */
    public void read(byte[] text, int from, int to) throws NotProven {
        if (to - from < SHORTEST
                || text[from + 4] != '-'
                || text[from + 7] != '-'
                || text[from + 10] != 'T'
                || text[from + 13] != ':'
                || text[from + 16] != ':') {
            throw malformed();
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int sec = number(text, from + 17, 2);
        if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1] || hour > 23 || minute > 59 || sec > 60) {
            throw malformed();
        }
        int zone = fraction(text, from + 19, to);
        if (!isUtc(text, zone, to)) {
            throw malformed();
        }
        second = epochDay(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + sec;
    }

    /** Reads {@code .digits} at {@code at} into {@link #nano}; where the zone begins. */
    private int fraction(byte[] text, int at, int to) throws NotProven {
        nano = 0;
        if (text[at] != '.') {
            return at;
        }
        int i = at + 1;
        int unit = 100_000_000;
        while (i < to && text[i] >= '0' && text[i] <= '9') {
            nano += (text[i] - '0') * unit;
            unit /= 10;
            i++;
        }
        if (i == at + 1 || i - at > 10) {
            throw malformed();
        }
        return i;
    }

    private static boolean isUtc(byte[] text, int zone, int to) {
        if (to - zone == 1) {
            return text[zone] == 'Z';
        }
        return to - zone == 6
                && text[zone] == '+'
                && text[zone + 1] == '0'
                && text[zone + 2] == '0'
                && text[zone + 3] == ':'
                && text[zone + 4] == '0'
                && text[zone + 5] == '0';
    }

    private int number(byte[] text, int from, int digits) throws NotProven {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
    private static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private NotProven malformed() {
        return new NotProven("a malformed " + field);
    }
}
