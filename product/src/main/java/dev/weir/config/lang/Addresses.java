package dev.weir.config.lang;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.address.IpText;
import dev.weir.config.lang.ParsedAddress.Ports;
import dev.weir.config.lang.ParsedAddress.Transport;
import java.util.List;

/**
 * Reads addresses in all their forms (configuration manual 2.9). Variables are expanded here too, without quotes, so
 * that <code>fd@${NAME}</code> works as written. Says in {@link #error()} what is wrong, in HAProxy's words.
 *
 * <p>Owner: boot.
 */
public final class Addresses {

    public static final int STREAM = 1;
    public static final int DATAGRAM = 1 << 1;
    /** Where both are possible: datagram unless the address says stream. */
    public static final int DATAGRAM_FIRST = 1 << 2;
    public static final int PORT_NEEDED = 1 << 3;
    public static final int PORT_RANGE = 1 << 4;
    public static final int PORT_OFFSET = 1 << 5;
    /** A name stays a name, to be resolved later. */
    public static final int NAME_STAYS = 1 << 6;
    public static final int DESCRIPTOR = 1 << 7;
    /** A port, when given, may not be 0. */
    public static final int PORT_NOT_ZERO = 1 << 8;
    public static final int NO_PORT = 1 << 9;
    /** A path is bound under a longer name first, and the prefix of {@code unix-bind} stands before it. */
    public static final int BOUND = 1 << 10;
    public static final int REVERSE = 1 << 11;

    private static final int MAX_PATH = 107;
    /** Paths of files leave room for a temporary ending. */
    private static final int MAX_FILE = 97;
    private static final String IN = "' in '";

    private final Environment environment;
    private final NameResolver names;
    private String unixPrefix = "";
    private String error;

    private String text;
    private int options;
    private Transport transport;
    private boolean multipath;

    public Addresses(Environment environment, NameResolver names) {
        this.environment = environment;
        this.names = names;
    }

    /** What {@code unix-bind prefix} puts before the paths of listeners. */
    public void unixPrefix(String prefix) {
        unixPrefix = prefix;
    }

    public String error() {
        return error;
    }

    /** The address, or null when {@link #error()} says why there is none. */
    public ParsedAddress parse(String word, int with) {
        error = null;
        text = word;
        options = with;
        transport = (with & DATAGRAM_FIRST) != 0 || (with & STREAM) == 0 ? Transport.DATAGRAM : Transport.STREAM;
        multipath = false;
        String rest = expand(word);
        if (rest == null) {
            return null;
        }
        if (rest.isEmpty()) {
            return fail("'" + word + "' resolves to an empty address (environment variable missing?)");
        }
        String family = socketType(rest);
        return family.isEmpty() ? invalid("") : family(family);
    }

    private boolean allows(int option) {
        return (options & option) != 0;
    }

    private String socketType(String rest) {
        if (rest.startsWith("stream+")) {
            transport = Transport.STREAM;
            return rest.substring(7);
        } else if (rest.startsWith("dgram+")) {
            transport = Transport.DATAGRAM;
            return rest.substring(6);
        } else if (rest.startsWith("quic+")) {
            transport = Transport.QUIC;
            return rest.substring(5);
        }
        return rest;
    }

    private ParsedAddress family(String rest) {
        int sign = rest.indexOf('@');
        String prefix = sign < 0 || rest.charAt(0) == '/' ? "" : rest.substring(0, sign);
        String tail = rest.substring(prefix.isEmpty() ? 0 : sign + 1);
        switch (prefix) {
            case "uxst", "tcp", "tcp4", "tcp6", "mptcp", "mptcp4", "mptcp6" -> transport = Transport.STREAM;
            case "uxdg", "udp", "udp4", "udp6" -> transport = Transport.DATAGRAM;
            case "quic4", "quic6" -> transport = Transport.QUIC;
            default -> { }
        }
        multipath = prefix.startsWith("mptcp");
        return switch (prefix) {
            case "unix", "uxst", "uxdg" -> path(tail);
            case "abns" -> abstractName(Family.ABNS, tail);
            case "abnsz" -> abstractName(Family.ABNSZ, tail);
            case "fd" -> descriptor(Family.FD, tail);
            case "sockpair" -> descriptor(Family.SOCKPAIR, tail);
            case "rhttp" -> reverse(tail);
            case "ipv4", "tcp4", "udp4", "mptcp4", "quic4" -> ip(tail, Family.IPV4);
            case "ipv6", "tcp6", "udp6", "mptcp6", "quic6" -> ip(tail, Family.IPV6);
            case "ip", "tcp", "udp", "mptcp" -> ip(tail, Family.NONE);
            default -> rest.charAt(0) == '/' ? path(rest) : ip(rest, Family.NONE);
        };
    }

    private ParsedAddress path(String path) {
        String whole = allows(BOUND) ? unixPrefix + path : path;
        if (whole.length() > MAX_FILE) {
            int max = MAX_FILE - (whole.length() - path.length());
            return fail("socket path '" + path + "' too long (max " + max + ")");
        }
        return whole(Address.unix(whole));
    }

    private ParsedAddress abstractName(Family family, String name) {
        if (name.length() > MAX_PATH) {
            return fail("socket path '" + text + "' too long (max " + MAX_PATH + ")");
        }
        return whole(Address.abstractName(family, name));
    }

    private ParsedAddress descriptor(Family family, String number) {
        long value = number.isEmpty() || number.charAt(0) == '-' ? -1 : Numbers.integer(number, -1);
        if (value < 0 || value > Integer.MAX_VALUE) {
            return fail("file descriptor '" + number + "' is not a valid integer in '" + text + "'");
        }
        if (family == Family.FD && !allows(DESCRIPTOR)) {
            return fail("a file descriptor is not acceptable here in '" + text + "'");
        }
        return whole(Address.descriptor(family, (int) value));
    }

    private ParsedAddress reverse(String target) {
        if (!allows(REVERSE)) {
            return fail("invalid address: 'rhttp@" + target + IN + text + "'");
        }
        return whole(Address.reverse(target));
    }

    /** An address that has no port. */
    private ParsedAddress whole(Address address) {
        return accept(new ParsedAddress(address, null, transport, Ports.NONE, 0, false));
    }

    private ParsedAddress ip(String rest, Family wanted) {
        int colon = -1;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == ':' || c == ']') {
                colon = i;
            }
        }
        boolean hasPort = colon >= 0 && rest.charAt(colon) == ':';
        String host = hasPort ? rest.substring(0, colon) : rest;
        String port = hasPort ? rest.substring(colon + 1) : "";
        if (hasPort && !allows(PORT_NEEDED) && literal(host) == null && IpText.parse(rest) != null) {
            host = rest;
            port = "";
        }
        return ports(host, port, wanted);
    }

    private ParsedAddress ports(String host, String port, Family wanted) {
        if (port.isEmpty()) {
            return allows(PORT_NEEDED) ? fail("missing port specification in '" + text + "'")
                    : host(host, wanted, 0, 0, Ports.NONE);
        }
        if (allows(NO_PORT)) {
            return fail("port specification not permitted here in '" + text + "'");
        }
        char first = port.charAt(0);
        if (first == '+' || first == '-') {
            return offset(host, port, wanted);
        }
        int dash = port.indexOf('-');
        String low = dash < 0 ? port : port.substring(0, dash);
        String high = dash < 0 ? low : port.substring(dash + 1);
        if (dash >= 0 && !allows(PORT_RANGE)) {
            return fail("port range not permitted here in '" + text + "'");
        }
        int from = number(low);
        int to = from < 0 ? -1 : dash < 0 ? from : number(high);
        if (to < 0) {
            return dash < 0 ? badCharacter(port) : fail("invalid port '" + (from < 0 ? low : high) + "'");
        }
        boolean zero = allows(PORT_NOT_ZERO) && from == 0;
        if (zero || from > 65535) {
            return fail("invalid port '" + low + "'");
        } else if (to > 65535) {
            return fail("invalid port '" + high + "'");
        } else if (to < from) {
            return fail("invalid port range '" + port + "'");
        }
        return host(host, wanted, from, to, dash < 0 ? Ports.FIXED : Ports.RANGE);
    }

    private ParsedAddress offset(String host, String port, Family wanted) {
        if (!allows(PORT_OFFSET)) {
            return fail("port offset not permitted here in '" + text + "'");
        }
        int shift = number(port.substring(1));
        if (shift < 0) {
            return badCharacter(port);
        } else if (shift > 65535) {
            return fail("invalid port '" + port + "'");
        }
        int signed = port.charAt(0) == '-' ? -shift : shift;
        return host(host, wanted, signed, signed, Ports.OFFSET);
    }

    private ParsedAddress badCharacter(String port) {
        int at = port.length() > 1 && (port.charAt(0) == '+' || port.charAt(0) == '-') ? 1 : 0;
        while (at < port.length() - 1 && port.charAt(at) >= '0' && port.charAt(at) <= '9') {
            at++;
        }
        return fail("invalid character '" + port.charAt(at) + "' in port number '" + port + IN + text + "'");
    }

    /** The number, something beyond all ports when it is too large, or -1. */
    private static int number(String digits) {
        int value = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = Math.min(value * 10 + c - '0', 1_000_000);
        }
        return value;
    }

    private ParsedAddress host(String host, Family wanted, int from, int to, Ports ports) {
        Address address = literal(host);
        if (address != null && host.isEmpty() && wanted == Family.IPV6) {
            address = Address.ipv6(0, 0, 0);
        }
        String name = null;
        if (address == null) {
            if (!isName(host)) {
                return invalid(host);
            }
            name = host;
            address = allows(NAME_STAYS) ? Address.NONE : resolve(host, wanted);
        }
        if (address == null || wanted != Family.NONE && address.family() != Family.NONE
                && address.family() != wanted) {
            return invalid(host);
        }
        return accept(new ParsedAddress(address.withPort(from), name, transport, ports, to, multipath));
    }

    /** An IP address with or without brackets, nothing and a star for any; null for what may be a name. */
    private static Address literal(String host) {
        if (host.isEmpty() || host.equals("*")) {
            return Address.ipv4(0, 0);
        }
        if (host.charAt(0) == '[' && host.endsWith("]")) {
            Address inside = IpText.parse(host.substring(1, host.length() - 1));
            return inside != null && inside.family() == Family.IPV6 ? inside : null;
        }
        return IpText.parse(host);
    }

    private Address resolve(String host, Family wanted) {
        List<Address> found = names.resolve(host);
        for (Address address : found) {
            if (wanted == Family.NONE || address.family() == wanted) {
                return address;
            }
        }
        return null;
    }

    private static boolean isName(String host) {
        boolean letter = false;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean part = Lexer.isNamePart(c) || c == '.' || c == '-' || c >= 0x80;
            if (!part) {
                return false;
            }
            letter |= c > '9';
        }
        return letter && host.length() <= 255;
    }

    private ParsedAddress invalid(String host) {
        return fail("invalid address: '" + host + IN + text + "'");
    }

    private ParsedAddress accept(ParsedAddress parsed) {
        boolean stream = parsed.transport() != Transport.DATAGRAM;
        if (stream && !allows(STREAM)) {
            return fail("stream-type address not acceptable in '" + text + "'");
        }
        if (!stream && !allows(DATAGRAM)) {
            return fail("dgram-type address not acceptable in '" + text + "'");
        }
        return parsed;
    }

    private ParsedAddress fail(String message) {
        error = message;
        return null;
    }

    /** Variables, or null when a brace is not closed. */
    private String expand(String word) {
        int dollar = word.indexOf('$');
        if (dollar < 0) {
            return word;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (dollar >= 0) {
            out.append(word, at, dollar);
            boolean braced = word.startsWith("{", dollar + 1);
            int from = dollar + (braced ? 2 : 1);
            int to = from;
            while (to < word.length() && (Lexer.isNamePart(word.charAt(to)) || word.charAt(to) == '.' && to == from)) {
                to++;
            }
            String value = environment.get(word.substring(from, to));
            if (braced) {
                int close = word.indexOf('}', to);
                if (close < 0 || close > to && word.charAt(to) != '-') {
                    fail("unmatched brace in environment variable name in '" + word + "'");
                    return null;
                }
                value = value == null && close > to ? word.substring(to + 1, close) : value;
                to = close + 1;
            }
            out.append(value == null ? "" : value);
            at = to;
            dollar = word.indexOf('$', at);
        }
        return out.append(word, at, word.length()).toString();
    }
}
