package dev.weir.boot;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.net.sys.AccountNames;
import dev.weir.net.sys.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who the process is to become: the numbers behind {@code user} and {@code group}, from the system's files. */
record Accounts(int uid, int gid) {

    private static final Integer ROOT = 0;

    /** Looks the names up; what cannot be found is said and fails the start. */
    static Accounts of(Settings global, Diagnostics diagnostics) {
        Accounts wanted = new Accounts(number(global, GlobalSpec.UID, GlobalSpec.USER, "user", diagnostics),
                number(global, GlobalSpec.GID, GlobalSpec.GROUP, "group", diagnostics));
        return wanted.isAsked() && !mayChange() ? new Accounts(-1, -1) : wanted;
    }

    private boolean isAsked() {
        return uid >= 0 || gid >= 0;
    }

    /** Whether the configuration asks for a change that only root can make and we are not: then we stay who we are. */
    static boolean isRefused(Settings global) {
        boolean asked = global.get(GlobalSpec.USER) != null || global.get(GlobalSpec.GROUP) != null
                || global.get(GlobalSpec.UID) >= 0 || global.get(GlobalSpec.GID) >= 0;
        return asked && !mayChange();
    }

    private static boolean mayChange() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT);
        } catch (IOException e) {
            return Credentials.isRoot();
        }
    }

    private static int number(Settings global, Setting<Integer> byNumber, Setting<String> byName, String kind,
            Diagnostics diagnostics) {
        String name = global.get(byName);
        if (name == null) {
            return global.get(byNumber);
        }
        int found = kind.equals("user") ? AccountNames.user(name) : AccountNames.group(name);
        if (found < 0) {
            diagnostics.alert(global.placeOf(byName), "cannot find " + kind + " id for '" + name + "' (0:Success)");
        }
        return found;
    }
}
