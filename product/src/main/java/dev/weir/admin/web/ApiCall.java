package dev.weir.admin.web;

import dev.weir.admin.cli.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a request to the API asks for: the words of a command and how its answer becomes JSON; or why it asks for nothing.
 * Every part of a path and every member of a body is one word, whatever stands in it. Immutable.
 *
 * @param status 200, or that of the error
 * @param problem what is wrong, or null
 */
record ApiCall(int status, String problem, List<String> words, String payload, Shape shape) {

    /** How what a command says is shown. */
    enum Shape { SAID, INFO, STATS, TABLE, PATTERNS, ENTRIES, TABLES, ROWS, NAMES }

    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int BAD = 400;

    static ApiCall of(Shape shape, String... words) {
        return new ApiCall(200, null, List.of(words), null, shape);
    }

    ApiCall with(String what) {
        return new ApiCall(status, problem, words, what, shape);
    }

    static ApiCall bad(String why) {
        return wrong(BAD, why);
    }

    static ApiCall notThere() {
        return wrong(NOT_FOUND, "There is nothing here.");
    }

    private static ApiCall wrong(int status, String problem) {
        return new ApiCall(status, problem, List.of(), null, null);
    }

    /**
     * @param path below the API, decoded, cut at slashes
     * @param query by its names
     * @param body null where there is none or none that can be read
     */
    static ApiCall of(String method, List<String> path, Map<String, String> query, Map<String, Object> body) {
        ApiCall list = ApiLists.of(method, path, body);
        if (list != null) {
            return list;
        }
        String first = path.isEmpty() ? "" : path.getFirst();
        boolean server = first.equals("backends") && path.size() == 4 && path.get(2).equals("servers");
        boolean deploy = first.equals("backends") && path.size() == 3 && path.get(2).equals("deploy");
        if (path.size() == 1 && !first.equals("commands")) {
            ApiCall read = view(first, query);
            return read != null && !method.equals("GET") ? notAllowed("GET")
                    : read == null ? wrong(NOT_FOUND, "There is nothing here.") : read;
        }
        if (server) {
            return server(method, path.get(1) + "/" + path.get(3), query, body);
        }
        if (!deploy && !(first.equals("commands") && path.size() == 1)) {
            return wrong(NOT_FOUND, "There is nothing here.");
        }
        if (!method.equals("POST")) {
            return notAllowed("POST");
        }
        if (body == null) {
            return wrong(BAD, "The body must be a JSON object.");
        }
        return deploy ? deploy(path.get(1), body) : command(body);
    }

    static ApiCall notAllowed(String allowed) {
        return wrong(NOT_ALLOWED, "Only " + allowed + ".");
    }

    private static ApiCall view(String what, Map<String, String> query) {
        String backend = query.getOrDefault("backend", "");
        return switch (what) {
            case "info" -> of(Shape.INFO, "show", "info");
            case "stats" -> of(Shape.STATS, "show", "stat");
            case "servers" -> backend.isEmpty() ? of(Shape.TABLE, "show", "servers", "state")
                    : of(Shape.TABLE, "show", "servers", "state", backend);
            default -> null;
        };
    }

    private static ApiCall command(Map<String, Object> body) {
        List<String> words = body.get("command") instanceof String text ? Commands.single(text) : null;
        boolean right = words != null && !words.isEmpty()
                && (body.get("payload") == null || body.get("payload") instanceof String);
        return right ? new ApiCall(200, null, words, (String) body.get("payload"), Shape.SAID)
                : wrong(BAD, "The body must have one command, and may have a payload.");
    }

    private static ApiCall server(String method, String name, Map<String, String> query, Map<String, Object> body) {
        return switch (method) {
            case "DELETE" -> query.containsKey("drain") ? of(Shape.SAID, "del", "server", name, "drain", query.get("drain"))
                    : query.containsKey("force") ? of(Shape.SAID, "del", "server", name, "force")
                            : of(Shape.SAID, "del", "server", name);
            case "PUT" -> body != null && body.get("address") instanceof String address ? added(name, address, body)
                    : wrong(BAD, "The body must be a JSON object with an address.");
            case "PATCH" -> body == null ? wrong(BAD, "The body must be a JSON object.") : changed(name, body);
            default -> notAllowed("PUT, PATCH, DELETE");
        };
    }

    private static ApiCall added(String name, String address, Map<String, Object> body) {
        List<String> words = new ArrayList<>(List.of("add", "server", name, address));
        if (body.get("options") instanceof List<?> options) {
            for (Object option : options) {
                words.add(String.valueOf(option));
            }
        }
        return new ApiCall(200, null, words, null, Shape.SAID);
    }

    /** One thing at a time, so that it is done or not done. */
    private static ApiCall changed(String name, Map<String, Object> body) {
        if (body.size() != 1 || body.values().iterator().next() == null) {
            return wrong(BAD, "The body must have one of state, weight, maxconn, health, agent, name.");
        }
        String what = body.keySet().iterator().next();
        String value = body.get(what).toString();
        return switch (what) {
            case "state" -> value.equals("ready-when-healthy") ? of(Shape.SAID, "enable", "server", name, "when-healthy")
                    : of(Shape.SAID, "set", "server", name, "state", value);
            case "weight", "health", "agent", "name" -> of(Shape.SAID, "set", "server", name, what, value);
            case "maxconn" -> of(Shape.SAID, "set", "maxconn", "server", name, value);
            default -> wrong(BAD, "The body must have one of state, weight, maxconn, health, agent, name.");
        };
    }

    private static ApiCall deploy(String backend, Map<String, Object> body) {
        if (!(body.get("from") instanceof List<?> from) || !(body.get("to") instanceof List<?> to)) {
            return wrong(BAD, "The body must say from which servers to which.");
        }
        List<String> words = new ArrayList<>(List.of("deploy", backend, "from", joined(from), "to", joined(to)));
        for (String option : List.of("step", "drain", "healthy-within")) {
            if (body.get(option) != null) {
                words.addAll(List.of(option, body.get(option).toString()));
            }
        }
        if (body.get("abort-if-errors-above") != null) {
            words.addAll(List.of("abort-if", "errors", ">", body.get("abort-if-errors-above").toString()));
        }
        return new ApiCall(200, null, words, null, Shape.SAID);
    }

    private static String joined(List<?> names) {
        StringBuilder out = new StringBuilder();
        for (Object name : names) {
            out.append(out.isEmpty() ? "" : ",").append(name);
        }
        return out.toString();
    }
}
