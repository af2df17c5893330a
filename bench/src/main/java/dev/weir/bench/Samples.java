package dev.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything measured: by group (a workload, start-up, memory), by measure, by subject, one number per round. */
final class Samples {

    private final Map<String, Map<String, Map<String, List<Double>>>> values = new LinkedHashMap<>();

    void add(String group, String measure, String subject, double value) {
        values.computeIfAbsent(group, k -> new LinkedHashMap<>())
                .computeIfAbsent(measure, k -> new LinkedHashMap<>())
                .computeIfAbsent(subject, k -> new ArrayList<>()).add(value);
    }

    Map<String, Map<String, Map<String, List<Double>>>> all() {
        return values;
    }

    static double median(List<Double> list) {
        List<Double> sorted = list.stream().sorted().toList();
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }

    /** Half the distance between the extremes, as a share of the median. */
    static double spread(List<Double> list) {
        double least = list.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = list.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double middle = median(list);
        return middle == 0 ? 0 : (most - least) / 2 / middle;
    }
}
