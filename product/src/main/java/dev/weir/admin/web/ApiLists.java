package dev.weir.admin.web;

import dev.weir.admin.web.ApiCall.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What requests about maps, lists of ACLs, stick tables and certificates ask for, as commands. Stateless. */
final class ApiLists {

    private ApiLists() {}

    /** Null when the path is about something else. @param body null where there is none or none that can be read */
    static ApiCall of(String method, List<String> path, Map<String, Object> body) {
        String what = path.isEmpty() ? "" : path.getFirst();
        boolean entry = path.size() == 4 && path.get(2).equals("entries");
        return switch (what) {
            case "maps" -> patterns("map", method, path, entry, body);
            case "acls" -> patterns("acl", method, path, entry, body);
            case "tables" -> table(method, path, entry, body);
            case "certificates" -> certificate(method, path, body);
            default -> null;
        };
    }

    private static ApiCall patterns(String kind, String method, List<String> path, boolean entry, Map<String, Object> body) {
        String name = path.size() > 1 ? path.get(1) : "";
        String ask = path.size() > 2 && !entry ? "" : (entry ? "entry " : path.size() == 2 ? "list " : "all ") + method;
        return switch (ask) {
            case "all GET" -> ApiCall.of(Shape.PATTERNS, "show", kind);
            case "list GET" -> ApiCall.of(Shape.ENTRIES, "show", kind, name);
            case "list DELETE" -> ApiCall.of(Shape.SAID, "clear", kind, name);
            case "entry PUT" -> kind.equals("acl") ? ApiCall.of(Shape.SAID, "add", kind, name, path.get(3))
                    : value(body) == null ? ApiCall.bad("The body must be a JSON object with a value.")
                    : ApiCall.of(Shape.SAID, "add", kind, name, path.get(3), value(body));
            case "entry PATCH" -> kind.equals("acl") ? ApiCall.notAllowed("PUT, DELETE")
                    : value(body) == null ? ApiCall.bad("The body must be a JSON object with a value.")
                    : ApiCall.of(Shape.SAID, "set", kind, name, path.get(3), value(body));
            case "entry DELETE" -> ApiCall.of(Shape.SAID, "del", kind, name, path.get(3));
            default -> unknown(ask, entry ? "PUT, PATCH, DELETE" : path.size() == 2 ? "GET, DELETE" : "GET");
        };
    }

    private static String value(Map<String, Object> body) {
        return body != null && body.get("value") instanceof String text ? text : null;
    }

    private static ApiCall table(String method, List<String> path, boolean entry, Map<String, Object> body) {
        String name = path.size() > 1 ? path.get(1) : "";
        String ask = path.size() > 2 && !entry ? "" : (entry ? "entry " : path.size() == 2 ? "table " : "all ") + method;
        return switch (ask) {
            case "all GET" -> ApiCall.of(Shape.TABLES, "show", "table");
            case "table GET" -> ApiCall.of(Shape.ROWS, "show", "table", name);
            case "table DELETE" -> ApiCall.of(Shape.SAID, "clear", "table", name);
            case "entry GET" -> ApiCall.of(Shape.ROWS, "show", "table", name, "key", path.get(3));
            case "entry PUT" -> body == null ? ApiCall.bad("The body must be a JSON object with values by their types.")
                    : values(name, path.get(3), body);
            case "entry DELETE" -> ApiCall.of(Shape.SAID, "clear", "table", name, "key", path.get(3));
            default -> unknown(ask, entry ? "GET, PUT, DELETE" : path.size() == 2 ? "GET, DELETE" : "GET");
        };
    }

    private static ApiCall values(String table, String key, Map<String, Object> body) {
        List<String> words = new ArrayList<>(List.of("set", "table", table, "key", key));
        body.forEach((type, value) -> {
            words.add("data." + type);
            words.add(String.valueOf(value));
        });
        return ApiCall.of(Shape.SAID, words.toArray(new String[0]));
    }

    private static ApiCall certificate(String method, List<String> path, Map<String, Object> body) {
        String name = path.size() > 1 ? path.get(1) : "";
        String ask = (path.size() == 1 ? "all " : path.size() == 2 ? "one " : path.size() == 3 ? path.get(2) + " " : "? ")
                + method;
        return switch (ask) {
            case "all GET" -> ApiCall.of(Shape.NAMES, "show", "ssl", "cert");
            case "one GET" -> ApiCall.of(Shape.INFO, "show", "ssl", "cert", name);
            case "one PUT" -> body != null && body.get("pem") instanceof String pem
                    ? ApiCall.of(Shape.SAID, "set", "ssl", "cert", name).with(pem)
                    : ApiCall.bad("The body must be a JSON object with a pem.");
            case "one POST" -> ApiCall.of(Shape.SAID, "new", "ssl", "cert", name);
            case "one DELETE" -> ApiCall.of(Shape.SAID, "del", "ssl", "cert", name);
            case "commit POST" -> ApiCall.of(Shape.SAID, "commit", "ssl", "cert", name);
            case "abort POST" -> ApiCall.of(Shape.SAID, "abort", "ssl", "cert", name);
            default -> ask.startsWith("?") ? ApiCall.notThere() : unknown(ask,
                    path.size() == 1 ? "GET" : path.size() == 2 ? "GET, PUT, POST, DELETE" : "POST");
        };
    }

    private static ApiCall unknown(String ask, String allowed) {
        return ask.isEmpty() ? ApiCall.notThere() : ApiCall.notAllowed(allowed);
    }
}
