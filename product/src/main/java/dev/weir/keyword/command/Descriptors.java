package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code show fd}: what the process has open, as the kernel tells it. Which side of a connection is a client's follows from
 * its own port, which is that of a listener. Stateless.
 */
final class Descriptors {

    /** Pipes, listeners, connections of clients, connections to servers; {@code s} and {@code c} stand for others. */
    private static final String KINDS = "plfb";
    private static final String LISTENING = "0A";
    /** Of {@code /proc/net/unix}: a socket that accepts. */
    private static final int ACCEPTS = 0x10000;

    private Descriptors() {}

    static Answer show(Call call) {
        String wanted = KINDS + "-";
        int only = -1;
        for (String word : call.words().subList(2, call.words().size())) {
            if (!word.isEmpty() && "-!plcfbs".indexOf(word.charAt(0)) >= 0) {
                wanted = selected(word, wanted.length() > KINDS.length() ? "" : wanted);
                if (wanted == null) {
                    return Text.error("Invalid FD type: " + word);
                }
            } else {
                String number = word.substring(word.indexOf('/') + 1);
                only = number.isEmpty() ? -1 : Whole.leading(number);
            }
        }
        try {
            return list(wanted, only);
        } catch (IOException e) {
            return Text.error("Cannot read /proc/self/fd.");
        }
    }

    /** The kinds that the letters of a word leave; null where one is none. */
    private static String selected(String word, String before) {
        StringBuilder kinds = new StringBuilder(before);
        boolean without = false;
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            String meant = letter == 'c' ? "fb" : letter == 's' ? "b" : String.valueOf(letter);
            if (letter == '-' || letter == '!') {
                without = !without;
            } else if ("fb".equals(meant) || KINDS.contains(meant)) {
                kinds = without ? left(kinds.isEmpty() ? new StringBuilder(KINDS + "-") : kinds, meant) : kinds.append(meant);
            } else {
                return null;
            }
        }
        return kinds.toString();
    }

    private static StringBuilder left(StringBuilder kinds, String without) {
        StringBuilder left = new StringBuilder();
        for (int i = 0; i < kinds.length(); i++) {
            if (without.indexOf(kinds.charAt(i)) < 0) {
                left.append(kinds.charAt(i));
            }
        }
        return left;
    }

    private static Answer list(String wanted, int only) throws IOException {
        Map<String, Character> sockets = sockets();
        TreeMap<Integer, String> open = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                String target = target(each);
                char kind = target.startsWith("pipe:") ? 'p' : sockets.getOrDefault(target, '-');
                if (wanted.indexOf(kind) >= 0) {
                    open.put(Whole.leading(each.getFileName().toString()), target + (kind == '-' ? "" : " " + kind));
                }
            }
        }
        StringBuilder out = new StringBuilder();
        for (Map.Entry<Integer, String> each : open.entrySet()) {
            if (only < 0 || only == each.getKey()) {
                String number = each.getKey().toString();
                out.append(" ".repeat(Math.max(0, 7 - number.length()))).append(number).append(" : ").append(each.getValue())
                        .append('\n');
            }
        }
        return Text.dump(out);
    }

    /** What each socket of this network is, by the name that descriptors show. */
    private static Map<String, Character> sockets() throws IOException {
        Map<String, Character> kinds = new HashMap<>();
        Map<String, String> ports = new HashMap<>();
        Set<String> doors = new HashSet<>();
        for (String file : new String[] {"tcp", "tcp6"}) {
            for (String line : lines(file)) {
                String[] f = line.strip().split(" +");
                String name = "socket:[" + f[9] + "]";
                String port = f[1].substring(f[1].lastIndexOf(':'));
                if (f[3].equals(LISTENING)) {
                    kinds.put(name, 'l');
                    doors.add(port);
                } else {
                    ports.put(name, port);
                }
            }
        }
        ports.forEach((name, port) -> kinds.put(name, doors.contains(port) ? 'f' : 'b'));
        for (String line : lines("unix")) {
            String[] f = line.strip().split(" +");
            boolean accepts = (Integer.parseUnsignedInt(f[3], 16) & ACCEPTS) != 0;
            // whoever has a name here was accepted under it
            kinds.put("socket:[" + f[6] + "]", accepts ? 'l' : f.length > 7 ? 'f' : 'b');
        }
        return kinds;
    }

    private static Iterable<String> lines(String file) throws IOException {
        Path path = Path.of("/proc/self/net", file);
        return Files.exists(path) ? Files.readAllLines(path, StandardCharsets.ISO_8859_1).stream().skip(1).toList()
                : java.util.List.of();
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed";
        }
    }
}
