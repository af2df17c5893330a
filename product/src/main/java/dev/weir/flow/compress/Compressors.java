package dev.weir.flow.compress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Compressors that are kept for the next body: making one costs more than resetting it. Each worker has its own. Shared: a
 * worker touches its own only.
 */
public final class Compressors {

    private static final int KEPT = 16;

    private final int level;
    private final List<Kept> workers = new ArrayList<>();

    private record Kept(ArrayDeque<Deflater> bare, ArrayDeque<Deflater> framed) {}

    /** For so many workers. */
    public Compressors(int workers, int level) {
        this.level = level;
        CompressionGate.PROCESS.growTo(workers);
        for (int i = 0; i < workers; i++) {
            this.workers.add(new Kept(new ArrayDeque<>(), new ArrayDeque<>()));
        }
    }

    Deflater take(int worker, boolean bare) {
        Deflater kept = kept(worker, bare).poll();
        return kept != null ? kept : new Deflater(level, bare);
    }

    void give(int worker, boolean bare, Deflater deflater) {
        ArrayDeque<Deflater> kept = kept(worker, bare);
        if (kept.size() < KEPT) {
            deflater.reset();
            kept.push(deflater);
        } else {
            deflater.end();
        }
    }

    private ArrayDeque<Deflater> kept(int worker, boolean bare) {
        return bare ? workers.get(worker).bare : workers.get(worker).framed;
    }
}
