package dev.weir.model.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All names of variables that the process has seen, with their numbers. A number never changes and never goes, since
 * sessions outlive configurations. Shared: a lock, used when configurations are read and by {@code dump_all_vars}.
 */
public final class VariableNames {

    /** The answer to {@link #parse}: a name, or why there is none. */
    public record Parsed(VariableName name, String error) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** A name such as {@code txn.host}. */
    public Parsed parse(String text) {
        if (text.isEmpty()) {
            return new Parsed(null, "Empty variable name cannot be accepted");
        }
        int dot = text.indexOf('.');
        VariableScope scope = dot < 0 ? null : VariableScope.find(text.substring(0, dot));
        if (scope == null) {
            return new Parsed(null, "invalid variable name '" + text + "'. A variable name must be start by its scope."
                    + " The scope can be 'proc', 'sess', 'txn', 'req', 'res' or 'check'");
        }
        for (int i = dot + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.')) {
                return new Parsed(null, "invalid syntax at char '" + text.substring(i) + "'");
            }
        }
        String name = text.substring(dot + 1);
        return new Parsed(new VariableName(scope, name, number(name)), null);
    }

    private int number(String name) {
        lock.lock();
        try {
            Integer known = numbers.get(name);
            if (known == null) {
                known = names.size();
                numbers.put(name, known);
                names.add(name);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    public String name(int number) {
        lock.lock();
        try {
            return names.get(number);
        } finally {
            lock.unlock();
        }
    }
}
