package dev.weir.flow.filter;

import java.util.ArrayList;
import java.util.List;

/** The filters of one proxy in the order of the file, or in those that {@code filter-sequence} gives. Immutable. */
public record Filters(List<Filter> request, List<Filter> response) {

    public static final Filters NONE = new Filters(List.of(), List.of());

    public boolean isEmpty() {
        return request.isEmpty() && response.isEmpty();
    }

    /** What a request passes, the frontend's filters first; null for nothing. */
    public static Stages request(FilterHost host, Filters front, Filters back) {
        List<Stage> stages = new ArrayList<>();
        for (Filter filter : front.request) {
            add(stages, yields(filter, back.request) ? null : filter.request(host));
        }
        for (Filter filter : back.request) {
            add(stages, filter.request(host));
        }
        return stages.isEmpty() ? null : new Stages(stages);
    }

    /** What an answer passes, the frontend's filters first; null for nothing. */
    public static Stages response(FilterHost host, Filters front, Filters back) {
        List<Stage> stages = new ArrayList<>();
        for (Filter filter : front.response) {
            add(stages, yields(filter, back.response) ? null : filter.response(host));
        }
        for (Filter filter : back.response) {
            add(stages, filter.response(host));
        }
        return stages.isEmpty() ? null : new Stages(stages);
    }

    private static boolean yields(Filter filter, List<Filter> others) {
        for (Filter other : others) {
            if (filter.yieldsTo(other)) {
                return true;
            }
        }
        return false;
    }

    private static void add(List<Stage> stages, Stage stage) {
        if (stage != null) {
            stages.add(stage);
        }
    }
}
