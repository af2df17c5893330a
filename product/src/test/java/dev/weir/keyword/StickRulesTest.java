package dev.weir.keyword;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.flow.drive.StickRule;
import dev.weir.flow.drive.StickRuleCompiler;
import dev.weir.flow.drive.StickRules;
import dev.weir.flow.drive.StickyKeys;
import dev.weir.model.balance.RoundRobin;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.KeyType;
import dev.weir.model.stick.StickEntry;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.model.stick.TableValidator;
import dev.weir.model.stick.TestTables;
import dev.weir.model.value.Sample;
import dev.weir.net.sock.Dialer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The road of keys through the stick rules of a backend, step by step as HAProxy 2.6 took it. */
class StickRulesTest {

    private static final Place HERE = new Place("test", 1);

    private final TestScope scope = new TestScope();
    private final TestExchange exchange = new TestExchange(scope);
    private final List<Server> servers = new ArrayList<>();
    private final StickyKeys keys = new StickyKeys();
    private final Sample scratch = new Sample();
    private StickTable byAddress;
    private StickTable own;
    private StickRules rules;

    @BeforeEach
    void begin() {
        for (int i = 1; i <= 3; i++) {
            Settings settings = new Settings();
            settings.set(ServerSpec.NON_STICK, i == 3, HERE);
            ServerSpec spec = new ServerSpec(i, i == 3 ? "ns" : "s" + i, null, Address.ipv4(0x7f000001, 7010 + i),
                    settings, HERE);
            servers.add(new Server(spec, spec.address(), "f", Dialer.PLAIN, 1, 0));
        }
        StickTableSpec t2 = TestTables.spec("t2", KeyType.STRING, 0, 100, 0, "server_id server_key");
        byAddress = scope.tables.keep(new StickTableSpec("t2", t2.keyType(), t2.keyLength(), 100, 0, false, false,
                t2.stored(), null, null, StickTableSpec.ServerKey.ADDRESS, 1, HERE), 0);
        own = scope.tables.keep(TestTables.spec("f", KeyType.IPV4, 0, 100, 60_000, "server_id gpc0 server_key"), 0);
        ProxySpec spec = new ProxySpec(2, ProxySpec.Kind.BACKEND, "f", new Settings(), List.of(), List.of(), HERE);
        Backend backend = new Backend(spec, 1, 0);
        backend.configure(spec, servers, new RoundRobin<>(servers, false));
        rules = new StickRules(new StickRule[] {rule("on", "hdr(a) table t2"), rule("on", "hdr(b) table t2"),
            rule("on", "src if { hdr(s) y }"), rule("store-response", "res.hdr(r) table t2")}, backend,
                scope.tables.names());
    }

    private StickRule rule(String use, String words) {
        StickRuleCompiler.Compiled compiled = new StickRuleCompiler(scope)
                .compile(StickRule.Use.named(use), List.of(words.split(" ")));
        assertTrue(compiled.rule() != null, compiled.toString());
        return compiled.rule();
    }

    @AfterEach
    void nothingIsHeld() {
        for (StickTable table : scope.tables.all()) {
            TableValidator.check(table);
        }
    }

    /** What the rules say, and then the balancer's choice where they say nothing. */
    private String serve(String headers, int otherwise) {
        exchange.isResponse = false;
        exchange.request("GET / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
        Server found = rules.select(exchange, scratch, false, false, keys);
        Server server = found == null ? servers.get(otherwise - 1) : found;
        exchange.response("HTTP/1.1 200 OK\r\nr: zz" + server.address().port() + "\r\n\r\n");
        rules.learn(exchange, scratch, keys);
        rules.store(server, keys, exchange.nowMs);
        return found == null ? "-" : found.name();
    }

    private String entry(StickTable table, String key) {
        StickEntry entry = new StickEntry();
        if (!table.look(TestTables.key(table, key), entry, exchange.nowMs)) {
            return "-";
        }
        byte[] name = table.names().name(entry.value(DataType.SERVER_KEY, 0));
        return entry.value(DataType.SERVER_ID, 0) + " "
                + (name == null ? "-" : new String(name, StandardCharsets.US_ASCII));
    }

    @Test
    void walksTheRoadOfHaproxy() {
        assertEquals("-", serve("a: k1\r\nb: k2\r\n", 1));
        assertEquals("1 127.0.0.1:7011", entry(byAddress, "k1"));
        assertEquals("1 127.0.0.1:7011", entry(byAddress, "zz7011"));
        // the second rule of the same table is passed over while the first has a key
        assertEquals("-", entry(byAddress, "k2"));
        assertEquals("s1", serve("a: k1\r\nb: k2\r\n", 2));
        assertEquals("-", serve("b: k2\r\n", 2));
        assertEquals("s2", serve("b: k2\r\n", 3));
        assertEquals("-", serve("a: k9\r\nb: k2\r\n", 3));
        assertEquals("-", entry(byAddress, "k9"));
        assertEquals("-", entry(byAddress, "zz7013"));
        assertEquals("-", serve("s: y\r\n", 1));
        assertEquals("1 s1", entry(own, "127.0.0.1"));
        long pinned = byAddress.pin(TestTables.key(byAddress, "k1"), exchange.nowMs);
        byAddress.set(pinned, DataType.SERVER_ID, 0, 2, exchange.nowMs);
        byAddress.unpin(pinned, exchange.nowMs);
        // the address counts more than the number, which is put right
        assertEquals("s1", serve("a: k1\r\n", 2));
        assertEquals("1 127.0.0.1:7011", entry(byAddress, "k1"));
    }

    @Test
    void aServerThatIsDownIsNotChosen() {
        serve("s: y\r\n", 1);
        servers.getFirst().publish(servers.getFirst().state().withOperation(ServerState.Operation.STOPPED), 0);
        assertEquals("-", serve("s: y\r\n", 2));
        assertEquals("2 s2", entry(own, "127.0.0.1"));
        servers.get(1).publish(servers.get(1).state().withOperation(ServerState.Operation.STOPPED), 0);
        exchange.request("GET / HTTP/1.1\r\nHost: h\r\ns: y\r\n\r\n");
        assertEquals(servers.get(1), rules.select(exchange, scratch, false, true, keys));
        keys.clear();
    }

    @Test
    void anAddressThatMovesIsFollowed() {
        serve("a: k1\r\n", 1);
        servers.get(0).address(Address.ipv4(0x7f000001, 9001));
        servers.get(1).address(Address.ipv4(0x7f000001, 7011));
        assertEquals("s2", serve("a: k1\r\n", 1));
    }

    /** HAProxy 2.6's messages; the table of the proxy itself is there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "on|nope|'stick': unknown fetch method 'nope'",
        "on|src,nope|'stick': unknown converter 'nope'",
        "match|src foo|'stick': unknown keyword 'foo'.",
        "match|src table tip foo|'stick': unknown keyword 'foo'.",
        "on|src table tip table tip|'stick': unknown keyword 'table'.",
        "on|src table tip unless nope|'stick': error detected while parsing sticking condition : no such ACL : 'nope'.",
        "on|src table tip if TRUE table tip|'stick': error detected while parsing sticking condition : no such ACL : "
                + "'table'.",
        "store-request|res.hdr(a) table tstr|'stick': fetch method 'res.hdr' extracts information from "
                + "'HTTP response headers', none of which is available during request.",
        "store-response|req.ssl_hello_type table tint|'stick': fetch method 'req.ssl_hello_type' extracts information "
                + "from 'request buffer', none of which is available for 'store-response'.",
        "on|src table|Proxy 'f': unable to find stick-table ''.",
        "on|src table nope|Proxy 'f': unable to find stick-table 'nope'.",
        "store-response|src table nope|Proxy 'f': unable to find store table 'nope'.",
        "match|method table tint|Proxy 'f': type of fetch not usable with type of stick-table 'tint'.",
        "store-response|bin(00) table tint|Proxy 'f': type of fetch not usable with type of stick-table 'tint'.",
        "on|src table tbin|", "on|src table tint|", "on|src table tip if { res.hdr(a) b }|W anonymous acl will never "
                + "match because it uses keyword 'res.hdr' which is incompatible with 'backend use-server, balance or "
                + "stick-match rule'",
        "store-response|src table tip if { hdr(a) b }|W anonymous acl will never match because it uses keyword 'hdr' "
                + "which is incompatible with 'backend stick-store rule'"})
    void saysWhatIsWrong(String use, String words, String expected) {
        StickRuleCompiler.Compiled compiled = new StickRuleCompiler(scope)
                .compile(StickRule.Use.named(use), Arrays.asList(words.split(" ")));
        String said = compiled.error() != null ? compiled.error() : compiled.lateError() != null ? compiled.lateError()
                : compiled.warnings().isEmpty() ? null : "W " + compiled.warnings().getFirst();
        assertEquals(expected, said);
    }
}
