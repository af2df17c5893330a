package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogSpec;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Unbuilt;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.BindSpec;
import dev.weir.upkeep.resolve.ResolversSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What lines put into Specs. */
class SpecsTest {

    private static Configuration read(String text) {
        Reading reading = Reading.of(text);
        assertNotNull(reading.configuration, () -> reading.diagnostics.toString());
        return reading.configuration;
    }

    private static Arguments row(String line, Setting<?> setting, Object value) {
        return Arguments.of(line, setting, value);
    }

    static List<Arguments> globals() {
        return List.of(row("maxconn 300000", GlobalSpec.MAXCONN, 300000), row("nbthread 3", GlobalSpec.NBTHREAD, 3),
                row("daemon", GlobalSpec.DAEMON, true), row("hard-stop-after 10s", GlobalSpec.HARD_STOP_AFTER_MS, 10_000),
                row("tune.bufsize 32k", GlobalSpec.TUNE_BUFSIZE, 32768), row("description a b", GlobalSpec.DESCRIPTION,
                "a b"), row("log-send-hostname", GlobalSpec.LOG_SEND_HOSTNAME, ""),
                row("no strict-limits", GlobalSpec.STRICT_LIMITS, false),
                row("stats timeout 5m", GlobalSpec.STATS_TIMEOUT_MS, 300_000), row("quiet", GlobalSpec.QUIET, true));
    }

    @ParameterizedTest
    @MethodSource("globals")
    void globalSettings(String line, Setting<?> setting, Object value) {
        assertEquals(value, read("global\n " + line + "\n").global().get(setting));
    }

    static List<Arguments> proxies() {
        return List.of(row("mode http", ProxySpec.MODE, ProxySpec.Mode.HTTP),
                row("timeout connect 1us", ProxySpec.TIMEOUT_CONNECT, 1),
                row("timeout client-fin 1440m", ProxySpec.TIMEOUT_CLIENT_FIN, 86_400_000),
                row("option redispatch", ProxySpec.REDISPATCH, -1), row("option redispatch 3", ProxySpec.REDISPATCH, 3),
                row("no option redispatch", ProxySpec.REDISPATCH, 0), row("option tcpka", ProxySpec.CLITCPKA, true),
                row("option splice-auto", ProxySpec.SPLICE_REQUEST, ProxySpec.Splice.AUTO),
                row("balance uri len 3", ProxySpec.BALANCE, List.of("uri", "len", "3")),
                row("hash-type consistent djb2", ProxySpec.HASH_TYPE, List.of("consistent", "djb2")),
                row("option httpchk GET / HTTP/1.1\\r\\nHost:\\ x", ProxySpec.CHECK_KIND,
                        List.of("httpchk", "GET", "/", "HTTP/1.1\r\nHost: x")),
                row("redisp", ProxySpec.REDISPATCH, -1), row("clitimeout 5s", ProxySpec.TIMEOUT_CLIENT, 5000),
                row("stats refresh 30s", ProxySpec.STATS_REFRESH_S, 30), row("stats uri /x", ProxySpec.STATS, true),
                row("source 192.0.2.1 interface eth0", ProxySpec.SOURCE_INTERFACE, "eth0"),
                row("clitcpka-idle 1m", ProxySpec.CLITCPKA_IDLE, 60), row("rate-limit sessions 7",
                        ProxySpec.RATE_LIMIT_SESSIONS, 7));
    }

    @ParameterizedTest
    @MethodSource("proxies")
    void proxySettings(String line, Setting<?> setting, Object value) {
        assertEquals(value, read("listen l\n bind :1\n " + line + "\n").proxies().getFirst().settings().get(setting));
        assertEquals(value, inherited(line, setting));
    }

    /** The same line in a defaults section, unless no defaults section may have it. */
    private static Object inherited(String line, Setting<?> setting) {
        return read("defaults\n " + line + "\nlisten l\n bind :1\n").proxies().getFirst().settings().get(setting);
    }

    static List<Arguments> servers() {
        return List.of(row("weight 0", ServerSpec.WEIGHT, 0), row("check inter 2s", ServerSpec.INTER_MS, 2000),
                row("backup", ServerSpec.BACKUP, true), row("disabled enabled", ServerSpec.DISABLED, false),
                row("send-proxy-v2", ServerSpec.SEND_PROXY, ServerSpec.SendProxy.V2),
                row("send-proxy-v2-ssl-cn", ServerSpec.PROXY_V2_OPTIONS, List.of("ssl", "cert-cn")),
                row("init-addr last,libc,none", ServerSpec.INIT_ADDR, List.of("last", "libc", "none")),
                row("set-proxy-v2-tlv-fmt(0xE1) %[src]", ServerSpec.PROXY_TLVS,
                        List.of(new ServerSpec.ProxyTlv(0xe1, "%[src]"))),
                row("source 192.0.2.1:1000-2000 usesrc clientip", ServerSpec.SOURCE_PORT_LAST, 2000),
                row("source 192.0.2.1 usesrc clientip weight 3", ServerSpec.WEIGHT, 3),
                row("addr 192.0.2.1:99", ServerSpec.CHECK_PORT, 99), row("slowstart 10s", ServerSpec.SLOWSTART_MS, 10_000),
                row("tcp-ut 5s", ServerSpec.TCP_UT_MS, 5000), row("on-error mark-down", ServerSpec.ON_ERROR, "mark-down"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void serverSettings(String options, Setting<?> setting, Object value) {
        Configuration own = read("backend b\n server s 192.0.2.3:80 " + options + "\n");
        Configuration defaulted = read("backend b\n default-server " + options + "\n server s 192.0.2.3:80\n");
        Configuration far = read("defaults\n default-server " + options + "\nbackend b\n server s 192.0.2.3:80\n");
        for (Configuration configuration : List.of(own, defaulted, far)) {
            assertEquals(value, configuration.proxies().getFirst().servers().getFirst().settings().get(setting));
        }
    }

    static List<Arguments> binds() {
        return List.of(row("maxconn 7", BindSpec.MAXCONN, 7), row("mode 0660", BindSpec.MODE, 0660),
                row("accept-netscaler-cip 0x10", BindSpec.NETSCALER_CIP, 16), row("shards by-thread", BindSpec.SHARDS, -1),
                row("tcp-ut 30s", BindSpec.TCP_UT_MS, 30_000), row("mss -100", BindSpec.MSS, -100),
                row("name x", BindSpec.NAME, "x"), row("ssl", BindSpec.SSL, true));
    }

    @ParameterizedTest
    @MethodSource("binds")
    void bindSettings(String options, Setting<?> setting, Object value) {
        Configuration configuration = read("frontend f\n bind :80 " + options + "\n");
        assertEquals(value, configuration.proxies().getFirst().binds().getFirst().settings().get(setting));
    }

    static List<Arguments> addresses() {
        return List.of(Arguments.of(":80", "1 0.0.0.0:80"), Arguments.of("*:80,[::1]:81", "1 0.0.0.0:80 2 [::1]:81"),
                Arguments.of(":80-82", "1 0.0.0.0:80 2 0.0.0.0:81 3 0.0.0.0:82"), Arguments.of("/tmp/x", "1 /tmp/x"),
                Arguments.of("abns@a", "1 abns@a"), Arguments.of("fd@${FD}", "1 fd@N"),
                Arguments.of("stream+fd@${FD}", "1 fd@N"), Arguments.of("${T}+fd@${FD}", "1 fd@N"),
                Arguments.of(":::80", "1 [::]:80"), Arguments.of("ipv6@:80", "1 [::]:80"),
                Arguments.of(":80 id 5", "5 0.0.0.0:80"), Arguments.of("localhost:80", "1 192.0.2.1:80"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void bindAddresses(String line, String expected) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        int number = aSocket();
        StringBuilder found = new StringBuilder();
        String text = "global\n setenv FD " + number + "\n setenv T stream\nfrontend f\n bind " + line + "\n";
        for (BindSpec bind : read(text).proxies().getFirst().binds()) {
            found.append(found.isEmpty() ? "" : " ").append(bind.id()).append(' ').append(bind.address());
        }
        socket.close();
        assertEquals(expected.replace("N", "" + number), found.toString());
    }

    /** A descriptor that is one. */
    private static int aSocket() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : all.toList()) {
                if (Files.isSymbolicLink(each) && Files.readSymbolicLink(each).toString().startsWith("socket:")) {
                    return Integer.parseInt(each.getFileName().toString());
                }
            }
        }
        throw new IllegalStateException("no socket is open");
    }

    static List<Arguments> targets() {
        return List.of(Arguments.of("192.0.2.3:80", "null 192.0.2.3:80 FIXED"),
                Arguments.of("192.0.2.3", "null 192.0.2.3:0 SAME"), Arguments.of("192.0.2.3:+10",
                "null 192.0.2.3:10 OFFSET"), Arguments.of("192.0.2.3:-10", "null 192.0.2.3:-10 OFFSET"),
                Arguments.of("db:3306", "db  FIXED"), Arguments.of("_x._tcp.example.org", "_x._tcp.example.org  SAME"),
                Arguments.of("/run/a.sock", "null /run/a.sock FIXED"), Arguments.of("ipv6@[::1]:80",
                "null [::1]:80 FIXED"), Arguments.of("::1", "null [::1]:0 SAME"));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void serverAddresses(String word, String expected) {
        ServerSpec server = read("backend b\n server s " + word + "\n").proxies().getFirst().servers().getFirst();
        assertEquals(expected, server.host() + " " + server.address() + " "
                + server.settings().get(ServerSpec.PORT_MAPPING));
    }

    @Test
    void countsIdsAroundGivenOnes() {
        Configuration configuration = read("""
                frontend a
                 bind :1 id 2
                 bind :2
                 bind :3
                frontend b
                 id 3
                 bind :4
                backend c
                 server x 192.0.2.1:1
                 server y 192.0.2.1:2 id 1
                 server z 192.0.2.1:3
                """);
        List<Integer> ids = new ArrayList<>();
        configuration.proxies().forEach(p -> ids.add(p.id()));
        configuration.proxies().getFirst().binds().forEach(b -> ids.add(b.id()));
        configuration.proxies().getLast().servers().forEach(s -> ids.add(s.id()));
        assertEquals(List.of(2, 3, 4, 2, 1, 3, 2, 1, 3), ids);
    }

    @Test
    void readsLogLines() {
        Settings global = read("""
                global
                 log 192.0.2.9 len 200 format rfc5424 sample 1,3-4:5 local3 notice err
                 log stdout raw@x
                """.replace(" log stdout raw@x\n", " log stdout local0\n")).global();
        LogSpec first = global.get(GlobalSpec.LOGS).getFirst();
        assertEquals("UDP 192.0.2.9:514 RFC5424 19 5 3 200 5 [1, 1][3, 4]", first.target() + " " + first.address() + " "
                + first.framing() + " " + first.facility() + " " + first.maxLevel() + " " + first.minLevel() + " "
                + first.maxLength() + " " + first.sampleSize() + " " + Arrays.toString(first.sample().get(0))
                + Arrays.toString(first.sample().get(1)));
        LogSpec second = global.get(GlobalSpec.LOGS).getLast();
        assertEquals("DESCRIPTOR fd@1 LOCAL", second.target() + " " + second.address() + " " + second.framing());
    }

    @Test
    void logsAddUpAndNoLogForgets() {
        Configuration configuration = read("""
                defaults
                 log 192.0.2.1 local0
                 log global
                frontend a
                 bind :1
                 log 192.0.2.2 local0
                frontend b
                 bind :2
                 no log
                global
                 log-send-hostname
                """);
        Settings a = configuration.proxies().getFirst().settings();
        Settings b = configuration.proxies().getLast().settings();
        assertEquals(2, a.get(ProxySpec.LOGS).size());
        assertEquals("RFC3164", a.get(ProxySpec.LOGS).getFirst().framing().toString());
        assertEquals(List.of(0, false, true), List.of(b.get(ProxySpec.LOGS).size(), b.get(ProxySpec.LOG_GLOBAL),
                a.get(ProxySpec.LOG_GLOBAL)));
    }

    @Test
    void defaultsChainAndStartAfresh() {
        Configuration configuration = read("""
                defaults base
                 timeout client 1s
                 retries 7
                defaults more from base
                 timeout client 2s
                defaults
                 timeout server 3s
                listen anonymous
                 bind :1
                listen chained from more
                 bind :2
                """);
        Settings anonymous = configuration.proxies().getFirst().settings();
        Settings chained = configuration.proxies().getLast().settings();
        assertEquals(List.of(0, 3000, 3), List.of(anonymous.get(ProxySpec.TIMEOUT_CLIENT),
                anonymous.get(ProxySpec.TIMEOUT_SERVER), anonymous.get(ProxySpec.RETRIES)));
        assertEquals(List.of(2000, 0, 7), List.of(chained.get(ProxySpec.TIMEOUT_CLIENT),
                chained.get(ProxySpec.TIMEOUT_SERVER), chained.get(ProxySpec.RETRIES)));
    }

    @Test
    void templatesMakeServers() {
        List<ServerSpec> servers = read("backend b\n server-template s 2-4 a.example:80 check\n").proxies().getFirst()
                .servers();
        List<String> names = new ArrayList<>();
        servers.forEach(s -> names.add(s.name() + s.id() + s.host()));
        assertEquals(List.of("s21a.example", "s32a.example", "s43a.example"), names);
    }

    @Test
    void readsResolvers() {
        ResolversSpec resolvers = read("""
                resolvers r
                 nameserver a 192.0.2.53:53
                 nameserver b tcp@192.0.2.54:53
                 hold valid 1s
                 timeout retry 7s
                """).resolvers().getFirst();
        assertEquals("a192.0.2.53:53false b192.0.2.54:53true 1000 7000", resolvers.nameservers().get(0).name()
                + resolvers.nameservers().get(0).address() + resolvers.nameservers().get(0).tcp() + " "
                + resolvers.nameservers().get(1).name() + resolvers.nameservers().get(1).address()
                + resolvers.nameservers().get(1).tcp() + " " + resolvers.settings().get(ResolversSpec.HOLD_VALID_MS)
                + " " + resolvers.settings().get(ResolversSpec.TIMEOUT_RETRY_MS));
    }

    static List<Arguments> unbuilt() {
        return List.of(Arguments.of("listen l\n bind :1\n option forwardfor\n", List.of()),
                Arguments.of("listen l\n mode http\n bind :1\n option checkcache\n", List.of()),
                Arguments.of("defaults\n mode http\n option checkcache\nlisten l\n mode tcp\n bind :1\n", List.of()),
                Arguments.of("listen l\n bind :1 proto quic\n",
                        List.of("bind ... proto quic")),
                Arguments.of("defaults d\n option httpchk\n", List.of()),
                Arguments.of("global\n lua-load x.lua\n", List.of("lua-load")),
                Arguments.of("listen l\n bind :1\n tcp-request connection expect-proxy layer4\n", List.of()),
                Arguments.of("listen l\n bind :1\n tcp-request connection reject\n", List.of()),
                Arguments.of("global\n tune.h2.log-errors none\n cpu-map 1 0\n profiling.tasks on\n", List.of()));
    }

    @ParameterizedTest
    @MethodSource("unbuilt")
    void recordsWhatCannotBeStarted(String text, List<String> expected) {
        List<String> found = new ArrayList<>();
        for (Unbuilt unbuilt : read(text).unbuilt()) {
            found.add(unbuilt.what());
        }
        assertEquals(expected, found);
    }

    @Test
    void keepsRulesInOrder() {
        ProxySpec proxy = read("""
                defaults d
                 tcp-request connection reject if { src 192.0.2.1 }
                listen l from d
                 bind :1
                 acl a src 192.0.2.2
                 tcp-request content accept if a
                """).proxies().getFirst();
        List<String> rules = new ArrayList<>();
        proxy.settings().get(ProxySpec.RULES).forEach(r -> rules.add(r.kind() + "|" + r.text()));
        assertEquals(List.of("tcp-request connection|reject if { src 192.0.2.1 }", "acl|a src 192.0.2.2",
                "tcp-request content|accept if a"), rules);
    }
}
