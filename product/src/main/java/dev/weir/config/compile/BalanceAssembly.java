package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.hash.HashFunction;
import dev.weir.base.time.Clock;
import dev.weir.config.lang.Numbers;
import dev.weir.flow.drive.BalanceKeys;
import dev.weir.flow.expr.Expression;
import dev.weir.model.server.ServerSpec;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import dev.weir.base.text.Diagnostics;
import dev.weir.flow.drive.BalanceKey;
import dev.weir.model.balance.Balancer;
import dev.weir.model.balance.FirstServer;
import dev.weir.model.balance.HashRing;
import dev.weir.model.balance.LeastConnections;
import dev.weir.model.balance.PeakEwma;
import dev.weir.model.balance.RandomDraws;
import dev.weir.model.balance.RoundRobin;
import dev.weir.model.balance.ServerKeys;
import dev.weir.model.balance.SlotMap;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the balancer that a backend's {@code balance} and {@code hash-type} lines ask for. */
final class BalanceAssembly {

    private static final int DEFAULT_DRAWS = 2;

    /**
     * @param key null for algorithms that look at no key
     */
    record Balance(Balancer<Server> balancer, BalanceKey key) {}

    private BalanceAssembly() {}

    /** @param expression what is hashed, for algorithms that have one */
    static Balance of(ProxySpec spec, List<Server> servers, Expression expression, Diagnostics diagnostics) {
        if (spec.settings().get(ProxySpec.TRANSPARENT)) {
            return new Balance(new FirstServer<>(lastFirst(servers), false), null);
        }
        List<String> words = spec.settings().get(ProxySpec.BALANCE);
        boolean all = spec.settings().get(ProxySpec.ALLBACKUPS);
        // without a balance line HAProxy draws twice since 3.3
        boolean logs = spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.LOG;
        // what is chosen for messages is LogBackends' business
        String word = logs ? "roundrobin" : words.isEmpty() ? "random" : words.get(0);
        int open = word.indexOf('(');
        return switch (open < 0 ? word : word.substring(0, open)) {
            case "roundrobin" -> new Balance(new RoundRobin<>(servers, all), null);
            case "static-rr" -> new Balance(SlotMap.staticRoundRobin(servers, all, weights(servers)), null);
            case "leastconn" -> new Balance(new LeastConnections<>(servers, all), null);
            case "first" -> new Balance(new FirstServer<>(servers, all), null);
            case "random" -> new Balance(new RandomDraws<>(servers, all, s -> ServerKeys.id(s.id()), draws(word, open),
                    () -> ThreadLocalRandom.current().nextInt()), null);
            case "peak-ewma" -> new Balance(new PeakEwma<>(servers, all, () -> ThreadLocalRandom.current().nextInt(),
                    Clock.SYSTEM::millis), null);
            case "source", "uri", "url_param", "hdr", "rdp-cookie", "hash" -> hashed(spec, servers, all, expression);
            default -> {
                diagnostics.alert(spec.settings().placeOf(ProxySpec.BALANCE), "'balance " + word
                        + "' is for backends of mode log only. Write 'balance hash' or 'balance first'.");
                yield new Balance(new RoundRobin<>(servers, all), null);
            }
        };
    }

    /** With {@code option transparent} only who is sent to one of the others gets there: the one that stands for it is always free. */
    private static List<Server> lastFirst(List<Server> servers) {
        List<Server> turned = new ArrayList<>(servers);
        Collections.rotate(turned, 1);
        return turned;
    }

    private static Balance hashed(ProxySpec spec, List<Server> servers, boolean all, Expression expression) {
        List<String> words = spec.settings().get(ProxySpec.BALANCE);
        boolean consistent = isConsistent(spec.settings().get(ProxySpec.HASH_TYPE));
        HashFunction function = function(spec.settings());
        boolean http = spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        BalanceKey key = key(words, function, http, expression);
        if (key == null) {
            return new Balance(new RoundRobin<>(servers, all), null);
        }
        int factor = spec.settings().get(ProxySpec.HASH_BALANCE_FACTOR);
        Balancer<Server> balancer = consistent ? new HashRing<>(servers, all, BalanceAssembly::point, factor,
                HashRing.Affinity.valueOf(spec.settings().get(ProxySpec.HASH_AFFINITY).toUpperCase(Locale.ROOT)))
                : SlotMap.hashMap(servers, all, weights(servers));
        return new Balance(balancer, key);
    }

    private static boolean isConsistent(List<String> type) {
        return !type.isEmpty() && type.get(0).equals("consistent");
    }

    /** The function that a backend's {@code hash-type} names. */
    static HashFunction function(Settings settings) {
        List<String> type = settings.get(ProxySpec.HASH_TYPE);
        // a ring with no function named avalanches; a map does so only when it is told to
        boolean avalanche = type.contains("avalanche") || isConsistent(type) && type.size() == 1;
        String named = type.size() > 1 && !type.get(1).equals("avalanche") ? type.get(1) : "sdbm";
        return new HashFunction(HashFunction.Kind.valueOf(named.toUpperCase(Locale.ROOT)), avalanche);
    }

    /** Where a server's points on the ring start. */
    private static int point(Server server) {
        return switch (server.spec().settings().get(ServerSpec.HASH_KEY)) {
            case "addr" -> ServerKeys.address(server.address(), server.id());
            case "addr-port" -> ServerKeys.addressAndPort(server.address(), server.id());
            case "guid" -> ServerKeys.guid(server.spec().settings().get(ServerSpec.GUID), server.id());
            case "id32" -> ServerKeys.id32(server.id());
            default -> ServerKeys.id(server.id());
        };
    }

    /** Null where a key of HTTP is asked for without HTTP: servers are taken in turn then. */
    private static BalanceKey key(List<String> words, HashFunction function, boolean http, Expression expression) {
        String word = words.getFirst();
        int open = word.indexOf('(');
        return switch (open < 0 ? word : word.substring(0, open)) {
            case "source" -> BalanceKeys.source(function);
            case "uri" -> http ? uri(words, function) : null;
            case "url_param" -> !http ? null : BalanceKeys.parameter(function,
                    words.get(1).getBytes(StandardCharsets.ISO_8859_1), words.contains("check_post"));
            case "hdr" -> http ? BalanceKeys.header(function, word.substring(open + 1, word.length() - 1),
                    words.contains("use_domain_only")) : null;
            default -> expression == null ? null : BalanceKeys.expression(function, expression);
        };
    }

    private static BalanceKey uri(List<String> words, HashFunction function) {
        int length = 0;
        int depth = 0;
        for (int i = 1; i + 1 < words.size(); i++) {
            switch (words.get(i)) {
                case "len" -> length = (int) Numbers.leading(words.get(i + 1));
                case "depth" -> depth = (int) Numbers.leading(words.get(i + 1));
                default -> { }
            }
        }
        return BalanceKeys.uri(function, length, depth, words.contains("whole"), words.contains("path-only"));
    }

    private static int[] weights(List<Server> servers) {
        int[] weights = new int[servers.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = servers.get(i).spec().weight() * Server.WEIGHT_SCALE;
        }
        return weights;
    }

    private static int draws(String word, int open) {
        if (open < 0) {
            return DEFAULT_DRAWS;
        }
        return Integer.parseInt(word, open + 1, word.length() - 1, 10);
    }
}
