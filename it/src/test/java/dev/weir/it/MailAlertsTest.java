package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.MailServer;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts by mail: which changes are told at which level, and every byte of what mail servers hear. */
class MailAlertsTest {

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    @Test
    void mailsAreThoseOfHaproxy() throws Exception {
        Product.HAPROXY.needs(Part.CHECKS);
        List<List<String>> both = new ArrayList<>();
        for (Product product : Product.values()) {
            both.add(mails(product));
        }
        assertEquals(String.join("\n", both.get(1)), String.join("\n", both.get(0)));
        assertEquals(2 * 2 + 4 * 1, both.get(0).size(), () -> String.join("\n", both.get(0)));
    }

    /** What two mail servers heard: of DOWN at the level alert, of DOWN, UP and drain at the level notice. */
    private List<String> mails(Product product) throws Exception {
        MailServer first = stage.add(new MailServer("220 here\r\n", false));
        // HAProxy 2.6 does not understand answers of two lines
        boolean several = product == Product.WEIR;
        MailServer second = stage.add(new MailServer((several ? "220-I am\r\n" : "") + "220 here\r\n", several));
        MailServer mute = stage.add(new MailServer("", false));
        AtomicBoolean well = new AtomicBoolean(true);
        Origin origin = stage.add(Origin.of((socket, in, out) -> {
            in.read(new byte[1024]);
            out.write(("HTTP/1.0 " + (well.get() ? "200 OK" : "503 \"<G\u00e4ne>\tJ\u00f6\"") + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
        }));
        Proxy proxy = stage.add(product.launch().port("o", origin.port()).port("m1", first.port())
                .port("m2", second.port()).port("m3", mute.port()).start("""
                        global
                            stats socket {dir}/sock level admin
                        mailers two
                            mailer first 127.0.0.1:{port:m1}
                            mailer second 127.0.0.1:{port:m2}
                        mailers one
                            mailer mute 127.0.0.1:{port:m3}
                            mailer nobody 127.0.0.1:1
                            mailer first 127.0.0.1:{port:m1}
                            timeout mail 300ms
                        defaults
                            mode http
                            timeout client 1s
                            timeout server 1s
                            timeout connect 1s
                            option httpchk
                            email-alert from proxy@example.org
                            email-alert to ops@example.org
                            email-alert mailers two
                        listen loud
                            bind 127.0.0.1:{port:loud}
                            email-alert mailers one
                            email-alert level notice
                            email-alert myhostname proxy.example.org
                            server s 127.0.0.1:{port:o} check inter 100ms fall 1 rise 1
                        listen quiet
                            bind 127.0.0.1:{port:quiet}
                            server s 127.0.0.1:{port:o} check inter 100ms fall 1 rise 1
                        """));
        Path socket = proxy.directory().resolve("sock");
        // the first check logs nothing: servers begin up
        Wait.until(5, () -> "no check", () -> origin.accepted() >= 4);
        well.set(false);
        heard(first, 2);
        well.set(true);
        heard(first, 3);
        CommandSocket.ask(socket, "set server loud/s state drain");
        heard(first, 4);
        Wait.until(5, () -> "the quiet one is not up", () -> CommandSocket.ask(socket, "show servers state quiet")
                .contains(" quiet 1 s 127.0.0.1 2 0 "));
        well.set(false);
        heard(first, 6);
        heard(second, 2);
        List<String> all = new ArrayList<>(first.conversations());
        all.addAll(second.conversations());
        all.replaceAll(text -> text.replaceAll("\\d+ms", "Nms"));
        Collections.sort(all);
        assertTrue(mute.conversations().stream().allMatch(String::isEmpty), "a server that does not greet is told nothing");
        return all;
    }

    private static void heard(MailServer server, int mails) {
        Wait.until(8, () -> mails + " mails expected: " + server.conversations(),
                () -> server.conversations().size() >= mails);
    }
}
