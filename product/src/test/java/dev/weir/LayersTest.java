package dev.weir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Keeps the layout of docs/ARCHITECTURE.md true: bands import only to their left, packages form no cycle, third-party
 * code stays in its band, and calls that would hurt on the request path are not made there. Reads the compiled classes.
 */
class LayersTest {

    /** The bands from left to right, each with its packages. A package that is not listed here fails the test. */
    private static final Map<String, List<String>> BANDS = new LinkedHashMap<>();

    static {
        BANDS.put("base", List.of("text", "address", "time", "collect", "hash", "count", "log"));
        BANDS.put("wire", List.of("http", "h1", "h2", "proxyv", "peer"));
        BANDS.put("net", List.of("sys", "zip", "loop", "tls", "sock", "mux"));
        BANDS.put("model", List.of("value", "pattern", "stick", "server", "balance", "proxy"));
        BANDS.put("flow", List.of("exchange", "expr", "rule", "filter", "compress", "cache", "reply", "drive"));
        BANDS.put("upkeep", List.of("check", "resolve", "peers", "mail", "ocsp", "discover"));
        BANDS.put("admin", List.of("stats", "cli", "web"));
        BANDS.put("config", List.of("lang", "rule", "compile"));
        BANDS.put("keyword", List.of("directive", "fetch", "convert", "action", "command"));
        BANDS.put("boot", List.of(""));
    }

    private static final Set<String> PER_REQUEST = Set.of("base", "wire", "net", "model", "flow");

    /** Third-party packages and the only packages of ours that may use them, as prefixes. */
    private static final Map<String, List<String>> THIRD_PARTY = Map.of(
            "io.netty.buffer", List.of("wire", "net", "flow", "upkeep", "admin"),
            "io.netty.util", List.of("net"),
            "io.netty.channel", List.of("net"),
            "javax.crypto", List.of("keyword.convert"));

    /** What stands in Netty's own packages since it has no public way to it (docs/DECISIONS.md). */
    private static final Set<String> NETTY_BRIDGES = Set.of("io.netty.channel.uring", "io.netty.channel.epoll");

    private record Ban(String owner, Pattern method, Set<String> bands, List<String> except, String reason) {

        boolean hits(String band, String pkg, String calledOwner, String call) {
            return bands.contains(band) && except.stream().noneMatch(pkg::startsWith)
                    && calledOwner.equals(owner) && method.matcher(call).matches();
        }
    }

    private static final Set<String> EVERYWHERE = BANDS.keySet();

    private static final List<Ban> BANS = List.of(
            ban("java/lang/System", "(currentTimeMillis|nanoTime).*", EVERYWHERE, List.of("base.time"),
                    "time is an input: ask base.time"),
            ban("java/time/Instant", "now.*", EVERYWHERE, List.of("base.time"), "time is an input: ask base.time"),
            ban("java/time/LocalDateTime", "now.*", EVERYWHERE, List.of("base.time"), "time is an input"),
            ban("java/time/ZonedDateTime", "now.*", EVERYWHERE, List.of("base.time"), "time is an input"),
            ban("java/lang/String", "format.*|formatted.*", PER_REQUEST, List.of(), "slow and allocates"),
            ban("java/lang/Integer", "valueOf\\(I\\).*", Set.of("wire", "net", "flow"), List.of(), "boxing"),
            ban("java/lang/Long", "valueOf\\(J\\).*", Set.of("wire", "net", "flow"), List.of(), "boxing"),
            ban("java/lang/Thread", "sleep.*", EVERYWHERE, List.of(), "nothing sleeps: arm a timer"),
            ban("java/lang/String", "getBytes\\(\\).*|<init>\\(\\[B\\)V|<init>\\(\\[BII\\)V", EVERYWHERE, List.of(),
                    "default charset"),
            ban("java/lang/String", "(toLowerCase|toUpperCase)\\(\\).*", EVERYWHERE, List.of(), "default locale"),
            ban("java/lang/foreign/Arena", "(ofShared|ofAuto).*", EVERYWHERE, List.of("boot"),
                    "closing a shared arena stalls all threads"));

    private static Ban ban(String owner, String call, Set<String> bands, List<String> except, String reason) {
        return new Ban(owner, Pattern.compile(call), bands, except, reason);
    }

    private static final Map<String, List<ClassModel>> CLASSES = new TreeMap<>();

    @BeforeAll
    static void readClasses() throws IOException {
        Path root = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                ClassModel model = ClassFile.of().parse(file);
                CLASSES.computeIfAbsent(packageOf(model.thisClass().asInternalName()), k -> new ArrayList<>())
                        .add(model);
            }
        }
    }

    @Test
    void everyPackageHasABand() {
        List<String> unknown = new ArrayList<>();
        for (String pkg : CLASSES.keySet()) {
            if (!NETTY_BRIDGES.contains(pkg) && rank(pkg) < 0) {
                unknown.add(pkg);
            }
        }
        assertEquals(List.of(), unknown, "packages that the layout does not know");
    }

    @Test
    void bandsImportOnlyToTheirLeft() {
        List<String> wrong = new ArrayList<>();
        CLASSES.forEach((pkg, models) -> models.forEach(m -> references(m).forEach(ref -> {
            String target = packageOf(ref);
            if (rank(pkg) >= 0 && rank(target) > rank(pkg)) {
                wrong.add(m.thisClass().asInternalName() + " -> " + ref);
            }
        })));
        assertEquals(List.of(), wrong, "imports to the right");
    }

    @Test
    void packagesFormNoCycle() {
        Map<String, Set<String>> edges = new TreeMap<>();
        CLASSES.forEach((pkg, models) -> models.forEach(m -> references(m).forEach(ref -> {
            String target = packageOf(ref);
            if (rank(target) >= 0 && !target.equals(pkg)) {
                edges.computeIfAbsent(pkg, k -> new TreeSet<>()).add(target);
            }
        })));
        List<String> cycles = new ArrayList<>();
        for (String start : edges.keySet()) {
            if (reaches(edges, start, start)) {
                cycles.add(start);
            }
        }
        assertEquals(List.of(), cycles, "packages on a cycle, edges " + edges);
    }

    @Test
    void thirdPartyCodeStaysInItsBand() {
        List<String> wrong = new ArrayList<>();
        CLASSES.forEach((pkg, models) -> models.forEach(m -> references(m).forEach(ref -> {
            String target = packageOf(ref);
            if (NETTY_BRIDGES.contains(pkg) || target.startsWith("java.") || rank(target) >= 0
                    || target.isEmpty() || NETTY_BRIDGES.contains(target)
                    || target.startsWith("sun.") || target.startsWith("jdk.")) {
                return;
            }
            String place = pkg.substring("dev.weir.".length());
            boolean allowed = THIRD_PARTY.entrySet().stream().anyMatch(e -> target.startsWith(e.getKey())
                    && e.getValue().stream().anyMatch(place::startsWith));
            if (!allowed) {
                wrong.add(m.thisClass().asInternalName() + " -> " + ref);
            }
        })));
        assertEquals(List.of(), wrong, "third-party code outside its band");
    }

    @Test
    void bannedCallsAreNotMade() {
        List<String> wrong = new ArrayList<>();
        CLASSES.forEach((pkg, models) -> {
            if (rank(pkg) < 0) {
                return;
            }
            String place = pkg.substring("dev.weir.".length());
            String band = place.split("\\.")[0];
            for (ClassModel model : models) {
                for (MethodModel method : model.methods()) {
                    String at = model.thisClass().asInternalName() + "." + method.methodName().stringValue();
                    if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
                        wrong.add(at + ": synchronized (pins and hides the owner)");
                    }
                    method.code().ifPresent(code -> code.forEach(element -> {
                        if (element instanceof MonitorInstruction) {
                            wrong.add(at + ": synchronized (pins and hides the owner)");
                        }
                        if (element instanceof InvokeInstruction call) {
                            String owner = call.owner().asInternalName();
                            String signature = call.name().stringValue() + call.type().stringValue();
                            // a class initialiser runs once, so what allocates is no harm there
                            boolean once = method.methodName().equalsString("<clinit>");
                            BANS.stream().filter(b -> b.hits(band, place, owner, signature))
                                    .filter(b -> !(once && b.reason().equals("boxing")))
                                    .forEach(b -> wrong.add(at + " calls " + owner + "." + signature + ": " + b.reason()));
                            if (PER_REQUEST.contains(band) && owner.startsWith("java/util/stream/")) {
                                wrong.add(at + " uses a stream: allocates on the request path");
                            }
                        }
                    }));
                }
                for (String ref : references(model)) {
                    if (ref.startsWith("java/util/regex/") && !band.equals("config") && !band.equals("boot")) {
                        wrong.add(model.thisClass().asInternalName() + " uses java.util.regex: overflows on hostile input");
                    }
                    if (ref.startsWith("javax/net/ssl/") || ref.startsWith("java/net/http/")) {
                        wrong.add(model.thisClass().asInternalName() + " uses " + ref);
                    }
                }
            }
        });
        assertEquals(List.of(), wrong, "banned calls");
    }

    @Test
    void everyPackageSaysWhatItIs() {
        List<String> silent = new ArrayList<>();
        for (String pkg : CLASSES.keySet()) {
            Path info = Path.of("src/main/java", pkg.replace('.', '/'), "package-info.java");
            if (!NETTY_BRIDGES.contains(pkg) && !Files.exists(info)) {
                silent.add(pkg);
            }
        }
        assertEquals(List.of(), silent, "packages without package-info.java");
        assertTrue(CLASSES.size() > 1);
    }

    private static boolean reaches(Map<String, Set<String>> edges, String from, String goal) {
        Set<String> seen = new TreeSet<>();
        ArrayDeque<String> todo = new ArrayDeque<>(edges.getOrDefault(from, Set.of()));
        while (!todo.isEmpty()) {
            String next = todo.pop();
            if (next.equals(goal)) {
                return true;
            }
            if (seen.add(next)) {
                todo.addAll(edges.getOrDefault(next, Set.of()));
            }
        }
        return false;
    }

    /** A class in the descriptor of a field or method. */
    private static final Pattern DESCRIPTOR_TYPE = Pattern.compile("L((?:dev|io|java|javax|sun|jdk)/[\\w/$]+)[;<]");

    private static Set<String> references(ClassModel model) {
        Set<String> refs = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry c) {
                String name = c.asInternalName();
                while (name.startsWith("[")) {
                    name = name.substring(1);
                }
                if (name.length() > 1 && name.endsWith(";")) {
                    name = name.substring(1, name.length() - 1);
                }
                refs.add(name);
            } else if (entry instanceof Utf8Entry text) {
                Matcher types = DESCRIPTOR_TYPE.matcher(text.stringValue());
                while (types.find()) {
                    refs.add(types.group(1));
                }
            }
        }
        return refs;
    }

    private static String packageOf(String internalName) {
        int slash = internalName.lastIndexOf('/');
        return slash < 0 ? "" : internalName.substring(0, slash).replace('/', '.');
    }

    /** Position of a package's band from the left, or -1 when it is not one of ours. */
    private static int rank(String pkg) {
        if (!pkg.startsWith("dev.weir.")) {
            return -1;
        }
        String[] parts = pkg.substring("dev.weir.".length()).split("\\.", 2);
        int i = 0;
        for (Map.Entry<String, List<String>> band : BANDS.entrySet()) {
            if (band.getKey().equals(parts[0])) {
                return band.getValue().contains(parts.length > 1 ? parts[1] : "") ? i : -1;
            }
            i++;
        }
        return -1;
    }
}
