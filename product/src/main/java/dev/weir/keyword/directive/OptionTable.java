package dev.weir.keyword.directive;

import dev.weir.config.lang.NearestWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options that may follow an address on a line: {@code name arguments status : message}, one a row. Statuses:
 * {@code ok} means something here, {@code kept} is kept as written for another part, {@code void} has no meaning on
 * this platform, {@code todo} is kept and stands in the way of a start, {@code gone} was removed by HAProxy. A
 * leading {@code !} marks what is experimental. The message says what a missing argument would have been.
 */
final class OptionTable {

    /** One row. */
    record Option(String name, int arguments, String status, boolean experimental, String message) {}

    private final Map<String, Option> options = new HashMap<>(256);
    private final List<String> names = new ArrayList<>(128);

    OptionTable(String rows) {
        int from = 0;
        while (from < rows.length()) {
            int to = rows.indexOf('\n', from);
            to = to < 0 ? rows.length() : to;
            if (to > from) {
                add(rows.substring(from, to));
            }
            from = to + 1;
        }
    }

    private void add(String row) {
        int colon = row.indexOf(" : ");
        String message = colon < 0 ? "" : row.substring(colon + 3);
        String cells = colon < 0 ? row : row.substring(0, colon);
        int first = cells.indexOf(' ');
        String name = cells.substring(0, first);
        boolean experimental = name.charAt(0) == '!';
        name = experimental ? name.substring(1) : name;
        int arguments = cells.charAt(first + 1) - '0';
        options.put(name, new Option(name, arguments, cells.substring(first + 3), experimental, message));
        names.add(name);
    }

    /** The option of this name; what stands in parentheses behind it is no part of that. Null when there is none. */
    Option find(String word) {
        int arguments = word.indexOf('(');
        return options.get(arguments < 0 ? word : word.substring(0, arguments));
    }

    String suggestion(String wrong) {
        return new NearestWord(wrong).among(names).hint();
    }

    List<String> names() {
        return names;
    }
}
