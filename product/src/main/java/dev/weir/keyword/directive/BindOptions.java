package dev.weir.keyword.directive;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Draft;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.keyword.directive.OptionTable.Option;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.sys.AccountNames;
import java.nio.file.Files;
import java.nio.file.Path;

/** The options of {@code bind} lines and of {@code stats socket} (configuration manual 5.1). Boot's thread. */
final class BindOptions extends OptionReader {

    static final OptionTable TABLE = new OptionTable("""
            accept-netscaler-cip 1 ok : missing value
            accept-proxy 0 ok
            allow-0rtt 0 tls
            alpn 1 tls : missing the comma-delimited ALPN protocol suite
            backlog 1 ok : missing value
            ca-file 1 tls : missing CAfile path
            ca-ignore-err 1 tls : missing error IDs list
            ca-sign-file 1 tls : missing CAfile path
            ca-sign-pass 1 tls : missing CAkey password
            ca-verify-file 1 tls : missing CAfile path
            cc 1 void : missing congestion algorithm name
            ciphers 1 tls : missing cipher suite
            ciphersuites 1 tls : missing cipher suite
            client-sigalgs 1 tls : missing signature algorithm list
            crl-file 1 tls : missing CRLfile path
            crt 1 tls : missing certificate location
            crt-ignore-err 1 tls : missing error IDs list
            crt-list 1 tls : missing file name
            curves 1 tls : missing curve suite
            default-crt 1 tls : missing default-crt location
            defer-accept 0 ok
            !ech 1 todo : missing ECH directory
            ecdhe 1 tls : missing named curve
            expose-fd 1 ok : missing fd type
            force-sslv3 0 tls
            force-tlsv10 0 tls
            force-tlsv11 0 tls
            force-tlsv12 0 tls
            force-tlsv13 0 tls
            generate-certificates 0 tls
            gid 1 ok : missing value
            group 1 ok : missing group name
            guid-prefix 1 ok : expects an argument
            id 1 ok : expects an integer argument
            idle-ping 1 ok : missing value
            interface 1 ok : missing interface name
            !ktls 1 void : missing value
            label 1 kept : missing value
            level 1 ok : missing level
            maxconn 1 ok : missing value
            mode 1 ok : missing or invalid mode '' (octal integer expected)
            mss 1 ok : missing value
            name 1 ok : missing name
            namespace 1 ok : missing namespace id
            !nbconn 1 ok : missing value
            nice 1 ok : missing value
            no-alpn 0 tls
            no-ca-names 0 tls
            no-sslv3 0 tls
            no-strict-sni 0 tls
            no-tls-tickets 0 tls
            no-tlsv10 0 tls
            no-tlsv11 0 tls
            no-tlsv12 0 tls
            no-tlsv13 0 tls
            npn 1 tls : missing the comma-delimited NPN protocol suite
            prefer-client-ciphers 0 tls
            process 1 gone : missing value
            proto 1 ok : missing value
            quic-cc-algo 1 void : missing control congestion algorithm
            quic-force-retry 0 void
            quic-socket 1 void : missing value
            severity-output 1 ok : missing severity format
            shards 1 ok : missing value
            sigalgs 1 tls : missing signature algorithm list
            ssl 0 ok
            ssl-max-ver 1 tls : missing the ssl/tls version
            ssl-min-ver 1 tls : missing the ssl/tls version
            strict-sni 0 tls
            tcp-md5sig 1 ok : missing password
            tcp-ss 1 ok : missing TCP Save SYN value
            tcp-ut 1 ok : missing TCP User Timeout value
            tfo 0 ok
            thread 1 void : missing value
            tls-ticket-keys 1 tls : missing TLS ticket keys file path
            tls-tickets 0 tls
            transparent 0 ok
            uid 1 ok : missing value
            user 1 ok : missing user name
            v4v6 0 ok
            v6only 0 ok
            verify 1 tls : missing verify method
            """);

    BindOptions(Draft draft, Settings settings) {
        super(TABLE, draft, settings);
    }

    @Override
    String missing(Option option) {
        return "'" + option.name() + "' : " + option.message();
    }

    @Override
    int blamed(Option option, int at) {
        return at + option.arguments();
    }

    @Override
    String apply(Option option, Statement line, int at) {
        Place place = line.place();
        switch (option.status()) {
            case "ok" -> {
                return set(option.name(), line.word(at + 1), place);
            }
            case "gone" -> line.warn(at, "'process " + line.word(at + 1) + "' on 'bind' lines has no effect since "
                    + "HAProxy 2.5; use 'thread' instead, or nothing.", without(line, at));
            case "todo" -> draft.unbuilt(line.word(0) + " ... " + option.name(), false, place);
            case "kept", "tls" -> {
                String error = check(option.name(), line.word(at + 1));
                if (error != null) {
                    return error;
                }
                Draft.append(settings, BindSpec.OTHER_OPTIONS,
                        new Phrase(line.from(at).subList(0, 1 + option.arguments()), place), place);
            }
            default -> {
                return check(option.name(), line.word(at + 1));
            }
        }
        return null;
    }

    /** The line without an option of one argument. */
    private static String without(Statement line, int at) {
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < line.count(); i++) {
            if (i < at || i > at + 1) {
                rest.append(rest.isEmpty() ? "" : " ").append(line.word(i));
            }
        }
        return rest.toString();
    }

    private String set(String name, String value, Place place) {
        switch (name) {
            case "ssl" -> {
                settings.set(BindSpec.SSL, true, place);
                settings.set(BindSpec.TLS_GLOBALS, draft.global().get(Draft.KEPT).size(), place);
            }
            case "accept-proxy" -> settings.set(BindSpec.ACCEPT_PROXY, true, place);
            case "defer-accept" -> settings.set(BindSpec.DEFER_ACCEPT, true, place);
            case "tfo" -> settings.set(BindSpec.TFO, true, place);
            case "transparent" -> settings.set(BindSpec.TRANSPARENT, true, place);
            case "v4v6" -> settings.set(BindSpec.V4V6, true, place);
            case "v6only" -> settings.set(BindSpec.V6ONLY, true, place);
            case "name" -> settings.set(BindSpec.NAME, value, place);
            case "interface" -> settings.set(BindSpec.INTERFACE, value, place);
            case "namespace" -> {
                settings.set(BindSpec.NAMESPACE, value, place);
                return namespace(value) == null ? null : "'namespace' : " + namespace(value) + ".";
            }
            case "tcp-md5sig" -> settings.set(BindSpec.TCP_MD5SIG, value, place);
            case "guid-prefix" -> settings.set(BindSpec.GUID_PREFIX, value, place);
            case "user" -> {
                settings.set(BindSpec.USER, value, place);
                return AccountNames.user(value) < 0 ? "'user' : unknown user name '" + value + "'" : null;
            }
            case "group" -> {
                settings.set(BindSpec.GROUP, value, place);
                return AccountNames.group(value) < 0 ? "'group' : unknown group name '" + value + "'" : null;
            }
            case "level" -> {
                return oneOf(BindSpec.LEVEL, value, place, "'level' only supports 'user', 'operator', and 'admin'",
                        "user", "operator", "admin");
            }
            case "severity-output" -> {
                return oneOf(BindSpec.SEVERITY_OUTPUT, value, place,
                        "'severity-output' only supports 'none', 'number', and 'string'", "none", "number", "string");
            }
            case "expose-fd" -> {
                settings.set(BindSpec.EXPOSE_LISTENERS, true, place);
                return value.equals("listeners") ? null
                        : "'expose-fd' only supports 'listeners' (got '" + value + "')";
            }
            case "proto" -> {
                return proto(value, place);
            }
            default -> {
                return number(name, value, place);
            }
        }
        return null;
    }

    /** What is wrong with the name of a network namespace, or null; the star takes that of a PROXY header. */
    static String namespace(String name) {
        boolean known = name.equals("*") || name.indexOf('/') < 0 && Files.isReadable(Path.of("/run/netns/" + name));
        return known ? null : "Cannot open namespace '" + name + "'";
    }

    private String proto(String value, Place place) {
        boolean known = value.equals("h1") || value.equals("h2") || value.equals("none") || value.equals("quic")
                || value.equals("qmux");
        if (known && !value.equals("none")) {
            settings.set(BindSpec.PROTO, value, place);
        }
        if (value.equals("quic") || value.equals("qmux")) {
            draft.unbuilt("bind ... proto " + value, false, place);
        }
        return known ? null : "'proto' :  unknown MUX protocol '" + value + "'";
    }

    private String oneOf(Setting<String> setting, String value, Place place, String message, String... known) {
        for (String word : known) {
            if (word.equals(value)) {
                settings.set(setting, value, place);
                return null;
            }
        }
        return message + " (got '" + value + "')";
    }

    private String number(String name, String value, Place place) {
        long number = Numbers.leading(value);
        return switch (name) {
            case "maxconn" -> store(BindSpec.MAXCONN, number, number >= 0, name, "must be >= 0", place);
            case "backlog" -> store(BindSpec.BACKLOG, number, number >= 0, name, "must be > 0", place);
            case "idle-ping" -> {
                long ms = Numbers.millis(value);
                settings.set(BindSpec.IDLE_PING_MS, (int) Math.max(0, ms), place);
                yield ms < 0 ? "'idle-ping' : expects a positive delay in milliseconds" : null;
            }
            case "nbconn" -> store(BindSpec.NBCONN, number, number > 0, name, "must be > 0", place);
            case "nice" -> store(BindSpec.NICE, number, Math.abs(number) <= 1024, name,
                    "allowed range is -1024..1024", place);
            case "uid" -> store(BindSpec.UID, number, number >= 0, name, "must be >= 0", place);
            case "gid" -> store(BindSpec.GID, number, number >= 0, name, "must be >= 0", place);
            case "mode" -> mode(value, place);
            case "id" -> id(value);
            case "mss" -> {
                settings.set(BindSpec.MSS, (int) number, place);
                yield number == 0 || Math.abs(number) > 65535
                        ? "'mss' : expects an MSS with and absolute value between 1 and 65535" : null;
            }
            case "accept-netscaler-cip" -> store(BindSpec.NETSCALER_CIP, cip(value), cip(value) > 0, name,
                    "must be >= 0", place);
            case "tcp-ut" -> {
                long ms = Numbers.millis(value);
                settings.set(BindSpec.TCP_UT_MS, (int) Math.max(0, ms), place);
                yield ms < 0 ? "'tcp-ut' : expects a positive delay in milliseconds" : null;
            }
            case "tcp-ss" -> {
                long mode = Numbers.leading(value);
                settings.set(BindSpec.TCP_SS, (int) mode, place);
                yield mode < 0 || mode > 2 ? "'tcp-ss' : expects a mode between 0 and 2" : null;
            }
            case "shards" -> shards(value, place);
            default -> throw new IllegalStateException(name);
        };
    }

    private static long cip(String value) {
        if (!value.startsWith("0x")) {
            return Numbers.leading(value);
        }
        long number = 0;
        for (int i = 2; i < value.length() && i < 10; i++) {
            number = number << 4 | Math.max(0, Character.digit(value.charAt(i), 16));
        }
        return number;
    }

    private String store(Setting<Integer> setting, long number, boolean fits, String name, String range, Place place) {
        if (!fits || Math.abs(number) > Integer.MAX_VALUE) {
            return "'" + name + "' : invalid value " + number + ", " + range;
        }
        settings.set(setting, (int) number, place);
        return null;
    }

    private String mode(String value, Place place) {
        int mode = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 7 || i > 4) {
                return "'mode' : missing or invalid mode '" + value + "' (octal integer expected)";
            }
            mode = mode << 3 | digit;
        }
        settings.set(BindSpec.MODE, mode, place);
        return null;
    }

    private String id(String value) {
        long number = Numbers.integer(value, Long.MIN_VALUE);
        if (number == Long.MIN_VALUE) {
            return "'id' : expects an integer argument, found '" + value + "'";
        } else if (number <= 0 || number > Integer.MAX_VALUE) {
            return "'id' : custom id has to be > 0";
        }
        id = (int) number;
        return null;
    }

    private String shards(String value, Place place) {
        if (value.equals("by-thread") || value.equals("by-group")) {
            settings.set(BindSpec.SHARDS, value.equals("by-thread") ? -1 : 0, place);
            return null;
        }
        long number = Numbers.leading(value);
        if (number < 1 || number > 64) {
            return "'shards' : invalid value " + number + ", allowed range is 1..64 or 'by-thread'";
        }
        settings.set(BindSpec.SHARDS, (int) number, place);
        return null;
    }

    /** Words of TLS options that can be wrong whatever they mean. */
    static String check(String name, String value) {
        return switch (name) {
            case "verify" -> value.equals("none") || value.equals("optional") || value.equals("required") ? null
                    : "'verify' : unknown verify method '" + value
                            + "', only 'none', 'optional', and 'required' are supported";
            case "ssl-min-ver", "ssl-max-ver" -> TlsWords.isVersion(value) ? null
                    : "'" + value + "' : unknown ssl/tls version";
            default -> null;
        };
    }
}
