package dev.weir.config.compile;

import dev.weir.base.hash.Hash32;
import dev.weir.base.text.Diagnostics;
import dev.weir.flow.drive.BalanceKey;
import dev.weir.model.balance.Balancer;
import dev.weir.model.balance.FirstServer;
import dev.weir.model.balance.HashRing;
import dev.weir.model.balance.LeastConnections;
import dev.weir.model.balance.RandomDraws;
import dev.weir.model.balance.RoundRobin;
import dev.weir.model.balance.ServerKeys;
import dev.weir.model.balance.SlotMap;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
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

    static Balance of(ProxySpec spec, List<Server> servers, Diagnostics diagnostics) {
        List<String> words = spec.settings().get(ProxySpec.BALANCE);
        boolean all = spec.settings().get(ProxySpec.ALLBACKUPS);
        // without a balance line HAProxy draws twice since 3.3
        String word = words.isEmpty() ? "random" : words.get(0);
        int open = word.indexOf('(');
        return switch (open < 0 ? word : word.substring(0, open)) {
            case "roundrobin" -> new Balance(new RoundRobin<>(servers, all), null);
            case "static-rr" -> new Balance(SlotMap.staticRoundRobin(servers, all, weights(servers)), null);
            case "leastconn" -> new Balance(new LeastConnections<>(servers, all), null);
            case "first" -> new Balance(new FirstServer<>(servers, all), null);
            case "random" -> new Balance(new RandomDraws<>(servers, all, s -> ServerKeys.id(s.id()), draws(word, open),
                    () -> ThreadLocalRandom.current().nextInt()), null);
            case "source" -> source(spec, servers, all);
            default -> {
                diagnostics.alert(spec.settings().placeOf(ProxySpec.BALANCE), "'balance " + word
                        + "' is not supported yet. Write 'balance roundrobin' or 'balance source'.");
                yield new Balance(new RoundRobin<>(servers, all), null);
            }
        };
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

    private static Balance source(ProxySpec spec, List<Server> servers, boolean all) {
        List<String> type = spec.settings().get(ProxySpec.HASH_TYPE);
        boolean consistent = !type.isEmpty() && type.get(0).equals("consistent");
        // a ring with no function named avalanches; a map does so only when it is told to
        boolean avalanche = type.contains("avalanche") || consistent && type.size() == 1;
        Balancer<Server> balancer = consistent ? new HashRing<>(servers, all, s -> ServerKeys.id(s.id()))
                : SlotMap.hashMap(servers, all, weights(servers));
        return new Balance(balancer, exchange -> {
            int hash = ServerKeys.source(exchange.clientAddress());
            return avalanche ? Hash32.avalanche(hash) : hash;
        });
    }
}
