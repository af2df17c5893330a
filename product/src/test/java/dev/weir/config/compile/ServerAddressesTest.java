package dev.weir.config.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.config.lang.NameResolver;
import dev.weir.config.lang.SystemNames;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressesTest {

    private static final Place HERE = new Place("f", 3);
    /** Knows one name, which has addresses of both families. */
    private static final NameResolver NAMES = host -> host.equals("known")
            ? List.of(IpText.parse("2001:db8::1"), IpText.parse("10.0.0.1")) : List.of();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "known | last,libc | - | false | [2001:db8::1]:80 |",
        "known | last,libc | ipv4 | false | 10.0.0.1:80 |",
        "known | none | - | false | '' |",
        "known | 192.0.2.1 | - | false | 192.0.2.1:80 |",
        "lost | libc,192.0.2.1 | - | false | 192.0.2.1:80 |",
        "lost | last,libc | - | false | '' | ALERT [f:3] : 'server b/s' : could not resolve address 'lost'.; ALERT Failed to initialize server(s) addr.",
        "lost | last,libc | - | true | '' | WARNING [f:3] : 'server b/s' : could not resolve address 'lost', disabling server.",
        "lost | libc,none | - | false | '' | WARNING [f:3] : 'server b/s' : could not resolve address 'lost', disabling server.",
    })
    void takesTheFirstMethodThatHelps(String host, String methods, String prefer, boolean tolerant, String address,
            String said) {
        Settings settings = new Settings();
        settings.set(ServerSpec.INIT_ADDR, List.of(methods.split(",")), HERE);
        settings.set(ServerSpec.RESOLVE_PREFER, prefer, HERE);
        ServerSpec server = new ServerSpec(1, "s", host, Address.NONE.withPort(80), settings, HERE);
        Diagnostics diagnostics = new Diagnostics("");
        ServerAddresses addresses = new ServerAddresses(diagnostics, NAMES, tolerant);
        addresses.resolve(with(server));
        assertEquals(address, addresses.of(server).toString());
        assertEquals(said == null ? "" : said, diagnostics.all().stream().map(ServerAddressesTest::line)
                .collect(Collectors.joining("; ")));
    }

    private static String line(Diagnostic diagnostic) {
        return diagnostic.level() + " " + diagnostic.text();
    }

    private static Configuration with(ServerSpec server) {
        ProxySpec proxy = new ProxySpec(2, ProxySpec.Kind.BACKEND, "b", new Settings(), List.of(), List.of(server), HERE);
        return new Configuration(new Settings(), List.of(proxy), List.of());
    }

    @Test
    void asksTheSystem() {
        List<Address> found = new SystemNames().resolve("localhost");
        assertEquals(true, found.contains(IpText.parse("127.0.0.1")) || found.contains(IpText.parse("::1")), found + "");
    }
}
