package dev.weir.it.rows;

import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a product says with {@code -c} of wrong lines: many in one run, each in a section of its own. Lines that nothing
 * is said of are asked again without the others, since HAProxy stops at the first wrong rule.
 */
final class Lines {

    private static final int AT_ONCE = 120;
    private static final Pattern MESSAGE = Pattern.compile(
            "^\\[(NOTICE|WARNING|ALERT)\\] +\\(\\w+\\) : (.*?)(?=^\\[|^Warnings were|^Configuration file|\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("haproxy\\.cfg:(\\d+)\\]");
    private static final Pattern NAME = Pattern.compile("\\be(\\d+)x\\b");
    private static final String DEFAULTS = """
            global
             expose-experimental-directives
            defaults
             mode http
             timeout client 1s
             timeout server 1s
             timeout connect 1s
            userlist ul
             user bob insecure-password pw
            backend tip
             stick-table type ip size 10 store gpc0,conn_cnt,gpt0
            backend tint
             stick-table type integer size 10 store conn_cnt,gpc(2)
            backend b1
             server s1 127.0.0.1:1
             server s2 127.0.0.1:1 disabled
            """;

    private final Product product;
    private final List<Row> rows;
    private final Map<Row, Integer> numbers = new HashMap<>();
    private final Map<Row, String> said = new HashMap<>();

    private Lines(Product product, List<Row> rows) {
        this.product = product;
        this.rows = rows;
        for (int i = 0; i < rows.size(); i++) {
            numbers.putIfAbsent(rows.get(i), i);
        }
    }

    /** By row, all messages about it in the order of their texts; {@code fine} where there is none. */
    static Map<Row, String> of(Product product, List<Row> rows) throws IOException {
        Lines lines = new Lines(product, rows);
        for (int start = 0; start < rows.size(); start += AT_ONCE) {
            lines.ask(rows.subList(start, Math.min(rows.size(), start + AT_ONCE)));
        }
        for (Row row : rows) {
            lines.said.putIfAbsent(row, "fine");
        }
        return lines.said;
    }

    private void ask(List<Row> some) throws IOException {
        List<Row> silent = some;
        int before;
        do {
            before = said.size();
            run(silent);
            silent = silent.stream().filter(r -> !said.containsKey(r)).toList();
        } while (said.size() > before && !silent.isEmpty());
    }

    private void run(List<Row> some) throws IOException {
        StringBuilder file = new StringBuilder(DEFAULTS);
        int[] first = new int[some.size() + 1];
        for (int i = 0; i < some.size(); i++) {
            first[i] = (int) file.chars().filter(c -> c == '\n').count() + 1;
            file.append(section(some.get(i), numbers.get(some.get(i))));
        }
        first[some.size()] = Integer.MAX_VALUE;
        Launch launch = product.launch();
        Finished run = launch.run(file.toString(), "-c");
        Map<Row, List<String>> found = new HashMap<>();
        Matcher message = MESSAGE.matcher(run.err() + run.out());
        while (message.find()) {
            String text = message.group(2).strip();
            int i = concerned(text, some, first);
            // where a product gives up says nothing of the line, which is asked of again
            if (i >= 0 && !text.contains(": too many fatal errors (")) {
                String shown = message.group(1).charAt(0) + " " + masked(text, launch, numbers.get(some.get(i)));
                found.computeIfAbsent(some.get(i), r -> new ArrayList<>()).add(shown);
            }
        }
        found.forEach((row, texts) -> said.put(row, Asked.shown(String.join(" / ", texts.stream().sorted().distinct().toList()))));
        launch.directory().resolve("haproxy.cfg").toFile().delete();
        launch.directory().toFile().delete();
    }

    /** Which row a message is about: by the line that it names, else by the section; -1 for none. */
    private int concerned(String text, List<Row> some, int[] first) {
        Matcher place = PLACE.matcher(text);
        if (place.find()) {
            int at = Arrays.binarySearch(first, Integer.parseInt(place.group(1)));
            return at >= 0 ? at : -at - 2;
        }
        Matcher name = NAME.matcher(text);
        return name.find() ? some.indexOf(rows.get(Integer.parseInt(name.group(1)))) : -1;
    }

    private static String masked(String text, Launch launch, int number) {
        return text.replace(launch.directory().toString(), "DIR").replaceAll("\\(\\d+\\) :", "(PID) :").replaceAll("haproxy\\.cfg:\\d+", "@")
                .replaceAll("\\be" + number + "x\\b", "P").replaceAll("\n +\\(.*|\n.*", "")
                // the list of what there is grows with each version
                .replaceAll("expects ('[^']+', ){8,}.*but got ('[^']*').*", "expects LIST, but got $2")
                .replaceAll("expects ('[^']+', ){8,}.*\\(was ('[^']*')\\).*", "expects LIST (was $2)").replaceFirst("^config : ", "");
    }

    private static String section(Row row, int number) {
        String name = "e" + number + "x";
        String line = row.asked().replace(";; ", "\n ") + "\n";
        return switch (row.place()) {
            case "!b" -> "backend " + name + "\n server s1 127.0.0.1:1\n " + line;
            case "!t" -> "frontend " + name + "\n mode tcp\n bind 127.0.0.1:1\n " + line;
            case "!l" -> "listen " + name + "\n bind 127.0.0.1:1\n server s1 127.0.0.1:1\n " + line;
            case "!g" -> "global\n " + line;
            case "!d" -> "defaults " + name + "\n mode http\n timeout client 1s\n timeout server 1s\n timeout connect 1s\n " + line;
            case "!u" -> "userlist " + name + "\n " + line;
            case "!e" -> "http-errors " + name + "\n " + line;
            case "!p" -> "log-profile " + name + "\n " + line;
            case "!r" -> "ring " + name + "\n " + line;
            default -> "frontend " + name + "\n bind 127.0.0.1:1\n " + line;
        };
    }
}
