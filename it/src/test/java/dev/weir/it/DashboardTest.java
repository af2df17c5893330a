package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Chromium;
import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.HttpLoad;
import dev.weir.it.rig.HttpOrigin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The live dashboard: who gets it, what it is told, and what it shows and does in a browser. */
class DashboardTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
                description "<img src=x onerror=window.hit=1>"
            defaults
                mode http
                timeout connect 2s
                timeout client 2s
                timeout server 2s
                balance roundrobin
            frontend fe
                description "</script><script>window.hit=2</script>"
                bind 127.0.0.1:{port:fe}
                http-request track-sc0 path table seen
                default_backend be
            frontend page
                bind 127.0.0.1:{port:page}
                stats enable
                stats uri /stats
                stats show-desc
                stats admin if { dst_port {port:page} }
            frontend seen-only
                bind 127.0.0.1:{port:seen}
                stats enable
                stats uri /
            frontend shut
                bind 127.0.0.1:{port:shut}
                stats enable
                stats uri /stats
                stats auth u:p
            backend be
                server s1 127.0.0.1:{port:s1} check inter 300ms maxconn 10
                server s2 127.0.0.1:{port:s2} check inter 300ms
                server dead 127.0.0.1:1 check inter 300ms fall 1
            backend seen
                stick-table type string size 1k store http_req_cnt
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy weir;

    @BeforeAll
    static void start() throws IOException {
        weir = STAGE.add(Product.WEIR.launch().port("s1", STAGE.add(new HttpOrigin("one").takes(3)).port())
                .port("s2", STAGE.add(new HttpOrigin("two")).port()).start(FILE));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String get(String port, String target, String headers) throws IOException {
        try (Client client = weir.connect(port)) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
            return client.readAll();
        }
    }

    /** Only who says that a page is wanted gets it; tools get HAProxy's at the same address. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "page, /stats, -, classic", "page, /stats, document, live", "page, /stats, empty, classic",
        "page, /stats, iframe, classic", "page, /stats, Document, classic", "page, /stats?classic, document, classic",
        "page, /stats?scope=b&classic, document, classic", "page, /stats?scope=b, document, live",
        "page, /stats;norefresh, document, live", "page, /stats;csv, document, csv", "page, /stats;json, document, json",
        "page, /stats;st=DONE, document, live", "seen, /, document, live", "seen, /, -, classic",
        "shut, /stats, document, 401", "shut, /stats;live=events, document, 401"})
    void whoGetsIt(String port, String target, String destination, String what) throws IOException {
        String answer = get(port, target, destination == null ? "" : "Sec-Fetch-Dest: " + destination + "\r\n");
        boolean live = answer.contains("content-security-policy: default-src 'none'; style-src 'sha256-");
        assertEquals(what.equals("live"), live, answer);
        switch (what) {
            case "classic" -> assertTrue(answer.contains("<title>Statistics Report for HAProxy"), answer);
            case "csv" -> assertTrue(answer.contains("# pxname,svname,"), answer);
            case "json" -> assertTrue(answer.contains("content-type: application/json"), answer);
            case "401" -> assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
            default -> assertFalse(answer.contains("src=") || answer.contains("href=\"h")
                    || answer.contains("@import") || answer.contains("url("), "asks others");
        }
    }

    /** What only those may see who may change something. */
    @ParameterizedTest
    @CsvSource({"page, tables, 200", "page, sessions, 200", "page, errors, 200", "page, info, 200", "page, table:seen, 200",
        "page, nope, 404", "page, table:nope, 200", "seen, tables, 403", "seen, sessions, 403", "seen, nope, 403"})
    void whoMayLook(String port, String what, String status) throws IOException {
        String answer = get(port, (port.equals("seen") ? "/" : "/stats") + ";live=" + what, "");
        assertEquals(status, answer.substring(9, 12), answer);
    }

    /** Events go on for as long as somebody reads, and hold nothing once nobody does. */
    @Test
    void eventsGoOn() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Client client = weir.connect("page")) {
                client.send("GET /stats;live=events HTTP/1.1\r\nHost: a\r\n\r\n");
                StringBuilder heard = new StringBuilder();
                while (heard.toString().split("event: tick", -1).length < 4) {
                    heard.append(client.read(1));
                }
                assertTrue(heard.toString().contains("content-type: text/event-stream"), heard.toString());
                assertTrue(heard.toString().contains("event: hello\ndata: {\"admin\":true,\"columns\":[\"type\","), heard.toString());
                assertEquals(1, heard.toString().split("\"shut\",\"FRONTEND\"", -1).length - 1, "told once as long as it is the same");
            }
        }
        Wait.until(5, () -> "still there", () -> !CommandSocket.ask(weir.directory().resolve("s.sock"),
                "show sess frontend page").contains("0x"));
    }

    @Test
    void aBrowserShowsItAndItsButtonsWork() throws Exception {
        Assumptions.assumeTrue(Chromium.isInstalled(), "there is no chromium");
        try (Chromium browser = new Chromium("1300,900");
                HttpLoad load = new HttpLoad(weir.port("fe"), 3, 10, "/<svg/onload=window.hit=3>")) {
            browser.open("http://127.0.0.1:" + weir.port("page") + "/stats");
            browser.await("no live link", "document.getElementById('link').className === 'link live'");
            browser.await("no latency of s1", row("s1") + ".cells[8].textContent.endsWith('ms')");
            browser.await("s1 is not up", row("s1") + ".querySelector('.state').className === 'state up'");
            browser.await("dead is not down", row("dead") + ".querySelector('.state').className === 'state down'");
            browser.await("no rate", "parseFloat(" + row("s2") + ".cells[5].textContent) > 1");
            assertEquals("✖ ", browser.eval("getComputedStyle(" + row("dead")
                    + ".querySelector('.state'),'::before').content.slice(1,-1)"), "a sign beside the colour");
            buttons(browser);
            keys(browser);
            tables(browser);
            phone(browser);
            assertEquals("undefined", browser.eval("window.hit"), "markup of others came to life");
            assertEquals("<img src=x onerror=window.hit=1>", browser.eval("document.getElementById('name').textContent"));
            assertEquals(List.of(), browser.complaints());
            assertEquals(List.of(), load.end());
        }
    }

    private static String row(String server) {
        return "[...document.querySelectorAll('tbody tr')].find(r => r.cells[0].firstChild.textContent === '" + server + "')";
    }

    private static void buttons(Chromium browser) throws Exception {
        browser.eval(row("s1") + ".querySelectorAll('button')[1].click()");
        browser.await("s1 is not drained", row("s1") + ".querySelector('.state').textContent.startsWith('DRAIN')");
        assertTrue(CommandSocket.ask(weir.directory().resolve("s.sock"), "show servers state be").contains(" s1 127.0.0.1 2 8 "));
        assertEquals("drain be/s1: done.", browser.eval("document.getElementById('said').textContent"));
        browser.eval(row("s1") + ".querySelectorAll('button')[0].click()");
        browser.await("s1 is not ready", row("s1") + ".querySelector('.state').textContent === 'UP'");
    }

    private static void keys(Chromium browser) throws Exception {
        browser.press("j");
        browser.press("j");
        assertEquals("SUMMARY", browser.eval("document.activeElement.tagName"));
        browser.press("/");
        assertEquals("filter", browser.eval("document.activeElement.id"));
        browser.eval("(document.activeElement.value = 'dead', document.activeElement.dispatchEvent(new Event('input')),"
                + " document.activeElement.blur())");
        assertEquals("true", browser.eval(row("s1") + ".hidden"));
        assertEquals("false", browser.eval(row("dead") + ".hidden"));
        browser.eval("(document.getElementById('filter').value = '', document.getElementById('filter')"
                + ".dispatchEvent(new Event('input')))");
        assertEquals("false", browser.eval(row("s1") + ".hidden"));
    }

    private static void tables(Chromium browser) throws Exception {
        browser.eval("document.getElementById('tab-tables').click()");
        browser.await("no tables", "document.querySelector('pre') && document.querySelector('pre').textContent.includes('# table: seen')");
        browser.eval("[...document.querySelectorAll('.list button')].find(b => b.textContent === 'seen').click()");
        browser.await("no entries", "document.querySelector('pre').textContent.includes('http_req_cnt=')");
        browser.eval("document.getElementById('tab-sessions').click()");
        browser.await("no sessions", "document.querySelector('pre') && document.querySelector('pre').textContent.includes('fe=page')");
        try (Client client = weir.connect("fe")) {
            client.send("GET /<img/src=x/onerror=window.hit=4> HTTP/1.1\r\nbad<script>window.hit=5</script>\r\n\r\n").readAll();
        }
        browser.eval("document.getElementById('tab-errors').click()");
        browser.await("no captured request", "document.querySelector('pre') && document.querySelector('pre').textContent.includes('window.hit=5')");
        browser.eval("document.getElementById('tab-proxies').click()");
    }

    private static void phone(Chromium browser) throws Exception {
        browser.size(390, 800, true);
        browser.await("the rows are wider than the screen", "document.documentElement.scrollWidth <= 390");
        browser.size(1300, 900, false);
    }

    @Test
    void whoMayOnlyLookHasNoButtons() throws Exception {
        Assumptions.assumeTrue(Chromium.isInstalled(), "there is no chromium");
        try (Chromium browser = new Chromium("1300,900")) {
            browser.open("http://127.0.0.1:" + weir.port("seen") + "/");
            browser.await("no rows", "!!" + row("s1"));
            assertEquals("0", browser.eval("document.querySelectorAll('main button').length"));
            assertEquals("true", browser.eval("document.getElementById('tab-tables').hidden"));
            browser.open("http://127.0.0.1:" + weir.port("seen") + "/?classic");
            browser.await("no classic page", "document.title.startsWith('Statistics Report for HAProxy')");
        }
    }
}
