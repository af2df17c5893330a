package dev.weir.model.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches what traffic sees of a server ({@code observe}): so many errors in a row, and whoever checks the server is told.
 * Shared: atomic.
 */
public final class Observation {

    /** What can be seen, with the words of the message. The first two are of layer 4, the rest of layer 7. */
    public enum Sight {
        CONNECTED(true, "L4 successful connection"),
        NOT_CONNECTED(false, "L4 unsuccessful connection"),
        RIGHT_ANSWER(true, "Correct http response"),
        WRONG_STATUS(false, "Wrong http response"),
        WRONG_HEADERS(false, "Invalid http response (headers)"),
        WRONG_ANSWER(false, "Invalid http response"),
        READ_ERROR(false, "Read error (http)"),
        READ_TIMEOUT(false, "Read timeout (http)"),
        CLOSED(false, "Close from server (http)");

        private final boolean good;
        private final String text;

        Sight(boolean good, String text) {
            this.good = good;
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** What an answer of that status is: configuration.txt, {@code observe}. */
        public static Sight ofStatus(int status) {
            return status < 500 && status >= 100 || status == 501 || status == 505 ? RIGHT_ANSWER : WRONG_STATUS;
        }
    }

    /** Who checks the server; called on the worker that saw the last error. */
    public interface Checker {
        void suspects(Sight last);
    }

    private final boolean layer7;
    private final int limit;
    private final AtomicInteger errors = new AtomicInteger();
    private volatile Checker checker;

    public Observation(boolean layer7, int limit) {
        this.layer7 = layer7;
        this.limit = limit;
    }

    /** Says who is to be told. */
    public void report(Checker who) {
        checker = who;
    }

    public int limit() {
        return limit;
    }

    /** A worker has seen something; what is of the other layer is not looked at. */
    public void saw(Sight sight) {
        boolean ofLayer4 = sight.compareTo(Sight.NOT_CONNECTED) <= 0;
        // in layer 7 a connection that fails is an error too, one that stands says nothing yet
        if (layer7 ? sight == Sight.CONNECTED : !ofLayer4) {
            return;
        }
        if (sight.good) {
            reset();
        } else if (errors.incrementAndGet() == limit) {
            reset();
            Checker told = checker;
            if (told != null) {
                told.suspects(sight);
            }
        }
    }

    /** A check has passed, or traffic goes well. */
    public void reset() {
        if (errors.get() != 0) {
            errors.set(0);
        }
    }
}
