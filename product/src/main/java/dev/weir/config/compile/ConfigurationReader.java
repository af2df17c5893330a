package dev.weir.config.compile;

import dev.weir.base.address.Family;
import dev.weir.base.text.ByteText;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.LineReader;
import dev.weir.config.lang.LineReader.Line;
import dev.weir.config.lang.Statement;
import dev.weir.config.rule.CompiledRules;
import dev.weir.net.sock.BindSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads configuration files into a {@link Configuration}: files, lines, sections, keywords, and what must be true of
 * the whole. One object per reading.
 *
 * <p>Owner: boot's thread, or the Conductor during a reload.
 */
public final class ConfigurationReader {

    private static final int MAX_ALERTS = 50;

    private final Diagnostics diagnostics = new Diagnostics();
    private final Environment environment;
    private final ReadingOptions options;
    private final Draft draft;
    private final SectionOpener opener;
    private final KeywordDispatch dispatch;
    private boolean reading = true;
    private final List<String> filesRead = new ArrayList<>();

    public ConfigurationReader(Vocabulary vocabulary, Environment environment, ReadingOptions options) {
        this.environment = environment;
        this.options = options;
        draft = new Draft(diagnostics, environment, vocabulary, new Addresses(environment, options.names()));
        opener = new SectionOpener(draft);
        dispatch = new KeywordDispatch(draft);
        LogVariables.define(environment);
    }

    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /** Reads files and directories in order; null when there are errors. */
    public Configuration read(List<String> names) {
        SourceFiles files = new SourceFiles(diagnostics);
        List<Path> found = files.find(names);
        if (found == null) {
            return null;
        }
        StringBuilder list = new StringBuilder();
        for (Path file : found) {
            draft.leaveDirectory();
            String text = files.read(file);
            String name = ByteText.of(file.toString());
            if (text == null || !readText(name, text)) {
                break;
            }
            list.append(list.isEmpty() ? "" : ";").append(name);
        }
        environment.set("HAPROXY_CFGFILES", list.toString());
        Configuration configuration = conclude();
        draft.leaveDirectory();
        return configuration;
    }

    /** Reads lines that no file holds before those of the files. */
    public void assume(String name, String text) {
        reading = false;
        readText(name, text);
        reading = true;
    }

    /** Reads one text as if a file held it; null when there are errors. */
    public Configuration read(String name, String text) {
        readText(name, text);
        return conclude();
    }

    /** False when reading further would make no sense. */
    private boolean readText(String name, String text) {
        int before = diagnostics.alerts();
        boolean goOn = true;
        LineReader lines = new LineReader(name, text, environment, options.conditions(), diagnostics,
                options.diagnosing());
        draft.leaveSection();
        draft.enter(new Place(name, 0));
        environment.enter("");
        for (Line line = lines.next(); line != Line.END; line = lines.next()) {
            if (line == Line.STOP) {
                goOn = false;
                break;
            }
            take(lines.statement());
            if (diagnostics.alerts() - before >= MAX_ALERTS) {
                Place next = new Place(name, lines.number() + 1);
                diagnostics.report(Level.ALERT, next, "parsing [" + next + "]: too many fatal errors (" + MAX_ALERTS
                        + "), stopping now.");
                break;
            }
        }
        filesRead.add(name);
        return goOn;
    }

    private void take(Statement line) {
        if (reading && options.echo() != null) {
            options.echo().accept(line);
        }
        Section opened = Section.opened(line.word(0));
        if (opened != null && !isKeywordHere(line)) {
            opener.open(opened, line);
        } else {
            dispatch.take(line);
        }
    }

    /** {@code healthcheck} is a section and a word of other sections too. */
    private boolean isKeywordHere(Statement line) {
        return draft.section == Section.HEALTHCHECK && line.word(0).equals("healthcheck") && line.count() < 2;
    }

    /** The runtime sockets, for whoever is started by the process. */
    private void tellSockets() {
        StringBuilder list = new StringBuilder();
        for (BindSpec each : draft.global().get(GlobalSpec.STATS_SOCKETS)) {
            String family = switch (each.address().family()) {
                case UNIX -> "unix@";
                case IPV4 -> "ipv4@";
                case IPV6 -> "ipv6@";
                default -> "";
            };
            String where = each.address().family() == Family.UNIX ? each.address().path() : each.address().toString();
            list.append(list.isEmpty() ? "" : ";").append(family).append(where);
        }
        if (!list.isEmpty()) {
            environment.set("HAPROXY_CLI", list.toString());
        }
    }

    private CompiledRules rules(TlsReading tls) {
        CompiledRules rules = CompiledRules.none();
        if (options.rules() != null) {
            RuleReading reading = new RuleReading(draft, options.rules());
            rules = reading.compile();
            reading.findings().early().forEach(each -> diagnostics.insert(each.level(), each.place(), each.text()));
            reading.findings().unbuilt().forEach(each -> Draft.append(draft.global(), Draft.UNBUILT,
                    new Unbuilt(each.text(), false, each.place()), each.place()));
            tls.load();
            finishFiles();
            if (!diagnostics.hasFailed()) {
                reading.findings().late().forEach(each -> diagnostics.report(each.level(), each.place(), each.text()));
            }
        } else {
            finishFiles();
        }
        return rules;
    }

    /** Says of each file that has errors that it has. */
    private void finishFiles() {
        for (String file : filesRead) {
            diagnostics.closeFile(file);
        }
    }

    private Configuration conclude() {
        Configuration configuration = null;
        TlsReading tls = new TlsReading(draft, options.rules() == null ? null : options.rules().certificates());
        CompiledRules rules = rules(tls);
        if (!diagnostics.hasFailed()) {
            tellSockets();
            SpecBuilder specs = new SpecBuilder(draft);
            configuration = specs.build(rules);
            new ConfigurationChecks(configuration, diagnostics).run();
            if (options.rules() != null) {
                tls.build(configuration);
            }
        }
        boolean zeroWarning = options.zeroWarning() || draft.global().get(GlobalSpec.ZERO_WARNING);
        if (diagnostics.hasFailed()) {
            diagnostics.report(Level.ALERT, null, "Fatal errors found in configuration.");
        } else if (zeroWarning && diagnostics.warnings() > 0) {
            diagnostics.report(Level.ALERT, null, "Some warnings were found and 'zero-warning' is set. Aborting.");
        }
        return diagnostics.hasFailed() ? null : configuration;
    }
}
