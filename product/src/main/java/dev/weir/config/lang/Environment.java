package dev.weir.config.lang;

import dev.weir.base.text.ByteText;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment variables that a configuration sees and changes ({@code setenv} and its kin), apart from the
 * process's own. Names that start with a dot are where the reader stands. Values are byte text.
 *
 * <p>Owner: boot.
 */
public final class Environment {

    private final Map<String, String> variables;
    /** What the command line has said; files do not change it. */
    private final Set<String> fixed = new HashSet<>();
    private String file = "";
    private int line;
    private String section = "";

    public Environment(Map<String, String> initial) {
        variables = new TreeMap<>(initial);
    }

    /** A copy of the process's environment. */
    public static Environment ofProcess() {
        Environment environment = new Environment(Map.of());
        System.getenv().forEach((name, value) ->
                environment.variables.put(ByteText.of(name), ByteText.of(value)));
        return environment;
    }

    /** The value, or null when there is no such variable. */
    public String get(String name) {
        return switch (name) {
            case ".FILE" -> file;
            case ".LINE" -> Integer.toString(line);
            case ".SECTION" -> section;
            default -> variables.get(name);
        };
    }

    public boolean isDefined(String name) {
        return variables.containsKey(name);
    }

    /** False when the name is none that the system accepts. */
    public boolean set(String name, String value) {
        if (!isName(name)) {
            return false;
        }
        variables.put(name, value);
        return true;
    }

    /** From now on no file may say otherwise. */
    public void fix(String name) {
        fixed.add(name);
    }

    public boolean isFixed(String name) {
        return fixed.contains(name);
    }

    public boolean setIfAbsent(String name, String value) {
        return variables.containsKey(name) || set(name, value);
    }

    public boolean unset(String name) {
        variables.remove(name);
        return isName(name);
    }

    /** Forgets all variables but these. */
    public void keepOnly(java.util.Collection<String> names) {
        variables.keySet().retainAll(names);
    }

    public Map<String, String> all() {
        return Map.copyOf(variables);
    }

    void standAt(String inFile, int atLine) {
        file = inFile;
        line = atLine;
    }

    public void enter(String sectionName) {
        section = sectionName;
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.indexOf('=') < 0;
    }
}
