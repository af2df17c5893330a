package dev.weir.keyword.directive;

import dev.weir.base.address.Address;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.ConfigurationReader;
import dev.weir.config.compile.ReadingOptions;
import dev.weir.config.lang.ConditionFacts;
import dev.weir.config.lang.Conditions;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.NameResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads texts as configurations in tests: names resolve without a network, all but those that end in .invalid. */
final class Reading {

    static final NameResolver NAMES = host -> host.endsWith(".invalid") || host.indexOf('@') >= 0 ? List.of()
            : List.of(Address.ipv4(0xc0000201, 0));

    final Configuration configuration;
    final List<Diagnostic> diagnostics;

    private Reading(Configuration configuration, List<Diagnostic> diagnostics) {
        this.configuration = configuration;
        this.diagnostics = diagnostics;
    }

    static Reading of(String text) {
        return of(text, Map.of());
    }

    static Reading of(String text, Map<String, String> environment) {
        ConfigurationReader reader = reader(environment, false);
        Configuration configuration = reader.read("q.cfg", text);
        return new Reading(configuration, reader.diagnostics().all());
    }

    static ConfigurationReader reader(Map<String, String> environment, boolean zeroWarning) {
        Environment variables = new Environment(environment);
        return new ConfigurationReader(Directives.vocabulary(), variables, new ReadingOptions(
                Conditions.evaluator(ConditionFacts.of(variables)), NAMES, false, zeroWarning));
    }

    /** Level letter and text of each message but those that follow from any error and any unfinished proxy. */
    List<String> messages() {
        List<String> shown = new ArrayList<>();
        for (String message : allMessages()) {
            if (!isGeneral(message)) {
                shown.add(message.replaceAll("\\[q.cfg:\\d+\\]", "[@]"));
            }
        }
        return shown;
    }

    List<String> allMessages() {
        List<String> shown = new ArrayList<>();
        for (Diagnostic d : diagnostics) {
            shown.add(d.level().name().charAt(0) + " " + d.text().replaceFirst("^config : ", "").strip()
                    .replace("\n", "\\n"));
        }
        return shown;
    }

    static boolean isGeneral(String text) {
        return text.contains("Error(s) found") || text.contains("Fatal errors found")
                || text.contains("missing timeouts") || text.contains("has no 'bind'");
    }

    static String resource(String name) {
        try (InputStream in = Reading.class.getResourceAsStream("/dev/weir/config/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
