package dev.weir.boot;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.compile.GlobalSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who the process is to become: the numbers behind {@code user} and {@code group}, from the system's files. */
record Accounts(int uid, int gid) {

    /** Looks the names up; what cannot be found is said and fails the start. */
    static Accounts of(Settings global, Diagnostics diagnostics) {
        return new Accounts(number(global, GlobalSpec.UID, GlobalSpec.USER, "user", "/etc/passwd", diagnostics),
                number(global, GlobalSpec.GID, GlobalSpec.GROUP, "group", "/etc/group", diagnostics));
    }

    private static int number(Settings global, Setting<Integer> byNumber, Setting<String> byName, String kind,
            String file, Diagnostics diagnostics) {
        String name = global.get(byName);
        if (name == null) {
            return global.get(byNumber);
        }
        int found = find(file, name);
        if (found < 0) {
            diagnostics.alert(global.placeOf(byName), "cannot find " + kind + " id for '" + name + "' (0:Success)");
        }
        return found;
    }

    private static int find(String file, String name) {
        try {
            for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", 4);
                if (fields.length == 4 && fields[0].equals(name)) {
                    return Integer.parseInt(fields[2]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
        return -1;
    }
}
