package dev.weir.net.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which certificates may judge and open tokens: the {@code jwt} option, and what commands have said since. What a line says
 * anew holds again after a reload. Shared: a concurrent map; written by boot's thread and the Conductor.
 */
public final class JwtUse {

    private final Map<String, Boolean> said = new ConcurrentSkipListMap<>();
    private final Map<String, Boolean> commanded = new ConcurrentSkipListMap<>();

    /** A line says so of that certificate; null where it says nothing. */
    public void set(String name, String word) throws TlsError {
        if (word != null && !word.equals("on") && !word.equals("off")) {
            throw new TlsError("'jwt' : expects <on|off> as parameter, got '" + word + "'");
        }
        if (word != null) {
            said.put(name, word.equals("on"));
        }
    }

    /** A command says so. */
    public void command(String name, boolean on) {
        commanded.put(name, on);
    }

    /** Whether anything has been said of it. */
    public boolean isMarked(String name) {
        return said.containsKey(name) || commanded.containsKey(name);
    }

    public boolean isOn(String name) {
        Boolean later = commanded.get(name);
        return later != null ? later : said.getOrDefault(name, false);
    }

    /** What commands have made of a configuration before stays where lines say what they said. */
    void follow(JwtUse before) {
        before.commanded.forEach((name, on) -> {
            if (said.getOrDefault(name, false).equals(before.said.getOrDefault(name, false))) {
                commanded.putIfAbsent(name, on);
            }
        });
    }

    List<String> among(Iterable<String> names) {
        List<String> on = new ArrayList<>();
        for (String name : names) {
            if (isOn(name)) {
                on.add(name);
            }
        }
        return on;
    }
}
