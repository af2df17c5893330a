package dev.weir.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.config.compile.Generation;
import dev.weir.model.proxy.Backend;
import dev.weir.net.loop.Engine;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lives on through a reload is the very same object; a generation that serves nobody is gone. */
class ReloadIdentityTest {

    private static final String FILE = """
            global
                nbthread 2
            defaults
                mode http
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            frontend f
                bind 127.0.0.1:PORT
                acl known src -f LIST
                http-request deny if known
                default_backend b
            backend b
                stick-table type ip size 1k store gpc0
                http-request track-sc0 src
                server s1 127.0.0.1:1 check
                server s2 127.0.0.1:2
            """;

    @TempDir
    Path directory;

    private Arguments arguments;
    private final Console console = new Console(1, "weir", false);
    private int port;
    private Running running;

    @BeforeEach
    void start() throws IOException {
        console.silence();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(directory.resolve("list"), "127.0.0.9\n");
        arguments = Arguments.parse(new String[] {"-f", directory.resolve("cfg").toString()});
        write(FILE);
        Reading reading = Reading.of(arguments, Start.WORLD, console, null);
        assertNotNull(reading);
        running = Running.of(reading, arguments, Engine.NIO, console, 1);
        assertTrue(running.bind(reading.maxconn(arguments), null, false));
        running.begin(false);
    }

    private void write(String text) throws IOException {
        Files.writeString(directory.resolve("cfg"), text.replace("PORT", Integer.toString(port))
                .replace("LIST", directory.resolve("list").toString()));
    }

    private boolean reload(String text) throws IOException {
        write(text);
        Reading next = Reading.of(arguments, running.nextWorld(), console, null);
        return next != null && running.become(next, arguments);
    }

    private List<Object> living() {
        Generation now = running.generation();
        Backend backend = now.backends().getFirst().backend();
        List<Object> all = new ArrayList<>(List.of(now.frontends().getFirst().frontend(),
                now.frontends().getFirst().frontend().counts(), backend, backend.counts(), backend.servers().getFirst(),
                backend.servers().getFirst().counts(), backend.servers().getFirst().idleShare(),
                now.configuration().rules().tables().find("b"),
                running.listeners().getFirst(), running.listeners().getFirst().socket(),
                running.listeners().getFirst().admission(),
                running.site().checking().get().of(backend.servers().getFirst())));
        all.addAll(running.nextWorld().patterns().all());
        return all;
    }

    private static void assertAllSame(List<Object> before, List<Object> after) {
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
            assertSame(before.get(i), after.get(i), "number " + i);
        }
    }

    @Test
    void whatLivesOnIsTheVerySame() throws Exception {
        List<Object> before = living();
        assertTrue(reload(FILE.replace("nbthread 2", "nbthread 4")));
        assertAllSame(before, living());
        assertTrue(reload(FILE.replace("nbthread 2", "nbthread 1").replace("server s2 127.0.0.1:2", "")
                .replace("timeout client 1s", "timeout client 2s")));
        assertAllSame(before, living());
        assertEquals(1, running.generation().backends().getFirst().backend().servers().size());
    }

    @Test
    void whatIsRefusedLeavesEverythingAsItWas() throws Exception {
        List<Object> before = living();
        Generation generation = running.generation();
        assertFalse(reload(FILE + "    nonsense\n"));
        assertFalse(reload(FILE + "listen x\n    bind 192.0.2.1:1\n    balance nonsense\n"));
        assertAllSame(before, living());
        assertSame(generation, running.generation());
    }

    /** A check with other settings begins anew, and so does what a server is elsewhere. */
    @Test
    void whatASettingInvalidatesGoesWithIt() throws Exception {
        Object check = living().get(11);
        assertTrue(reload(FILE.replace("check", "check inter 5s")));
        assertSame(check, living().get(11));
        assertTrue(reload(FILE.replace("check", "check rise 7")));
        assertNotSame(check, living().get(11));
        check = living().get(11);
        assertTrue(reload(FILE.replace("check", "check rise 7").replace("127.0.0.1:1 ", "127.0.0.1:3 ")));
        assertNotSame(check, living().get(11));
        assertEquals(3, running.generation().backends().getFirst().backend().servers().getFirst().address().port());
    }

    @Test
    void aGenerationThatServesNobodyIsGone() throws Exception {
        WeakReference<Object> first = new WeakReference<>(running.generation());
        WeakReference<Object> program = new WeakReference<>(running.generation().frontends().getFirst());
        WeakReference<Object> configuration = new WeakReference<>(running.generation().configuration());
        assertTrue(reload(FILE.replace("timeout client 1s", "timeout client 2s")));
        assertTrue(reload(FILE));
        for (int i = 0; i < 20 && (first.get() != null || program.get() != null || configuration.get() != null); i++) {
            System.gc();
        }
        assertNull(first.get());
        assertNull(program.get());
        assertNull(configuration.get());
    }
}
