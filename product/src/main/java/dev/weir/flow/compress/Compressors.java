package dev.weir.flow.compress;

import dev.weir.net.zip.Brotli;
import dev.weir.net.zip.Coder;
import dev.weir.net.zip.Zstd;
import dev.weir.wire.http.ContentCoding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Makes what compresses a body, with what each worker keeps for it. Shared: a worker touches its own only. */
public final class Compressors {

    private final int level;
    private final List<Kept> workers = new ArrayList<>();

    private static final class Kept {
        final ArrayDeque<Deflater> deflaters = new ArrayDeque<>();
        final ArrayDeque<Coder> zstds = new ArrayDeque<>();
        final ArrayDeque<Coder> brotlis = new ArrayDeque<>();
        QuickDeflate quick;
    }

    /** For so many workers; level 1 is the quick way, those above are zlib's. */
    public Compressors(int workers, int level) {
        this.level = level;
        CompressionGate.PROCESS.growTo(workers);
        for (int i = 0; i < workers; i++) {
            this.workers.add(new Kept());
        }
    }

    Packer packer(int worker, ContentCoding coding) {
        Kept kept = workers.get(worker);
        return switch (coding) {
            case ZSTD -> new CoderPacker(kept.zstds, () -> new Zstd(level));
            case BROTLI -> new CoderPacker(kept.brotlis, () -> new Brotli(level));
            default -> deflating(kept);
        };
    }

    private Packer deflating(Kept kept) {
        if (level != 1) {
            return new ZlibPacker(level, kept.deflaters);
        }
        if (kept.quick == null) {
            kept.quick = new QuickDeflate();
        }
        return new QuickPacker(kept.quick);
    }
}
