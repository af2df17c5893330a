package dev.weir.boot;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.net.sys.AccountNames;

/** Who the process is to become: the numbers behind {@code user} and {@code group}, from the system's files. */
record Accounts(int uid, int gid) {

    /** Looks the names up; what cannot be found is said and fails the start. */
    static Accounts of(Settings global, Diagnostics diagnostics) {
        return new Accounts(number(global, GlobalSpec.UID, GlobalSpec.USER, "user", diagnostics),
                number(global, GlobalSpec.GID, GlobalSpec.GROUP, "group", diagnostics));
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
