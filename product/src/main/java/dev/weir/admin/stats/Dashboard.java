package dev.weir.admin.stats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page of the dashboard: one file with its style and its script in it, the same for everybody, so that it needs nothing
 * from anywhere. What it shows it asks for itself. Its policy lets nothing run but that script, and it lets no other site
 * frame it. Read when it is first asked for. Immutable.
 */
final class Dashboard {

    private static final String AT = "dashboard/";

    /** Made once: by the first reader. */
    private static final class Holder {
        static final Dashboard PAGE = new Dashboard();
    }

    private final byte[] page;
    private final String policy;

    private Dashboard() {
        String style = read("style.css");
        String script = read("script.js");
        page = read("page.html").replace("/*STYLE*/", style).replace("/*SCRIPT*/", script)
                .getBytes(StandardCharsets.UTF_8);
        policy = "default-src 'none'; style-src 'sha256-" + hash(style) + "'; script-src 'sha256-" + hash(script)
                + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    static Dashboard page() {
        return Holder.PAGE;
    }

    byte[] bytes() {
        return page;
    }

    /** The header lines that go with it. */
    String headers() {
        return "content-type: text/html; charset=utf-8\r\ncontent-security-policy: " + policy
                + "\r\nx-content-type-options: nosniff\r\nreferrer-policy: same-origin\r\n";
    }

    private static String read(String name) {
        try (InputStream in = Dashboard.class.getResourceAsStream(AT + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
