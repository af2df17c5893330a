package dev.weir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Runs the fuzz targets for as long as wanted: each is a class of tests with a method {@code fuzz(seed, rounds)} that its
 * tests call with little. Arguments: the seconds for each target, the first seed, and the names of targets, all if none.
 */
final class Fuzz {

    private static final String[] TARGETS = {
        "wire.h1.H1CodecTest 2000", "wire.h2.HpackTest 2000", "wire.peer.PeerCodecTest 2000", "wire.h2.H2FrameReaderTest 1000", "net.mux.H2MuxTest 200",
        "net.mux.H1MuxTest 1000", "keyword.HostileInputTest 2", "keyword.TokenFuzzTest 20",
        "keyword.directive.ConfigurationFuzzTest 100", "wire.proxyv.HeaderReaderFuzz 20000",
        "upkeep.resolve.DnsAnswerTest 20000", "base.log.SyslogParserTest 20000", "admin.cli.CommandLineTest 5000"};
    private static final long SHOW_EVERY_NANOS = 10_000_000_000L;

    private Fuzz() {}

    public static void main(String[] args) throws Exception {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 600;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        boolean failed = false;
        for (String target : TARGETS) {
            if (isWanted(target, args)) {
                failed |= !run(target.split(" "), seconds, seed);
            }
        }
        System.exit(failed ? 1 : 0);
    }

    private static boolean isWanted(String target, String[] args) {
        boolean wanted = args.length <= 2;
        for (int i = 2; i < args.length; i++) {
            wanted |= target.contains(args[i]);
        }
        return wanted;
    }

    /** Whether nothing was found. */
    private static boolean run(String[] target, long seconds, long firstSeed) throws Exception {
        Class<?> type = Class.forName("dev.weir." + target[0]);
        int rounds = Integer.parseInt(target[1]);
        Method method = type.getDeclaredMethod("fuzz", long.class, int.class);
        method.setAccessible(true);
        long begun = System.nanoTime();
        long shown = begun;
        long seed = firstSeed;
        while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
            try {
                method.invoke(null, seed, rounds);
            } catch (InvocationTargetException e) {
                System.out.println(target[0] + ": seed " + seed + " with " + rounds + " rounds fails");
                e.getCause().printStackTrace(System.out);
                return false;
            }
            seed++;
            if (System.nanoTime() - shown > SHOW_EVERY_NANOS) {
                shown = System.nanoTime();
                System.out.println(target[0] + ": " + (seed - firstSeed) * rounds + " rounds, "
                        + (shown - begun) / 1_000_000_000L + " s");
            }
        }
        System.out.println(target[0] + ": nothing found in " + (seed - firstSeed) * rounds + " rounds, " + seconds
                + " s, seeds from " + firstSeed);
        return true;
    }
}
