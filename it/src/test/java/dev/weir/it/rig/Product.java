package dev.weir.it.rig;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The programs under test: Weir, and the HAProxy that shows whether an expectation is right. */
public enum Product {
    WEIR, HAPROXY;

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Skips the running case unless this product is there and has the parts that the case needs. */
    public Product needs(Part... parts) {
        Assumptions.assumeTrue(this == WEIR || isInstalled(), "HAProxy is not installed: its half is left out");
        for (Part part : parts) {
            Assumptions.assumeTrue(this == HAPROXY || part.isBuilt(), () -> "Weir has no " + part + " yet");
        }
        return this;
    }

    /** The command, by the name {@code haproxy} for both. */
    public List<String> command() {
        return List.of(this == HAPROXY ? "haproxy" : weirAsHaproxy().toString());
    }

    /** Starts with a configuration that may contain {@code {port:name}} and {@code {dir}}, and arguments behind it. */
    public Proxy start(String configuration, String... arguments) throws IOException {
        return launch().start(configuration, arguments);
    }

    /** A start to be set up further. */
    public Launch launch() {
        return new Launch(this);
    }

    /** Runs to its end without a configuration of the harness. */
    public Finished run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        return Finished.of(command);
    }

    private static boolean isInstalled() {
        return Tools.find("haproxy") != null;
    }

    private static Path weirAsHaproxy() {
        Path link = Path.of("target/bin/haproxy").toAbsolutePath();
        try {
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, ROOT.resolve("weir"));
        } catch (FileAlreadyExistsException made) {
            // by a test before this one
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return link;
    }
}
