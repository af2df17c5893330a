package dev.weir.flow.drive;

import dev.weir.base.log.LogLine;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.wire.http.CookiePairs;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The {@code cookie} of a backend: finds the server that a client was with before, and tells clients which one served them
 * (configuration.txt 4.2). What it remembers of an exchange is with the {@link ExchangeContext}. Immutable.
 */
public final class PersistenceCookie {

    /** What becomes of the cookie. */
    public enum Mode { REWRITE, INSERT, PREFIX }

    /**
     * The words of the line.
     *
     * @param maxIdleS, @param maxLifeS seconds, 0 for none
     * @param attributes what follows the path, each with its separator
     */
    public record Terms(String name, Mode mode, boolean indirect, boolean nocache, boolean postOnly, boolean preserve,
            long maxIdleS, long maxLifeS, String attributes) {}

    /** What is known of one exchange. Worker-owned. */
    static final class State {
        boolean direct;
        boolean seenFromServer;
        long lastS;
        long firstS;
    }

    private static final byte[] PRIVATE = "private".getBytes(StandardCharsets.US_ASCII);
    private static final String REMOVAL = "=; Expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/";
    private static final long DAY = 24 * 3600;
    private static final char DELIMITER = '~';

    private final Terms terms;
    private final byte[] name;
    private final Backend backend;
    private final DynamicCookies dynamic;

    /** @param dynamic makes the values of servers that have none of their own, or null */
    public PersistenceCookie(Terms terms, Backend backend, DynamicCookies dynamic) {
        this.terms = terms;
        this.name = terms.name().getBytes(StandardCharsets.ISO_8859_1);
        this.backend = backend;
        this.dynamic = dynamic;
    }

    /** The value that stands for a server, or null. */
    private byte[] valueOf(Server server) {
        byte[] own = server.cookie();
        return own != null || dynamic == null ? own : dynamic.of(server);
    }

    /**
     * The server that the request names, or null; the request loses what the server shall not see.
     *
     * @param unused whether another way than the cookie has chosen, or none may be looked at
     */
    Server find(ExchangeContext context, State state, boolean acceptsDown, boolean unused) {
        Head head = context.requestHead();
        state.direct = false;
        state.seenFromServer = false;
        state.lastS = 0;
        state.firstS = 0;
        CookiePairs pairs = new CookiePairs();
        Server found = null;
        char letter = 'N';
        for (int i = head.find(HeaderName.COOKIE); i >= 0; i = head.find(HeaderName.COOKIE, i + 1)) {
            pairs.begin(head.area(), head.valueAt(i), head.valueLength(i), true);
            while (letter == 'N' && pairs.next()) {
                if (!pairs.isNamed(name)) {
                    continue;
                }
                int idEnd = idEnd(head.area(), pairs);
                if (terms.mode() == Mode.PREFIX && idEnd == pairs.valueEnd()) {
                    // without our prefix it is the application's own
                    continue;
                }
                letter = dates(context, state, head.area(), pairs, idEnd);
                if (letter == 'N' && unused) {
                    letter = 'U';
                } else if (letter == 'N') {
                    found = named(head.area(), pairs.valueAt(), idEnd);
                    letter = found == null ? 'I' : found.state().isReachable() ? 'V' : 'D';
                    found = letter == 'V' || letter == 'D' && acceptsDown ? found : null;
                }
                strip(head, i, pairs, idEnd);
                break;
            }
        }
        state.direct = found != null;
        context.record().http().cookieLetters(letter, 'N');
        return found;
    }

    /** The id ends at the delimiter in prefix mode, before the dates in the others. */
    private int idEnd(byte[] area, CookiePairs pairs) {
        char stop = terms.mode() == Mode.PREFIX ? DELIMITER : '|';
        boolean dated = terms.mode() == Mode.INSERT && (terms.maxIdleS() > 0 || terms.maxLifeS() > 0);
        int at = pairs.valueAt();
        while (at < pairs.valueEnd() && (area[at] != stop || stop == '|' && !dated && terms.mode() != Mode.INSERT)) {
            at++;
        }
        return at;
    }

    /** E for a cookie that was idle for too long, O for one that is too old, N when there is nothing to object. */
    private char dates(ExchangeContext context, State state, byte[] area, CookiePairs pairs, int idEnd) {
        if (idEnd >= pairs.valueEnd() || terms.mode() != Mode.INSERT) {
            return 'N';
        }
        int bar = idEnd + 1;
        while (bar < pairs.valueEnd() && area[bar] != '|') {
            bar++;
        }
        state.lastS = CookieDate.read(area, idEnd + 1, bar);
        state.firstS = bar < pairs.valueEnd() ? CookieDate.read(area, bar + 1, pairs.valueEnd()) : 0;
        long now = context.record().worker().wallMicros() / 1_000_000;
        if (terms.maxIdleS() > 0 && isOutside(state.lastS, now, terms.maxIdleS())) {
            return 'E';
        }
        return terms.maxLifeS() > 0 && isOutside(state.firstS, now, terms.maxLifeS()) ? 'O' : 'N';
    }

    private static boolean isOutside(long date, long now, long most) {
        return date > 0 && (date < now - most || date > now + DAY);
    }

    private Server named(byte[] area, int at, int end) {
        List<Server> servers = backend.servers();
        for (int i = 0; i < servers.size(); i++) {
            byte[] value = valueOf(servers.get(i));
            if (value != null && Arrays.equals(area, at, end, value, 0, value.length)) {
                return servers.get(i);
            }
        }
        return null;
    }

    private void strip(Head head, int index, CookiePairs pairs, int idEnd) {
        byte[] area = head.area();
        int from = head.valueAt(index);
        int to = from + head.valueLength(index);
        int cutFrom;
        int cutTo;
        if (terms.mode() == Mode.PREFIX) {
            cutFrom = pairs.valueAt();
            cutTo = idEnd + 1;
        } else if (terms.mode() == Mode.INSERT && terms.indirect()) {
            cutFrom = pairs.pairAt();
            cutTo = pairs.stop();
            while (cutFrom > from && area[cutFrom - 1] == ' ') {
                cutFrom--;
            }
            if (cutFrom > from) {
                // what parts it from the pair before it goes too
                cutFrom--;
            } else {
                while (cutTo < to && (area[cutTo] == ';' || area[cutTo] == ',' || area[cutTo] == ' ')) {
                    cutTo++;
                }
            }
        } else {
            return;
        }
        byte[] kept = new byte[to - from - (cutTo - cutFrom)];
        System.arraycopy(area, from, kept, 0, cutFrom - from);
        System.arraycopy(area, cutTo, kept, cutFrom - from, to - cutTo);
        if (kept.length == 0) {
            head.delete(index);
        } else {
            head.replaceValue(index, kept, 0, kept.length);
        }
    }

    /** Has the answer tell the client what it is to bring along next time. */
    void answer(ExchangeContext context, State state, boolean ignored) {
        Exchange exchange = context.record();
        Head head = context.responseHead();
        byte[] value = valueOf(exchange.server());
        char letter = passing(state, head, value);
        boolean insert = terms.mode() == Mode.INSERT && !(state.seenFromServer && terms.preserve()) && !ignored
                && (!state.direct || isStale(state, exchange))
                && (!terms.postOnly() || context.requestHead().method() == Method.POST);
        if (insert) {
            letter = insert(context, state, value);
        }
        exchange.http().cookieLetters(exchange.http().cookieIn(), letter);
    }

    /** Whether the dates in the cookie must be written anew. */
    private boolean isStale(State state, Exchange exchange) {
        long now = exchange.worker().wallMicros() / 1_000_000;
        boolean last = (terms.maxIdleS() > 0 || state.lastS > 0) && (state.lastS == 0 || state.lastS < now);
        return last || terms.maxLifeS() > 0 && state.firstS == 0 || terms.maxLifeS() == 0 && state.firstS > 0;
    }

    /** What becomes of a cookie of that name that the server sets. */
    private char passing(State state, Head head, byte[] value) {
        CookiePairs pairs = new CookiePairs();
        char letter = 'N';
        for (int i = head.find(HeaderName.SET_COOKIE); i >= 0; i = head.find(HeaderName.SET_COOKIE, i + 1)) {
            pairs.begin(head.area(), head.valueAt(i), head.valueLength(i), false);
            if (!pairs.next() || !pairs.isNamed(name)) {
                continue;
            }
            state.seenFromServer = true;
            if (terms.preserve()) {
                letter = 'P';
            } else if (terms.mode() == Mode.INSERT || state.direct && terms.indirect()) {
                head.delete(i);
                letter = 'D';
            } else if (value != null) {
                boolean prefix = terms.mode() == Mode.PREFIX;
                replace(head, i, pairs, value, prefix);
                letter = 'R';
            } else {
                letter = 'P';
            }
        }
        return letter;
    }

    private static void replace(Head head, int index, CookiePairs pairs, byte[] value, boolean prefix) {
        byte[] area = head.area();
        int from = head.valueAt(index);
        int to = from + head.valueLength(index);
        int rest = prefix ? pairs.valueAt() : pairs.valueEnd();
        int added = value.length + (prefix ? 1 : 0);
        byte[] made = new byte[pairs.valueAt() - from + added + to - rest];
        System.arraycopy(area, from, made, 0, pairs.valueAt() - from);
        System.arraycopy(value, 0, made, pairs.valueAt() - from, value.length);
        if (prefix) {
            made[pairs.valueAt() - from + value.length] = DELIMITER;
        }
        System.arraycopy(area, rest, made, pairs.valueAt() - from + added, to - rest);
        head.replaceValue(index, made, 0, made.length);
    }

    private char insert(ExchangeContext context, State state, byte[] value) {
        LogLine line = context.emptyText();
        line.put(name);
        if (value == null) {
            line.put(REMOVAL);
        } else {
            line.put('=').put(value);
            long now = context.record().worker().wallMicros() / 1_000_000;
            if (terms.maxIdleS() > 0 || terms.maxLifeS() > 0) {
                line.put('|');
                CookieDate.write(line, now);
            }
            if (terms.maxLifeS() > 0) {
                line.put('|');
                CookieDate.write(line, state.firstS > 0 && state.direct ? state.firstS : now);
            }
            line.put("; path=/");
        }
        line.put(terms.attributes());
        Head head = context.responseHead();
        head.add(HeaderName.SET_COOKIE, line.array(), 0, line.length());
        if (terms.nocache()) {
            head.add(HeaderName.CACHE_CONTROL, PRIVATE);
        }
        return state.direct ? 'U' : 'I';
    }
}
