package dev.weir.it.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window and with one page, driven over its debugging port. */
public final class Chromium implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;
    private static final String PROGRAM = "chromium";

    private final Path directory;
    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private int number;

    public static boolean isInstalled() {
        return Tools.find(PROGRAM) != null;
    }

    /** @param size width and height of the page */
    public Chromium(String size) throws IOException, InterruptedException {
        directory = Files.createTempDirectory("weir-chromium-");
        ProcessBuilder builder = new ProcessBuilder(PROGRAM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--hide-scrollbars", "--window-size=" + size, "--user-data-dir=" + directory,
                "--remote-debugging-port=0", "about:blank");
        builder.environment().put("HOME", directory.toString());
        process = builder.redirectErrorStream(true).redirectOutput(directory.resolve("output").toFile()).start();
        Path port = directory.resolve("DevToolsActivePort");
        Wait.until(PATIENCE_SECONDS, () -> "the browser does not start: " + read("output"),
                () -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        HttpClient client = HttpClient.newHttpClient();
        String at = "http://127.0.0.1:" + Files.readAllLines(port).getFirst();
        String pages = client.send(HttpRequest.newBuilder(URI.create(at + "/json")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
        int url = pages.indexOf("ws://", pages.indexOf("\"type\": \"page\""));
        socket = client.newWebSocketBuilder().buildAsync(URI.create(pages.substring(url, pages.indexOf('"', url))),
                new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            messages.add(text.toString());
                            text.setLength(0);
                        }
                        from.request(1);
                        return null;
                    }
                }).join();
        call("Log.enable", "{}");
        call("Runtime.enable", "{}");
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The answer to a method of the protocol; what was said meanwhile of itself is dropped. */
    private String call(String method, String parameters) throws InterruptedException {
        int id = ++number;
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true).join();
        while (true) {
            String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no answer to " + method);
            }
            if (message.contains("\"method\":\"Log.entryAdded\"") || message.contains("\"method\":\"Runtime.exceptionThrown\"")) {
                complaints.add(message);
            }
            if (message.startsWith("{\"id\":" + id + ",")) {
                return message;
            }
        }
    }

    private final java.util.Queue<String> complaints = new java.util.concurrent.ConcurrentLinkedQueue<>();

    /** What the browser has complained about: refused scripts, failed requests, exceptions. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Opens an address as a user does who types it. */
    public void open(String address) throws InterruptedException {
        call("Page.enable", "{}");
        call("Page.navigate", "{\"url\":" + quoted(address) + "}");
    }

    /** The value of an expression as text. */
    public String eval(String script) throws InterruptedException {
        String answer = call("Runtime.evaluate", "{\"expression\":" + quoted("String(" + script + ")")
                + ",\"awaitPromise\":true,\"returnByValue\":true}");
        int at = answer.indexOf("\"value\":\"");
        return at < 0 ? answer : unquoted(answer, at + 9);
    }

    /** Waits until an expression is true. */
    public void await(String what, String script) throws Exception {
        Wait.until(PATIENCE_SECONDS, () -> what, () -> {
            try {
                return eval(script).equals("true");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
    }

    /** Presses a key that writes a letter. */
    public void press(String key) throws InterruptedException {
        for (Map.Entry<String, String> step : List.of(Map.entry("keyDown", ",\"text\":" + quoted(key)), Map.entry("keyUp", ""))) {
            call("Input.dispatchKeyEvent", "{\"type\":\"" + step.getKey() + "\",\"key\":" + quoted(key) + step.getValue() + "}");
        }
    }

    /** Shows the page as a device of that size would. */
    public void size(int width, int height, boolean phone) throws InterruptedException {
        call("Emulation.setDeviceMetricsOverride", "{\"width\":" + width + ",\"height\":" + height
                + ",\"deviceScaleFactor\":1,\"mobile\":" + phone + "}");
    }

    public void screenshot(Path file) throws IOException, InterruptedException {
        String answer = call("Page.captureScreenshot", "{\"format\":\"png\"}");
        int at = answer.indexOf("\"data\":\"") + 8;
        Files.write(file, Base64.getDecoder().decode(answer.substring(at, answer.indexOf('"', at))));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String unquoted(String text, int from) {
        StringBuilder out = new StringBuilder();
        for (int i = from; text.charAt(i) != '"'; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                c = text.charAt(++i);
                if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(i + 1, i + 5), 16);
                    i += 4;
                } else {
                    c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
                }
            }
            out.append(c);
        }
        return out.toString();
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
        Wait.until(PATIENCE_SECONDS, () -> "the browser's children do not leave " + directory, this::tidied);
    }

    /** Children of the browser go on tidying up for a moment: what they still write or take away is met again next time. */
    private boolean tidied() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | java.io.UncheckedIOException busy) {
            return !Files.exists(directory);
        }
    }
}
