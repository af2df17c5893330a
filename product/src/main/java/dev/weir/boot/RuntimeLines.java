package dev.weir.boot;

import dev.weir.base.address.Address;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.ConfigurationReader;
import dev.weir.config.compile.ReadingOptions;
import dev.weir.config.lang.ConditionFacts;
import dev.weir.config.lang.Conditions;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.SystemNames;
import dev.weir.keyword.command.Site;
import dev.weir.keyword.directive.Directives;
import dev.weir.model.proxy.ProxySpec;
import java.util.List;
import java.util.Map;

/** Reads lines that commands give as if a file held them, so that they mean the same. On the Conductor's thread. */
final class RuntimeLines implements Site.ServerLines {

    private static final SystemNames NAMES = new SystemNames();

    @Override
    public Read read(ProxySpec backend, List<String> words) {
        boolean http = backend.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        StringBuilder text = new StringBuilder("backend ").append(backend.name()).append("\n mode ")
                .append(http ? "http" : "tcp").append("\n timeout server 1m\n timeout connect 1m\n server");
        for (String word : words) {
            text.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        Environment variables = new Environment(Map.of());
        ConfigurationReader reader = new ConfigurationReader(Directives.vocabulary(), variables, new ReadingOptions(
                Conditions.evaluator(ConditionFacts.of(variables)), NAMES, false, false, null));
        Configuration read = reader.read("cli", text.append('\n').toString());
        if (read == null || read.proxies().getFirst().servers().isEmpty()) {
            return new Read(null, wrong(reader, "'server " + backend.name() + "/" + words.getFirst() + "' : "));
        }
        if (!read.unbuilt().isEmpty()) {
            return new Read(null, read.unbuilt().getFirst().message());
        }
        return new Read(read.proxies().getFirst().servers().getFirst(), null);
    }

    /** The first error without its place, which says nothing here. */
    private static String wrong(ConfigurationReader reader, String where) {
        for (Diagnostic each : reader.diagnostics().all()) {
            if (each.level() == Diagnostic.Level.ALERT) {
                String text = each.text();
                int at = text.indexOf(where);
                int place = text.indexOf("] : ");
                return at >= 0 ? text.substring(at + where.length()) : place >= 0 ? text.substring(place + 4) : text;
            }
        }
        return "The server cannot be read.";
    }

    @Override
    public List<String> keywords() {
        return Directives.serverOptions();
    }

    @Override
    public List<Address> resolve(String host) {
        return NAMES.resolve(host);
    }
}
