package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.ConfigurationReader;
import dev.weir.config.compile.ReadingOptions;
import dev.weir.config.lang.ConditionFacts;
import dev.weir.config.lang.Conditions;
import dev.weir.config.lang.Environment;
import dev.weir.config.rule.RuleWorld;
import dev.weir.flow.cache.HttpCaches;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.flow.rule.Services;
import dev.weir.keyword.action.Actions;
import dev.weir.keyword.convert.Converters;
import dev.weir.keyword.fetch.Fetches;
import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.value.VariableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about the lines of checks: rows as HAProxy 2.6 has answered them. A line marked with ~ is ours. */
class CheckLinesTest {

    private static final String HEADING = "defaults\n timeout connect 1s\n timeout server 1s\n timeout client 1s\n"
            + "backend b\n ";

    record Row(String line, List<String> expected) {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String text : Reading.resource("checks.txt").split("\n")) {
            if (text.startsWith("  ")) {
                rows.getLast().expected().add(text.substring(2));
            } else if (!text.startsWith("#")) {
                rows.add(new Row(text, new ArrayList<>()));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhatIsExpected(Row row) {
        String lines = row.line().replaceFirst("^~", "").replaceAll("(?<!\\\\)\\\\n", "\n ").replace("\\\\", "\\");
        assertEquals(row.expected(), messages(HEADING + lines + "\n server s 127.0.0.1:80 check\n"));
    }

    private static List<String> messages(String text) {
        Environment variables = new Environment(Map.of());
        ConfigurationReader reader = new ConfigurationReader(Directives.vocabulary(), variables, new ReadingOptions(
                Conditions.evaluator(ConditionFacts.of(variables)), Reading.NAMES, false, false, world()));
        reader.read("q.cfg", text);
        List<String> shown = new ArrayList<>();
        for (Diagnostic each : reader.diagnostics().all()) {
            String message = each.level().name().charAt(0) + " " + each.text().replaceFirst("^config : ", "").strip()
                    .replace("\n", "\\n");
            if (!Reading.isGeneral(message)) {
                shown.add(message.replaceAll("\\[q.cfg:\\d+\\]", "[@]"));
            }
        }
        return shown;
    }

    private static RuleWorld world() {
        return new RuleWorld(() -> {
            Vocabulary vocabulary = new Vocabulary();
            Fetches.addTo(vocabulary);
            Converters.addTo(vocabulary);
            return vocabulary;
        }, Actions::vocabulary, new VariableNames(), new PatternReferences(), new HttpCaches(),
                Services.NONE);
    }
}
