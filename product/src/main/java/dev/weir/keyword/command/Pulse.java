package dev.weir.keyword.command;

import dev.weir.base.time.Timer;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.model.server.Count;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What can only be known by looking twice: bytes per second, and how much of their time the workers are idle. Looks once a
 * second, so that traffic pays nothing for it; the workers' time is the kernel's account of their threads. Owned by the
 * Conductor.
 */
public final class Pulse extends Timer {

    private static final int EVERY_MS = 1000;
    private static final int TICKS_PER_SECOND = 100;
    /** Of {@code /proc/.../stat} behind the name: 11 and 12 are the ticks in user and kernel mode. */
    private static final int USER = 11;

    private final List<Path> threads = new ArrayList<>();
    private Site site;
    private Activity activity;
    private long lookedMs;
    private long bytesOut;
    private long compressorIn;
    private long debugCommands;
    private long compressorOut;
    private long ticks = -1;
    private volatile long outRate;
    private volatile long compressorInRate;
    private volatile long compressorOutRate;
    private volatile int idlePercent = 100;
    private volatile int warnings;
    private volatile long servesSinceMicros;

    /** The process serves. @param nowMicros since 1970 */
    public void begin(Site what, long nowMicros) {
        site = what;
        activity = new Activity(site.runtime().totals());
        servesSinceMicros = nowMicros;
        lookedMs = site.nowMs();
        fire(lookedMs);
    }

    @Override
    protected void fire(long nowMs) {
        long elapsed = Math.max(1, nowMs - lookedMs);
        long out = 0;
        long in = 0;
        long squeezed = 0;
        for (FrontendProgram program : site.now().frontends()) {
            out += program.frontend().counts().sum(Count.BYTES_OUT);
            in += program.frontend().counts().sum(Count.COMPRESSOR_IN);
            squeezed += program.frontend().counts().sum(Count.COMPRESSOR_OUT);
        }
        outRate = rate(out - bytesOut, elapsed);
        compressorInRate = rate(in - compressorIn, elapsed);
        compressorOutRate = rate(squeezed - compressorOut, elapsed);
        bytesOut = out;
        compressorIn = in;
        compressorOut = squeezed;
        idle(elapsed);
        lookedMs = nowMs;
        site.runtime().conductor().arm(this, EVERY_MS);
    }

    /** Counters that were cleared meanwhile are no negative rate. */
    private static long rate(long difference, long ms) {
        return Math.max(0, difference) * 1000 / ms;
    }

    private void idle(long elapsedMs) {
        if (threads.size() != site.runtime().workers().size()) {
            find();
        }
        long now = 0;
        for (Path thread : threads) {
            now += ticks(thread);
        }
        if (ticks >= 0 && !threads.isEmpty() && elapsedMs >= EVERY_MS / 2) {
            long busy = (now - ticks) * 1000 / TICKS_PER_SECOND * 100 / elapsedMs / threads.size();
            idlePercent = (int) Math.clamp(100 - busy, 0, 100);
        }
        ticks = now;
    }

    /** The workers' threads, by their names. */
    private void find() {
        threads.clear();
        ticks = -1;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path each : all) {
                String name = Files.readString(each.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
                if (name.startsWith("weir-") && Whole.is(name.substring(5))) {
                    threads.add(each.resolve("stat"));
                }
            }
        } catch (IOException gone) {
            threads.clear();
        }
    }

    private static long ticks(Path thread) {
        try {
            String stat = Files.readString(thread, StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
        } catch (IOException gone) {
            return 0;
        }
    }

    Activity activity() {
        return activity;
    }

    /** So many warnings were printed while files were read. */
    public void warned(int count) {
        warnings += count;
    }

    /** A command of debugging was given. */
    void debugged() {
        debugCommands++;
    }

    long debugCommands() {
        return debugCommands;
    }

    long bytesOutPerSecond() {
        return outRate;
    }

    long compressorInPerSecond() {
        return compressorInRate;
    }

    long compressorOutPerSecond() {
        return compressorOutRate;
    }

    int idlePercent() {
        return idlePercent;
    }

    int warnings() {
        return warnings;
    }

    long servesSinceMicros() {
        return servesSinceMicros;
    }
}
