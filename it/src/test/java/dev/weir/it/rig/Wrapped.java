package dev.weir.it.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A start behind another program that becomes the product: one that leaves it descriptors, another user, a network
 * namespace. Otherwise as {@link Launch}.
 */
public final class Wrapped {

    private static final Pattern PORT = Pattern.compile("\\{port:(\\w+)}");

    private final Product product;
    private final Launch launch;
    private final List<String> prefix;
    private final Map<String, String> environment = new HashMap<>();

    /** @param prefix the program with its arguments, in which ports and the directory are filled in too */
    public Wrapped(Product product, Launch launch, List<String> prefix) {
        this.product = product;
        this.launch = launch;
        this.prefix = prefix;
    }

    public Wrapped with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts and waits until the port accepts; an empty name waits for none. */
    public Proxy start(String awaited, String configuration, String... arguments) throws IOException {
        Map<String, Integer> ports = new HashMap<>();
        Matcher matcher = PORT.matcher(configuration + String.join(" ", prefix));
        while (matcher.find()) {
            ports.put(matcher.group(1), launch.port(matcher.group(1)));
        }
        Proxy proxy = new Proxy(product, command(configuration, arguments), environment, launch.directory(), ports);
        if (!awaited.isEmpty()) {
            proxy.awaitPort(proxy.port(awaited));
        }
        return proxy;
    }

    /** Runs to its end. */
    public Finished run(String configuration, String... arguments) throws IOException {
        return Finished.of(command(configuration, arguments));
    }

    private List<String> command(String configuration, String... arguments) throws IOException {
        Path file = launch.directory().resolve("haproxy.cfg");
        Files.writeString(file, launch.fill(configuration), StandardCharsets.UTF_8);
        // whoever the product runs as must be able to read it and to bind beside it
        Files.setPosixFilePermissions(launch.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command = new ArrayList<>();
        for (String word : prefix) {
            command.add(launch.fill(word));
        }
        command.addAll(product.command());
        command.addAll(List.of("-f", file.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
