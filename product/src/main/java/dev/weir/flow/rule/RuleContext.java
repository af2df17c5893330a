package dev.weir.flow.rule;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.log.LogLine;
import dev.weir.base.text.Place;
import dev.weir.flow.cache.CacheHost;
import dev.weir.flow.cache.CacheTurn;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.filter.FilterHost;
import dev.weir.flow.filter.LimitsInForce;
import dev.weir.flow.reply.Reply;
import dev.weir.model.value.Sample;
import dev.weir.wire.http.Head;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What rules can read and do. It keeps where a set of rules waits and what was decided; the rest is done by whoever drives
 * the exchange. Worker-owned.
 */
public abstract class RuleContext implements FilterHost, CacheHost {

    private static final int MOST_BETWEEN_LOOKS_MS = 250;
    private static final byte[] EARLY_HINTS = "Early Hints".getBytes(StandardCharsets.US_ASCII);

    private final Sample sample = new Sample();
    private final LogLine first = new LogLine();
    private final LogLine second = new LogLine();
    private int resumesAt;
    private boolean withinRule;
    private long waitsSinceMs = -1;
    private Lookup lookup;
    private List<Reply.Field> hints;
    private boolean patient = true;
    private boolean strict = true;
    private boolean replacing;
    private Reply reply;
    private Service service;
    private char cause;
    private char moment;
    private Place lastRule;
    private boolean waits;
    private Place waiting;
    private LimitsInForce limits;
    private CacheTurn caching;
    private FirstHeader expected = FirstHeader.NONE;
    private Attachment attachment;

    /** A sample for the action that runs. */
    public final Sample sample() {
        return sample;
    }

    /** The text that a format makes now; good until the next one. */
    public final LogLine text(Text format) {
        first.clear();
        format.write(this, first);
        return first;
    }

    /** A line to write the first text into by hand. */
    public final LogLine emptyText() {
        first.clear();
        return first;
    }

    /** Another text beside the first one. */
    public final LogLine secondText(Text format) {
        second.clear();
        format.write(this, second);
        return second;
    }

    int resumesAt() {
        return resumesAt;
    }

    boolean isWithinRule() {
        return withinRule;
    }

    void waitAt(int index, Rule rule, boolean within) {
        waits = true;
        waiting = rule.place();
        resumesAt = index;
        withinRule = within;
    }

    /** What was waited for is there, or there is no use in waiting any more. */
    void goesOn() {
        if (waits) {
            waits = false;
            waiting = null;
        }
    }

    void leaveRule() {
        waits = false;
        withinRule = false;
        resumesAt = 0;
        waitsSinceMs = -1;
        lookup = null;
    }

    /** Before another set of rules, whatever became of the last one. */
    public final void beginRules() {
        leaveRule();
        strict = true;
        patient = true;
    }

    /** Whether rules may wait for what has nothing to do with bytes; the inspect delay bounds that of rules on content. */
    public final boolean isPatient() {
        return patient;
    }

    public final void patient(boolean may) {
        patient = may;
    }

    /** The name that the rule had looked up, or null. */
    public final Lookup lookup() {
        return lookup;
    }

    /** Has a name looked up; the rule is entered again when the answer is there. */
    public final void lookUp(NameLookups lookups, String section, String name, Family preferred) {
        lookup = Lookup.begin(this, lookups, section, name, preferred);
    }

    void answered(Lookup ended) {
        if (ended == lookup) {
            wakeIn(0);
        }
    }

    @Override
    public final LimitsInForce limits() {
        if (limits == null) {
            limits = new LimitsInForce();
        }
        return limits;
    }

    @Override
    public final CacheTurn caching() {
        if (caching == null) {
            caching = new CacheTurn();
        }
        return caching;
    }

    /** The answer that a cache gives, or null. */
    public final Reply cached() {
        return caching == null ? null : caching.reply();
    }

    /** The exchange is over: what limited it and what it had of a cache is let go. */
    protected final void letGo() {
        lookup = null;
        if (caching != null) {
            caching.clear();
        }
        if (limits != null) {
            limits.clear(nowMs());
        }
    }

    void decidedBy(Rule rule) {
        lastRule = rule.place();
    }

    /** Where the rule stands that ended a set of rules last, or null. */
    public final Place lastRule() {
        return lastRule;
    }

    /** Where the rule stands that waited when an error put an end to it, or that waits now; else null. */
    public final Place waitingRule() {
        return waiting;
    }

    /** Another exchange begins on the same connection. */
    protected final void forget() {
        waiting = null;
        beginRules();
        reply = null;
        service = null;
        lastRule = null;
        expected = FirstHeader.NONE;
        attachment = null;
    }

    /** The connection must begin with this, before anything else is read of it. */
    public final void expect(FirstHeader header) {
        expected = header;
    }

    /** The connection is a server's from now on. */
    public final void attach(Attachment to) {
        attachment = to;
    }

    /** What has become of the connection by {@link #attach}, or null. */
    public final Attachment attachment() {
        return attachment;
    }

    public final FirstHeader expected() {
        return expected;
    }

    /** Notes a header for an answer that goes before the answer. */
    public final void hint(Reply.Field field) {
        hints = hints == null ? new ArrayList<>() : hints;
        hints.add(field);
    }

    /** Sends an answer 103 with the headers that were noted. */
    public final void sendHints() {
        inform(new Reply(103, EARLY_HINTS, hints, new Reply.Whole(new byte[0])));
        hints = null;
    }

    /** Whether an answer is being made that takes the place of another, of which nothing is to be seen any more. */
    public final boolean isReplacing() {
        return replacing;
    }

    final void replacing(boolean begins) {
        replacing = begins;
    }

    /** Whether an edit that cannot be made is an error; {@code strict-mode} says so for the rules behind it. */
    public final boolean isStrict() {
        return strict;
    }

    public final void strict(boolean on) {
        strict = on;
    }

    /** What an edit that may have failed for want of room means. */
    public final Verdict edited(boolean done) {
        return done || !strict ? Verdict.CONTINUE : Verdict.FAIL;
    }

    /** Says what to answer, with the termination letters that this gets. */
    public final Verdict answer(Reply what, char why, char when) {
        service = null;
        reply = what;
        cause = why;
        moment = when;
        return Verdict.REPLY;
    }

    /** Says who is to answer. */
    public final Verdict serve(Service who) {
        service = who;
        return Verdict.REPLY;
    }

    /** Who is to answer in place of {@link #reply}, or null. */
    public final Service service() {
        return service;
    }

    public final Reply reply() {
        return reply;
    }

    public final char cause() {
        return cause;
    }

    public final char moment() {
        return moment;
    }

    /** Whether so much time has passed since the action was entered first; if not, it is entered again then. */
    public final boolean hasWaited(long ms) {
        long now = record().worker().nowMs();
        if (waitsSinceMs < 0) {
            waitsSinceMs = now;
        }
        long left = waitsSinceMs + ms - now;
        if (left <= 0) {
            return true;
        }
        wakeIn(left);
        return false;
    }

    /** To be entered again, after as long as it has waited already. */
    public final Verdict looksAgain() {
        long now = record().worker().nowMs();
        if (waitsSinceMs < 0) {
            waitsSinceMs = now;
        }
        wakeIn(Math.clamp(now - waitsSinceMs, 1, MOST_BETWEEN_LOOKS_MS));
        return Verdict.WAIT;
    }

    /** The message that the rules are about. */
    public final Head head() {
        return isResponse() ? responseHead() : requestHead();
    }

    /** The exchange for log aliases. */
    public abstract LogRecord logRecord();

    /** The rule is to be entered again after this time, or when something came. */
    protected abstract void wakeIn(long ms);

    /** Whether that many bytes of the body are there, or all of it, or no more fits; else it is entered again. */
    public abstract boolean hasBody(long atLeast);

    /** The error page for that status: the backend's, the frontend's, or the built-in one. */
    public abstract Reply errorPage(int status);

    /** One more request or answer was denied. */
    public abstract void countDenied();

    /** The request was an error of the client's, as stick tables count them. */
    public abstract void countRequestError();

    /** How long a client is kept waiting that is to be slowed down. */
    public abstract int tarpitMs();

    /** Times of the exchange have changed, so that deadlines may be due sooner or later. */
    public abstract void timesChanged();

    /** Sends an answer before the answer. */
    public abstract void inform(Reply early);

    /** What rules say about the client's address from here on. */
    public abstract void clientSource(Address address);

    public abstract void clientDestination(Address address);

    /** Marks packets of a side: a firewall mark, or the type of service. False where that is not possible. */
    public abstract boolean mark(boolean serverSide, boolean typeOfService, int value);

    /** Writes a log line now, of that name of the moment, as that profile says; null for those of the targets. */
    public abstract void log(String step, String profile);
}
