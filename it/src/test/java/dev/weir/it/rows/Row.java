package dev.weir.it.rows;

/**
 * One case of a file: what is asked, and the answer that the file records. Immutable.
 *
 * @param line of the file, from 1
 * @param place the frontend that is asked, or the section that a wrong line stands in
 * @param asked bytes of a request, or a configuration line
 * @param reason why Weir is not as HAProxy 2.6 is; empty where it is
 * @param expected the answer in the file, null where there is none yet
 */
record Row(int line, Kind kind, String place, String asked, Verdict verdict, String reason, String expected) {

    enum Kind {
        /** A request in short, read to the end of its answer. */
        REQUEST,
        /** Bytes, read until nothing more comes. */
        BYTES,
        /** A configuration line and the messages about it. */
        LINE
    }

    enum Verdict {
        /** Weir answers as HAProxy 2.6 does. */
        SAME,
        /** Newer than 2.6, or better on purpose: the file has Weir's answer. */
        NEWER,
        /** Not right yet: the file has HAProxy's answer, and the day Weir gives it the row fails. */
        KNOWN
    }

    Row with(Verdict as, String why) {
        return new Row(line, kind, place, asked, as, why, expected);
    }

    Row answered(String text) {
        return new Row(line, kind, place, asked, verdict, reason, text);
    }

    @Override
    public String toString() {
        return line + " " + place + " " + asked;
    }
}
