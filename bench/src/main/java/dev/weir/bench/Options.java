package dev.weir.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options of the bench. Immutable. */
record Options(int rounds, int seconds, int warmUpSeconds, int sessions, int holdSeconds, List<String> groups,
        List<String> subjects, Path out) {

    static final String HELP = """
            ./scripts/bench [--rounds N] [--seconds S] [--warm-up S] [--sessions N] [--hold S] [--groups G,G...]
                            [--subjects weir,haproxy,nginx] [--out DIR] [--quick]
            Groups: GROUPS.
            A subject is weir, haproxy, nginx, or name=command; nginx takes part in what it can do. --quick is one short
            round, to see that it works. With --out the results go to that directory, else to bench/results and docs.
            """.replace("GROUPS", String.join(",", every()));

    /** Every group there is: the workloads, and what is measured otherwise. */
    static List<String> every() {
        List<String> all = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            all.add(workload.id());
        }
        all.addAll(List.of("reload", "sizes", "idle", "start"));
        return all;
    }

    static Options parse(String[] words) {
        int rounds = 5;
        int seconds = 8;
        int warmUp = 15;
        int sessions = 4000;
        int hold = 60;
        Path out = null;
        List<String> groups = every();
        List<String> subjects = Scene.available("nginx") ? List.of("weir", "haproxy", "nginx") : List.of("weir", "haproxy");
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "--rounds" -> rounds = Integer.parseInt(words[++i]);
                case "--seconds" -> seconds = Integer.parseInt(words[++i]);
                case "--warm-up" -> warmUp = Integer.parseInt(words[++i]);
                case "--sessions" -> sessions = Integer.parseInt(words[++i]);
                case "--hold" -> hold = Integer.parseInt(words[++i]);
                case "--groups" -> groups = List.of(words[++i].split(","));
                case "--subjects" -> subjects = List.of(words[++i].split(","));
                case "--out" -> out = Path.of(words[++i]);
                case "--quick" -> {
                    rounds = 1;
                    seconds = 1;
                    warmUp = 1;
                    sessions = 200;
                    hold = 1;
                }
                default -> throw new IllegalArgumentException(HELP);
            }
        }
        return new Options(rounds, seconds, warmUp, sessions, hold, groups, subjects, out);
    }
}
