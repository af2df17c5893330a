package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Changes who the process is. The C library's functions do it for every thread; the capability to bind low ports is
 * kept by the calling thread only, so that the same thread must do all later binding. Stateless.
 */
public final class Credentials {

    private static final long PR_SET_KEEPCAPS = 8;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final int CAP_NET_BIND_SERVICE = 10;

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
     */
    public static String become(int uid, int gid, int[] groups) {
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
            keepBindCapability();
        }
        return null;
    }

    private static String setGroups(int[] groups) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocateFrom(ValueLayout.JAVA_INT, groups.length == 0 ? new int[1] : groups);
            long result = Sys.library("setgroups", groups.length, list.address(), 0);
            return result < 0 && groups.length > 0 ? "Cannot set supplementary groups" : null;
        }
    }

    /** What keepcaps saved is permitted, but must be made effective; everything else is given up. */
    private static void keepBindCapability() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(8);
            header.set(ValueLayout.JAVA_INT, 0, CAPABILITY_VERSION_3);
            MemorySegment data = arena.allocate(24);
            data.set(ValueLayout.JAVA_INT, 0, 1 << CAP_NET_BIND_SERVICE);
            data.set(ValueLayout.JAVA_INT, 4, 1 << CAP_NET_BIND_SERVICE);
            Sys.call(Sys.Call.CAPSET, header.address(), data.address(), 0);
        }
    }
}
