package dev.weir.flow.expr;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.LogValue.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The aliases of configuration.txt 8.2.6, each with how its value is written; flags are decided when the format is
 * compiled. Immutable but for the clock.
 */
final class LogAliases {

    static final Set<String> HTTP_ONLY = Set.of("tr", "trg", "trl", "Ta", "Ti", "Tq", "TR", "Tr", "CC", "CS", "HM", "HP",
            "HPO", "HQ", "HU", "HV", "r");
    /** What is known at the end only: a format with one of them waits for it. */
    static final Set<String> WAITING = Set.of("Ta", "Tc", "Td", "Th", "Ti", "Tq", "TR", "Tr", "Tt", "Tu", "Tw", "B", "ID",
            "U", "ac", "bc", "bq", "fc", "rc", "sc", "sq", "ts");
    private static final Set<String> NUMBERS = Set.of("Ts", "ms", "Ta", "Tc", "Td", "Th", "Ti", "Tq", "TR", "Tr", "Tt",
            "Tu", "Tw", "B", "ST", "U", "ac", "bc", "bp", "bq", "cp", "fc", "fp", "lc", "pid", "rc", "rt", "sc", "sp", "sq");
    /** Of the numbers those that the hexadecimal flag makes texts. */
    private static final Set<String> HEXADECIMAL = Set.of("Ts", "ms", "bp", "cp", "fp", "lc", "pid", "rt", "sp");

    private static final byte[] NO_SERVER = "<NOSRV>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNIX = "unix".getBytes(StandardCharsets.US_ASCII);
    /** Makes the item of one alias for the given flags. */
    @FunctionalInterface
    interface Maker {
        LogItem make(int flags);
    }

    private final Map<String, Maker> makers = new HashMap<>();

    LogAliases(LogClock clock, String hostname, long pid) {
        dates(clock);
        timers();
        counts();
        names(hostname);
        addresses();
        request();
        makers.put("pid", hexOr(r -> pid, 4));
    }

    /** What makes the items of an alias, or null when no such alias exists. */
    Maker maker(String name) {
        return makers.get(name);
    }

    /** The bare value of an alias with its type. */
    LogValue value(String name, int flags) {
        LogItem item = makers.get(name).make(flags & LogFlags.HEX | LogFlags.BARE);
        boolean hexadecimal = (flags & LogFlags.HEX) != 0 && HEXADECIMAL.contains(name);
        Type type = name.equals("hrl") || name.equals("hsl") ? Type.LIST
                : NUMBERS.contains(name) && !hexadecimal ? Type.NUMBER : Type.TEXT;
        return (record, out) -> {
            item.append(record, out);
            return out.length() > 0 || type == Type.LIST ? type : Type.ABSENT;
        };
    }

    private void dates(LogClock clock) {
        makers.put("tr", f -> (r, out) -> clock.putMillis(out, r.requestMicros()));
        makers.put("trg", f -> (r, out) -> clock.putWithZone(out, r.requestMicros(), false));
        makers.put("trl", f -> (r, out) -> clock.putWithZone(out, r.requestMicros(), true));
        makers.put("t", f -> (r, out) -> clock.putMillis(out, r.acceptMicros()));
        makers.put("T", f -> (r, out) -> clock.putWithZone(out, r.acceptMicros(), false));
        makers.put("Tl", f -> (r, out) -> clock.putWithZone(out, r.acceptMicros(), true));
        makers.put("Ts", hexOr(r -> r.acceptMicros() / 1_000_000, 2));
        ToLongFunction<LogRecord> millis = r -> r.acceptMicros() / 1000 % 1000;
        makers.put("ms", f -> (f & LogFlags.HEX) != 0 ? (r, out) -> out.putHex(millis.applyAsLong(r), 2)
                : (r, out) -> out.putPadded(millis.applyAsLong(r), 3));
    }

    private void timers() {
        makers.put("Ta", total(LogRecord::activeMs));
        makers.put("Ti", number(LogRecord::idleMs));
        makers.put("Tq", number(LogRecord::requestMs));
        makers.put("TR", number(LogRecord::headMs));
        makers.put("Tr", number(LogRecord::responseMs));
        makers.put("Tc", number(LogRecord::connectMs));
        makers.put("Td", number(LogRecord::dataMs));
        makers.put("Th", number(LogRecord::handshakeMs));
        makers.put("Tt", total(LogRecord::totalMs));
        makers.put("Tu", total(LogRecord::userMs));
        makers.put("Tw", number(LogRecord::queueMs));
    }

    private void counts() {
        makers.put("B", total(LogRecord::bytesToClient));
        makers.put("U", number(LogRecord::bytesToServer));
        makers.put("ST", number(LogRecord::status));
        makers.put("ac", number(LogRecord::processConnections));
        makers.put("fc", number(LogRecord::frontendConnections));
        makers.put("bc", number(LogRecord::backendConnections));
        makers.put("sc", number(LogRecord::serverConnections));
        makers.put("sq", number(LogRecord::serverQueue));
        makers.put("bq", number(LogRecord::backendQueue));
        makers.put("rc", f -> (r, out) -> {
            if (r.isRedispatched()) {
                out.put('+');
            }
            out.putNumber(r.retries());
        });
        makers.put("lc", hexOr(LogRecord::frontendLogNumber, 4));
        makers.put("rt", hexOr(LogRecord::requestNumber, 4));
        makers.put("ts", f -> (r, out) -> out.put(r.termination() >>> 8).put(r.termination()));
        makers.put("tsc", f -> (r, out) -> out.put(r.termination() >>> 8).put(r.termination())
                .put(r.cookieLetters() >>> 8).put(r.cookieLetters()));
    }

    private void names(String hostname) {
        byte[] host = hostname.getBytes(StandardCharsets.UTF_8);
        makers.put("H", text(r -> host));
        makers.put("f", text(LogRecord::frontend));
        makers.put("b", text(LogRecord::backend));
        makers.put("s", text(r -> r.server() == null ? NO_SERVER : r.server()));
        makers.put("ft", f -> (r, out) -> {
            LogText.quote(out, f);
            LogText.append(out, r.frontend(), f);
            if (r.isTls()) {
                out.put('~');
            }
            LogText.quote(out, f);
        });
        makers.put("ID", text(LogRecord::uniqueId));
        makers.put("sslv", text(LogRecord::tlsVersion));
        makers.put("sslc", text(LogRecord::tlsCipher));
        makers.put("OG", text(LogRecord::origin));
        makers.put(LogFormats.LISTENER, text(LogRecord::listenerName));
        makers.put(LogFormats.ERROR_TEXT, text(LogRecord::errorText));
    }

    private void request() {
        makers.put("r", LogHttpAliases.part(RequestPart.LINE));
        makers.put("HM", LogHttpAliases.part(RequestPart.METHOD));
        makers.put("HU", LogHttpAliases.part(RequestPart.TARGET));
        makers.put("HP", LogHttpAliases.part(RequestPart.TARGET_WITHOUT_QUERY));
        makers.put("HPO", LogHttpAliases.part(RequestPart.PATH));
        makers.put("HQ", LogHttpAliases.part(RequestPart.QUERY));
        makers.put("HV", LogHttpAliases.part(RequestPart.VERSION));
        makers.put("hr", LogHttpAliases.block(false));
        makers.put("hs", LogHttpAliases.block(true));
        makers.put("hrl", LogHttpAliases.list(false));
        makers.put("hsl", LogHttpAliases.list(true));
        makers.put("CC", text(LogRecord::requestCookie));
        makers.put("CS", text(LogRecord::responseCookie));
    }

    private void addresses() {
        makers.put("ci", host(LogRecord::source));
        makers.put("cp", port(LogRecord::source, true));
        makers.put("fi", host(LogRecord::destination));
        makers.put("fp", port(LogRecord::destination, true));
        makers.put("bi", host(LogRecord::serverSource));
        makers.put("bp", port(LogRecord::serverSource, false));
        makers.put("si", host(LogRecord::serverDestination));
        makers.put("sp", port(LogRecord::serverDestination, false));
    }

    private static Maker number(ToLongFunction<LogRecord> value) {
        return f -> (r, out) -> out.putNumber(value.applyAsLong(r));
    }

    /** With a plus sign while the session goes on. */
    private static Maker total(ToLongFunction<LogRecord> value) {
        return f -> (r, out) -> {
            if (r.isPartial()) {
                out.put('+');
            }
            out.putNumber(value.applyAsLong(r));
        };
    }

    private static Maker hexOr(ToLongFunction<LogRecord> value, int digits) {
        return f -> (f & LogFlags.HEX) != 0 ? (r, out) -> out.putHex(value.applyAsLong(r), digits)
                : (r, out) -> out.putNumber(value.applyAsLong(r));
    }

    private static Maker text(Function<LogRecord, byte[]> value) {
        return f -> (r, out) -> LogText.value(out, value.apply(r), f);
    }

    private static Maker host(Function<LogRecord, Address> value) {
        return f -> (r, out) -> {
            Address address = value.apply(r);
            if ((f & LogFlags.HEX) != 0 && address.family().isIp()) {
                hexHost(out, address);
            } else if (address.family().isIp()) {
                LogText.quote(out, f);
                out.putHost(address);
                LogText.quote(out, f);
            } else {
                LogText.value(out, address.family().isUnix() ? UNIX : null, f);
            }
        };
    }

    private static void hexHost(LogLine out, Address address) {
        switch (address.family()) {
            case IPV4 -> out.putHex(address.low(), 8);
            default -> out.putHex(address.high(), 16).putHex(address.low(), 16);
        }
    }

    /** A UNIX socket has no port: the listener's number stands for it on the client's side, 0 on the server's. */
    private static Maker port(Function<LogRecord, Address> value, boolean clientSide) {
        return f -> (r, out) -> {
            Address address = value.apply(r);
            if (address.family().isUnix()) {
                out.putNumber(clientSide ? r.listenerId() : 0);
            } else if (!address.family().isIp()) {
                LogText.absent(out, f & LogFlags.BARE);
            } else if ((f & LogFlags.HEX) != 0) {
                out.putHex(address.port(), 4);
            } else {
                out.putNumber(address.port());
            }
        };
    }
}
