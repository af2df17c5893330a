package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole files as people have them load, with as many warnings as they deserve. */
class ConfigurationFilesTest {

    @ParameterizedTest
    @CsvSource({"debian.cfg, 0, 0", "dynamic-servers.cfg, 3, 0", "offload-h2.cfg, 2, 0", "offload-haproxy.cfg, 6, 11",
        "offload-phased-cutover.cfg, 7, 0", "offload-server-template.cfg, 2, 0", "offload-simple.cfg, 2, 0",
        "peers.cfg, 3, 1", "rolling-deploy.cfg, 2, 1", "tcp-reload.cfg, 3, 1", "era-1.5.cfg, 4, 16",
        "era-3.5.cfg, 8, 0"})
    void loads(String file, int proxies, int warnings) {
        Reading reading = Reading.of(Reading.resource("files/" + file), Map.of("SERVER", "192.0.2.9:80"));
        assertNotNull(reading.configuration, () -> reading.diagnostics.toString());
        assertEquals(proxies, reading.configuration.proxies().size());
        assertEquals(warnings, reading.diagnostics.size(), () -> reading.diagnostics.toString());
    }

    @ParameterizedTest
    @CsvSource({"offload-haproxy.cfg, srv1", "offload-phased-cutover.cfg, srv0-build-a"})
    void namesTheMissingVariable(String file, String server) {
        List<String> messages = Reading.of(Reading.resource("files/" + file)).messages();
        String wanted = "/" + server + "' : '${SERVER}' resolves to an empty address (environment variable missing?)";
        assertEquals(true, messages.stream().anyMatch(m -> m.endsWith(wanted)), messages::toString);
    }
}
