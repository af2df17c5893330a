package dev.weir.keyword.directive;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Draft;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.Statement;
import dev.weir.keyword.directive.OptionTable.Option;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerSpec.ProxyTlv;
import dev.weir.model.server.ServerSpec.SendProxy;
import java.util.ArrayList;
import java.util.List;

/** The options of {@code server} and {@code default-server} (configuration manual 5.2). Boot's thread. */
final class ServerOptions extends OptionReader {

    static final OptionTable TABLE = new OptionTable("""
            addr 1 ok : expects <ipv4|ipv6> as argument.
            agent-addr 1 ok : expects an address as argument.
            agent-check 0 ok
            agent-inter 1 time : expects a delay as argument.
            agent-port 1 ok : expects a port number as argument.
            agent-send 1 ok : expects a string as argument.
            allow-0rtt 0 tls
            alpn 1 tls : : missing the comma-delimited ALPN protocol suite
            backup 0 ok
            ca-file 1 tls : : missing CAfile path
            cc 1 void : : missing congestion algorithm name
            check 0 ok
            check-alpn 1 tls : : Missing ALPN value
            check-pool-conn-name 1 ok : : missing argument
            check-proto 1 ok : : missing value
            check-reuse-pool 0 ok
            check-send-proxy 0 ok
            check-sni 1 ok : : missing SNI
            check-sni-auto 0 ok
            check-ssl 0 ok
            check-via-socks4 0 ok
            ciphers 1 tls : : missing cipher suite
            ciphersuites 1 tls : : missing cipher suite
            client-sigalgs 1 tls : : missing signature algorithm list
            cookie 1 ok : expects <value> as argument.
            crl-file 1 tls : : missing CRLfile path
            crt 1 tls : : missing certificate file path
            curves 1 tls : : missing curve suite
            disabled 0 ok
            downinter 1 time : expects a delay as argument.
            enabled 0 ok
            error-limit 1 ok : expects an integer argument.
            fall 1 ok : expects an integer argument.
            fastinter 1 time : expects a delay as argument.
            force-sslv3 0 tls
            force-tlsv10 0 tls
            force-tlsv11 0 tls
            force-tlsv12 0 tls
            force-tlsv13 0 tls
            guid 1 ok : : expects an argument
            hash-key 1 ok : expects 'id', 'addr', or 'addr-port' as argument.
            healthcheck 1 ok : : expects the name of a healthcheck section
            id 1 ok : : expects an integer argument
            idle-ping 1 ok : : missing value
            init-addr 1 ok : : expects a list of methods
            init-state 1 ok : expects one of 'up', 'fully-up', 'down' or 'fully-down'
            inter 1 time : expects a delay as argument.
            !ktls 1 void : : missing value
            log-bufsize 1 kept : expects an integer argument.
            log-proto 1 ok : expects one of 'legacy' or 'octet-count'
            max-reuse 1 ok : : expects an argument
            maxconn 1 ok : expects an integer argument.
            maxqueue 1 ok : expects an integer argument.
            minconn 1 ok : expects an integer argument.
            namespace 1 ok : : expects <name> as argument
            no-agent-check 0 ok
            no-backup 0 ok
            no-check 0 ok
            no-check-reuse-pool 0 ok
            no-check-send-proxy 0 ok
            no-check-sni-auto 0 ok
            no-check-ssl 0 ok
            no-renegotiate 0 tls
            no-send-proxy 0 ok
            no-send-proxy-v2 0 ok
            no-send-proxy-v2-ssl 0 ok
            no-send-proxy-v2-ssl-cn 0 ok
            no-sni-auto 0 ok
            no-ssl 0 ok
            no-ssl-reuse 0 tls
            no-sslv3 0 tls
            no-tfo 0 ok
            no-tls-tickets 0 tls
            no-tlsv10 0 tls
            no-tlsv11 0 tls
            no-tlsv12 0 tls
            no-tlsv13 0 tls
            no-verifyhost 0 tls
            non-stick 0 ok
            npn 1 tls : : missing the comma-delimited NPN protocol suite
            observe 1 ok : expects one of 'none', 'layer4', 'layer7' but got ''
            on-error 1 ok : expects one of 'fastinter', 'fail-check', 'sudden-death' or 'mark-down' but got ''
            on-marked-down 1 ok : expects 'shutdown-sessions' but got ''
            on-marked-up 1 ok : expects 'shutdown-backup-sessions' but got ''
            pool-conn-name 1 ok : : missing argument
            pool-low-conn 1 ok : : expects an argument
            pool-max-conn 1 ok : : expects an argument
            pool-purge-delay 1 ok : : expects an argument
            port 1 ok : expects a port number as argument.
            proto 1 ok : : missing value
            proxy-v2-options 1 ok : : missing options
            quic-cc-algo 1 void : : missing control congestion algorithm
            redir 1 ok : expects <prefix> as argument.
            renegotiate 0 tls
            resolve-net 1 ok : expects a list of networks
            resolve-opts 1 ok : expects a list of options
            resolve-prefer 1 ok : expects either ipv4 or ipv6 as argument.
            resolvers 1 ok : expects the name of a resolvers section
            rise 1 ok : expects an integer argument.
            send-proxy 0 ok
            send-proxy-v2 0 ok
            send-proxy-v2-ssl 0 ok
            send-proxy-v2-ssl-cn 0 ok
            set-proxy-v2-tlv-fmt 1 ok : expects a format
            shard 1 ok : : expects an integer argument
            sigalgs 1 tls : : missing signature algorithm list
            slowstart 1 time : expects a delay as argument.
            sni 1 ok : : missing sni expression
            sni-auto 0 ok
            socks4 1 ok : expects <addr>:<port> as argument.
            source 1 ok : expects <addr>[:<port>[-<port>]], and optionally 'usesrc' <addr>, and 'interface' <name> as argument.
            ssl 0 ok
            ssl-max-ver 1 tls : : missing the ssl/tls version
            ssl-min-ver 1 tls : : missing the ssl/tls version
            ssl-reuse 0 tls
            stick 0 ok
            strict-maxconn 0 ok
            tcp-md5sig 1 ok : : missing password
            tcp-ut 1 ok : : missing TCP User Timeout value
            tfo 0 ok
            tls-tickets 0 tls
            track 1 ok : expects [<proxy>/]<server> as argument.
            usesrc 0 ok
            verify 1 tls : : missing verify method
            verifyhost 1 tls : : missing hostname to verify against
            weight 1 ok : expects an integer argument.
            ws 1 ok : has to be 'auto', 'h1' or 'h2'
            """);

    private final String server;

    /** @param server its name, for messages; empty for default-server */
    ServerOptions(Draft draft, Settings settings, String server) {
        super(TABLE, draft, settings);
        this.server = server;
    }

    @Override
    String missing(Option option) {
        return "'" + option.name() + "' " + option.message() + ".";
    }

    @Override
    int blamed(Option option, int at) {
        return at;
    }

    @Override
    String apply(Option option, Statement line, int at) {
        String error = applyAlone(option, line, at);
        if (error != null) {
            return error + ".";
        }
        if (option.name().equals("source")) {
            SourceOptions source = new SourceOptions(draft, line, next);
            error = source.read(settings, ServerSpec.SOURCE_INTERFACE, ServerSpec.USESRC, ServerSpec.USESRC_ADDRESS);
            next = source.next();
        }
        return error;
    }

    private String applyAlone(Option option, Statement line, int at) {
        Place place = line.place();
        String value = line.word(at + 1);
        switch (option.status()) {
            case "ok" -> {
                return option.arguments() == 0 ? flag(option.name(), place) : set(line.word(at), value, place);
            }
            case "time" -> {
                return time(option.name(), value, place);
            }
            case "todo" -> {
                keep(option, line, at);
                draft.unbuilt(line.word(0) + " ... " + option.name(), false, place);
            }
            case "kept", "tls" -> {
                keep(option, line, at);
                return ServerChecks.kept(option.name(), value);
            }
            default -> { }
        }
        return null;
    }

    /** What is known and not spoken here is refused by who starts. */
    private String proto(Setting<String> setting, String value, Place place) {
        String wrong = ServerChecks.kept(setting.toString(), value);
        if (wrong == null) {
            settings.set(setting, value, place);
        }
        if (wrong == null && !ServerChecks.isOneOf(value, "h1", "h2", "none")) {
            draft.unbuilt("server ... " + setting + " " + value, false, place);
        }
        return wrong;
    }

    private void keep(Option option, Statement line, int at) {
        Place place = line.place();
        Draft.append(settings, ServerSpec.OTHER_OPTIONS,
                new Phrase(line.from(at).subList(0, 1 + option.arguments()), place), place);
    }

    private String flag(String name, Place place) {
        switch (name) {
            case "backup" -> settings.set(ServerSpec.BACKUP, true, place);
            case "no-backup" -> settings.set(ServerSpec.BACKUP, false, place);
            case "check" -> settings.set(ServerSpec.CHECK, true, place);
            case "no-check" -> settings.set(ServerSpec.CHECK, false, place);
            case "agent-check" -> settings.set(ServerSpec.AGENT_CHECK, true, place);
            case "no-agent-check" -> settings.set(ServerSpec.AGENT_CHECK, false, place);
            case "check-send-proxy" -> settings.set(ServerSpec.CHECK_SEND_PROXY, true, place);
            case "no-check-send-proxy" -> settings.set(ServerSpec.CHECK_SEND_PROXY, false, place);
            case "check-reuse-pool", "no-check-reuse-pool" -> settings.set(ServerSpec.CHECK_REUSE_POOL,
                    name.equals("check-reuse-pool"), place);
            case "check-via-socks4" -> settings.set(ServerSpec.CHECK_VIA_SOCKS4, true, place);
            case "disabled" -> settings.set(ServerSpec.DISABLED, true, place);
            case "enabled" -> settings.set(ServerSpec.DISABLED, false, place);
            case "non-stick" -> settings.set(ServerSpec.NON_STICK, true, place);
            case "stick" -> settings.set(ServerSpec.NON_STICK, false, place);
            case "strict-maxconn" -> settings.set(ServerSpec.STRICT_MAXCONN, true, place);
            case "tfo" -> settings.set(ServerSpec.TFO, true, place);
            case "no-tfo" -> settings.set(ServerSpec.TFO, false, place);
            case "send-proxy" -> settings.set(ServerSpec.SEND_PROXY, SendProxy.V1, place);
            case "send-proxy-v2" -> settings.set(ServerSpec.SEND_PROXY, SendProxy.V2, place);
            case "send-proxy-v2-ssl" -> sendProxy(List.of("ssl"), place);
            case "send-proxy-v2-ssl-cn" -> sendProxy(List.of("ssl", "cert-cn"), place);
            case "no-send-proxy", "no-send-proxy-v2", "no-send-proxy-v2-ssl", "no-send-proxy-v2-ssl-cn" ->
                settings.set(ServerSpec.SEND_PROXY, SendProxy.NONE, place);
            case "ssl", "no-ssl" -> tls(ServerSpec.SSL, name.equals("ssl"), place);
            case "check-ssl", "no-check-ssl" -> tls(ServerSpec.CHECK_SSL, name.equals("check-ssl"), place);
            case "check-sni-auto", "no-check-sni-auto" -> settings.set(ServerSpec.CHECK_SNI_AUTO,
                    name.equals("check-sni-auto"), place);
            case "sni-auto", "no-sni-auto" -> settings.set(ServerSpec.SNI_AUTO, name.equals("sni-auto"), place);
            case "usesrc" -> {
                return "'usesrc' only allowed after a 'source' statement.";
            }
            default -> throw new IllegalStateException(name);
        }
        return null;
    }

    private void tls(Setting<Boolean> which, boolean wanted, Place place) {
        settings.set(which, wanted, place);
        if (wanted) {
            settings.set(ServerSpec.TLS_GLOBALS, draft.global().get(Draft.KEPT).size(), place);
        }
    }

    private void sendProxy(List<String> options, Place place) {
        settings.set(ServerSpec.SEND_PROXY, SendProxy.V2, place);
        for (String option : options) {
            Draft.append(settings, ServerSpec.PROXY_V2_OPTIONS, option, place);
        }
    }

    private void pool(String word, String value, Place place) {
        switch (word) {
            case "pool-max-conn" -> settings.set(ServerSpec.POOL_MAX_CONN, (int) Numbers.leading(value), place);
            case "pool-low-conn" -> settings.set(ServerSpec.POOL_LOW_CONN, (int) Numbers.leading(value), place);
            case "max-reuse" -> settings.set(ServerSpec.MAX_REUSE, (int) Numbers.leading(value), place);
            default -> settings.set(ServerSpec.POOL_PURGE_MS, (int) Numbers.millis(value), place);
        }
    }

    private String set(String word, String value, Place place) {
        int arguments = word.indexOf('(');
        switch (arguments < 0 ? word : word.substring(0, arguments)) {
            case "proto" -> {
                return proto(ServerSpec.PROTO, value, place);
            }
            case "ws" -> {
                settings.set(ServerSpec.WS, value, place);
                return ServerChecks.kept("ws", value);
            }
            case "check-proto" -> {
                return proto(ServerSpec.CHECK_PROTO, value, place);
            }
            case "cookie" -> settings.set(ServerSpec.COOKIE, value, place);
            case "shard" -> {
                settings.set(ServerSpec.SHARD, (int) Numbers.leading(value), place);
                return ServerChecks.kept("shard", value);
            }
            case "pool-max-conn", "pool-low-conn", "pool-purge-delay", "max-reuse" -> {
                String error = ServerChecks.kept(word, value);
                if (error != null) {
                    return error;
                }
                pool(word, value, place);
            }
            case "sni" -> settings.set(ServerSpec.SNI, value, place);
            case "idle-ping" -> {
                long ms = Numbers.millis(value);
                settings.set(ServerSpec.IDLE_PING_MS, (int) Math.max(0, ms), place);
                return ms < 0 ? "'idle-ping' : expects a positive delay in milliseconds" : null;
            }
            case "pool-conn-name" -> settings.set(ServerSpec.POOL_CONN_NAME, value, place);
            case "check-pool-conn-name" -> settings.set(ServerSpec.CHECK_POOL_NAME, value, place);
            case "check-sni" -> settings.set(ServerSpec.CHECK_SNI, value, place);
            case "redir" -> settings.set(ServerSpec.REDIR, value, place);
            case "guid" -> settings.set(ServerSpec.GUID, value, place);
            case "namespace" -> {
                settings.set(ServerSpec.NAMESPACE, value, place);
                return BindOptions.namespace(value);
            }
            case "tcp-md5sig" -> settings.set(ServerSpec.TCP_MD5SIG, value, place);
            case "resolvers" -> settings.set(ServerSpec.RESOLVERS, value, place);
            case "track" -> settings.set(ServerSpec.TRACK, value, place);
            case "healthcheck" -> settings.set(ServerSpec.HEALTHCHECK, value, place);
            case "agent-addr" -> settings.set(ServerSpec.AGENT_ADDR, value, place);
            case "agent-send" -> settings.set(ServerSpec.AGENT_SEND, value, place);
            case "source" -> {
                return address(ServerSpec.SOURCE, "source", value, Addresses.STREAM | Addresses.PORT_RANGE, place);
            }
            case "addr" -> {
                return address(ServerSpec.CHECK_ADDR, "addr", value, Addresses.STREAM, place);
            }
            case "socks4" -> {
                return address(ServerSpec.SOCKS4, "socks4 " + value, value, Addresses.STREAM | Addresses.PORT_NEEDED,
                        place);
            }
            case "proxy-v2-options" -> {
                return list(ServerSpec.PROXY_V2_OPTIONS, value, place);
            }
            case "init-addr" -> {
                return list(ServerSpec.INIT_ADDR, value, place);
            }
            case "resolve-net" -> {
                for (String text : value.split(",")) {
                    if (dev.weir.base.address.Network.parse(text) == null) {
                        return "'" + word + "' invalid network '" + text + "'.";
                    }
                }
                return list(ServerSpec.RESOLVE_NETS, value, place);
            }
            case "resolve-opts" -> {
                return list(ServerSpec.RESOLVE_OPTS, value, place);
            }
            case "set-proxy-v2-tlv-fmt" -> {
                return tlv(word, value, place);
            }
            default -> {
                String error = ServerChecks.word(word, value, draft, settings, place);
                return error == null || !error.isEmpty() ? error : number(word, value, place);
            }
        }
        return null;
    }

    private String list(Setting<List<String>> setting, String value, Place place) {
        List<String> words = new ArrayList<>();
        for (String word : value.split(",")) {
            String error = ServerChecks.listed(setting.name(), word);
            if (error != null) {
                return error;
            }
            words.add(word);
        }
        settings.set(setting, List.copyOf(words), place);
        return null;
    }

    private String address(Setting<Address> setting, String called, String value, int options, Place place) {
        ParsedAddress parsed = draft.addresses().parse(value, options);
        if (parsed == null) {
            String of = called.startsWith("addr") ? "'addr' : " : "'" + called + "' : ";
            return of + draft.addresses().error();
        }
        settings.set(setting, parsed.address(), place);
        if (called.equals("addr") && parsed.address().port() > 0 && settings.get(ServerSpec.CHECK_PORT) == 0) {
            settings.set(ServerSpec.CHECK_PORT, parsed.address().port(), place);
        } else if (called.equals("source")) {
            settings.set(ServerSpec.SOURCE_PORT_LAST, parsed.lastPort(), place);
        }
        return null;
    }

    private String tlv(String word, String format, Place place) {
        int open = word.indexOf('(');
        int close = word.indexOf(')');
        String type = open < 0 || close < open ? "" : word.substring(open + 1, close);
        long number = type.startsWith("0x") ? hexadecimal(type) : Numbers.integer(type, -1);
        if (number < 0 || number > 255) {
            return "'set-proxy-v2-tlv-fmt' : expects a TLV type between 0 and 255 in parenthesis (got '" + type + "')";
        }
        Draft.append(settings, ServerSpec.PROXY_TLVS, new ProxyTlv((int) number, format), place);
        return null;
    }

    private static long hexadecimal(String text) {
        long number = 0;
        for (int i = 2; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || i > 6) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return text.length() > 2 ? number : -1;
    }

    private String time(String name, String value, Place place) {
        long ms = Numbers.millis(value);
        if (ms == Numbers.OVERFLOW) {
            return "timer overflow in argument <" + value + "> to <" + name + "> of server " + server
                    + ", maximum value is 2147483647 ms (~24.8 days).";
        } else if (ms < 0) {
            return "unexpected character '" + Numbers.culprit(value, ms) + "' in '" + name + "' argument of server "
                    + server + ".";
        } else if (ms == 0 && !name.equals("slowstart")) {
            return "invalid value " + value + " for argument '" + name + "' of server " + server + ".";
        }
        settings.set(switch (name) {
            case "inter" -> ServerSpec.INTER_MS;
            case "fastinter" -> ServerSpec.FASTINTER_MS;
            case "downinter" -> ServerSpec.DOWNINTER_MS;
            case "agent-inter" -> ServerSpec.AGENT_INTER_MS;
            default -> ServerSpec.SLOWSTART_MS;
        }, (int) ms, place);
        return null;
    }

    private String number(String name, String value, Place place) {
        long number = Numbers.leading(value);
        switch (name) {
            case "weight" -> {
                if (number < 0 || number > 256) {
                    return "weight of server " + server + " is not within 0 and 256 (" + number + ").";
                }
                settings.set(ServerSpec.WEIGHT, (int) number, place);
            }
            case "rise", "fall", "error-limit" -> {
                if (number <= 0 || number > 1_000_000_000) {
                    return name.equals("error-limit") ? "error-limit has to be > 0." : "'" + name + "' has to be > 0.";
                }
                settings.set(name.equals("rise") ? ServerSpec.RISE : name.equals("fall") ? ServerSpec.FALL
                        : ServerSpec.ERROR_LIMIT, (int) number, place);
            }
            case "id" -> {
                if (number <= 0 || number > Integer.MAX_VALUE) {
                    return "'id' : custom id has to be > 0";
                }
                id = (int) number;
            }
            case "port", "agent-port" -> {
                if (number < 0 || number > 65535) {
                    return "'" + name + "' : invalid port '" + value + "'";
                }
                settings.set(name.equals("port") ? ServerSpec.CHECK_PORT : ServerSpec.AGENT_PORT, (int) number, place);
            }
            default -> {
                if (number < 0 || number > Integer.MAX_VALUE) {
                    return "'" + name + "' : invalid value " + value + ", must be >= 0";
                }
                settings.set(name.equals("maxconn") ? ServerSpec.MAXCONN : name.equals("minconn")
                        ? ServerSpec.MINCONN : ServerSpec.MAXQUEUE, (int) number, place);
            }
        }
        return null;
    }
}
