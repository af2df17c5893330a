package dev.weir.keyword.command;

import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import java.util.List;

/** What the algorithm of a backend allows while traffic runs. Stateless. */
final class Algorithms {

    private Algorithms() {}

    /** Whether weights may change and servers come and go. */
    static boolean isDynamic(Backend backend) {
        List<String> balance = backend.spec().settings().get(ProxySpec.BALANCE);
        String word = balance.isEmpty() ? "random" : balance.getFirst();
        int open = word.indexOf('(');
        return switch (open < 0 ? word : word.substring(0, open)) {
            case "roundrobin", "leastconn", "first", "random", "sticky", "peak-ewma" -> true;
            case "static-rr" -> false;
            default -> backend.spec().settings().get(ProxySpec.HASH_TYPE).contains("consistent");
        };
    }
}
