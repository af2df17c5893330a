package dev.weir.flow.drive;

import dev.weir.flow.expr.Contents;
import dev.weir.flow.reply.Reply;

/** Whoever drives the exchange that rules are about: what they can have it do. Worker-owned. */
interface RuleHost {

    /** Where nothing goes on that could wait or be read. */
    RuleHost NOBODY = new RuleHost() {
        @Override
        public void wakeIn(long ms) {
            // nothing waits
        }

        @Override
        public boolean isFinal() {
            return true;
        }

        @Override
        public Contents contents(boolean ofResponse) {
            return null;
        }

        @Override
        public boolean hasBody(boolean ofResponse, long atLeast) {
            return true;
        }

        @Override
        public void inform(Reply early) {
            // nobody listens
        }

        @Override
        public void timesChanged() {
            // no times
        }
    };

    /** Rules that wait are to be entered again after this time. */
    void wakeIn(long ms);

    /** Whether rules must decide with what is there. */
    boolean isFinal();

    /** What there is of the body of the request or the response, or of the bytes in TCP mode; null for nothing. */
    Contents contents(boolean ofResponse);

    /** Whether so many bytes of a body are there, or as many as ever will be before it moves on. */
    boolean hasBody(boolean ofResponse, long atLeast);

    void inform(Reply early);

    void timesChanged();
}
