package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where relative names of files are found ({@code default-path}), beside HAProxy. */
class DefaultPathTest {

    private static final String CONFIGURATION = """
            global
             default-path %s
            defaults
             mode http
             timeout connect 2s
             timeout client 2s
             timeout server 2s
             errorfile 403 page.http
            frontend fe
             bind 127.0.0.1:{port:fe}
             acl wanted path -f list
             http-request return status 200 content-type text/plain lf-string "%%[path,map(pairs)]" if wanted
             http-request deny
            """;

    private static Launch launch(Product product) throws Exception {
        Launch launch = product.needs().launch();
        for (String where : new String[] {"", "sub", "sub/deeper"}) {
            Path directory = Files.createDirectories(launch.directory().resolve(where));
            Files.writeString(directory.resolve("list"), "/a\n");
            Files.writeString(directory.resolve("pairs"), "/a in:" + where + "\n");
            Files.writeString(directory.resolve("page.http"), "HTTP/1.0 403 Forbidden\r\nx-from: " + where + "\r\n\r\n");
        }
        return launch;
    }

    /** The configuration file itself lies in the directory of the launch. */
    @ParameterizedTest
    @CsvSource({"config, ''", "origin {}/sub, sub", "origin {}/sub/deeper, sub/deeper"})
    void isObeyed(String policy, String where) throws Exception {
        for (Product product : Product.values()) {
            Launch launch = launch(product);
            try (Proxy proxy = launch.start(CONFIGURATION.formatted(policy.replace("{}", launch.directory().toString())))) {
                assertTrue(answer(proxy, "/a").endsWith("in:" + where), product + policy);
                assertTrue(answer(proxy, "/b").contains("x-from: " + where + "\r\n"), product + policy);
            }
        }
    }

    private static String answer(Proxy proxy, String path) throws Exception {
        try (Client client = proxy.connect("fe")) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").readAll();
        }
    }

    @Test
    void parentIsAboveTheFile() throws Exception {
        compare(launch -> CONFIGURATION.formatted("parent"), false);
    }

    @Test
    void otherDirectoriesMustBeThere() throws Exception {
        compare(launch -> CONFIGURATION.formatted("origin " + launch.directory() + "/nowhere"), false);
    }

    /** A file is a list or a map, for all who name it. */
    @ParameterizedTest
    @CsvSource({"path -f pairs", "path -m beg -f pairs"})
    void aFileIsOneOfBoth(String condition) throws Exception {
        compare(launch -> CONFIGURATION.formatted("config").replace("path -f list", condition), true);
    }

    private static void compare(Function<Launch, String> text, boolean wholly) throws Exception {
        String[] said = new String[2];
        for (Product product : Product.values()) {
            Launch launch = launch(product);
            Finished run = launch.run(text.apply(launch), "-c");
            String err = run.err().replace(launch.directory().toString(), "").replaceAll("\\(\\d+\\)", "(pid)").replaceAll("\\.+\n", "..\n");
            said[product.ordinal()] = run.code() + (wholly ? err.substring(err.indexOf("[ALERT]"), err.indexOf("..\n")) : "");
        }
        assertEquals(said[Product.HAPROXY.ordinal()], said[Product.WEIR.ordinal()]);
        assertTrue(said[0].startsWith("1"), said[0]);
    }
}
