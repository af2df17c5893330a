package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How many descriptors the process may have. Stateless. */
public final class DescriptorLimit {

    private static final int RLIMIT_NOFILE = 7;

    private DescriptorLimit() {}

    /** Sets the limit, and the highest one along with it where that is lower; 0, or minus the error number. */
    public static long set(long wanted) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(16, 8);
            long failed = Sys.call(Sys.Call.PRLIMIT64, 0, RLIMIT_NOFILE, 0, limit.address(), 0, 0);
            if (failed < 0) {
                return failed;
            }
            long highest = limit.get(ValueLayout.JAVA_LONG, 8);
            limit.set(ValueLayout.JAVA_LONG, 0, wanted);
            if (Long.compareUnsigned(highest, wanted) < 0) {
                limit.set(ValueLayout.JAVA_LONG, 8, wanted);
            }
            return Sys.call(Sys.Call.PRLIMIT64, 0, RLIMIT_NOFILE, limit.address(), 0, 0, 0);
        }
    }
}
