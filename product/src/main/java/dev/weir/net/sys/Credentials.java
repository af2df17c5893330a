package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Changes who the process is. The C library's functions do it for every thread, but capabilities belong to single
 * threads: only the calling one keeps them. Threads that it starts afterwards inherit them, so all that need any must
 * be started later, and by it. Stateless.
 */
public final class Credentials {

    private static final long PR_SET_KEEPCAPS = 8;
    private static final long PR_SET_DUMPABLE = 4;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;

    private Credentials() {}

    /** Whether the process may do what only root may. */
    public static boolean isRoot() {
        return Sys.call(Sys.Call.GETEUID, 0, 0, 0) == 0;
    }

    /**
     * Becomes that user and group, without supplementary groups. Gives null, or what went wrong.
     *
     * @param uid -1 to stay who we are
     * @param gid -1 to stay in our group
     * @param capabilities what is kept when root is left, as {@link Capability#bit bits}
     */
    public static String become(int uid, int gid, int[] groups, int capabilities) {
        if (gid >= 0) {
            String failure = setGroups(groups);
            if (failure != null) {
                return failure;
            }
            if (Sys.library("setresgid", gid, gid, gid) < 0) {
                return "Cannot set gid " + gid;
            }
        }
        if (uid > 0) {
            Sys.call(Sys.Call.PRCTL, PR_SET_KEEPCAPS, 1, 0);
            if (Sys.library("setresuid", uid, uid, uid) < 0) {
                return "Cannot set uid " + uid;
            }
            keepOnly(capabilities);
            Sys.call(Sys.Call.PRCTL, PR_SET_KEEPCAPS, 0, 0);
        }
        return null;
    }

    /** Lets the system write a core of a process that has changed user, and debuggers attach to it. */
    public static void becomeDumpable() {
        Sys.call(Sys.Call.PRCTL, PR_SET_DUMPABLE, 1, 0);
    }

    private static String setGroups(int[] groups) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocateFrom(ValueLayout.JAVA_INT, groups.length == 0 ? new int[1] : groups);
            long result = Sys.library("setgroups", groups.length, list.address(), 0);
            return result < 0 && groups.length > 0 ? "Cannot set supplementary groups" : null;
        }
    }

    /** What keepcaps saved is permitted, but must be made effective; everything else is given up. */
    private static void keepOnly(int capabilities) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(8);
            header.set(ValueLayout.JAVA_INT, 0, CAPABILITY_VERSION_3);
            MemorySegment data = arena.allocate(24);
            data.set(ValueLayout.JAVA_INT, 0, capabilities);
            data.set(ValueLayout.JAVA_INT, 4, capabilities);
            Sys.call(Sys.Call.CAPSET, header.address(), data.address(), 0);
        }
    }
}
