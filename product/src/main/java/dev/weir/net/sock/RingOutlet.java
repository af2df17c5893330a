package dev.weir.net.sock;

import dev.weir.base.log.LogRing;
import dev.weir.net.loop.Worker;

/** Lines that go into rings, the same into each, without their line end: how messages end is for who reads them. Worker-owned. */
public final class RingOutlet extends LogOutlet {

    private final LogRing[] rings;
    private final int longest;
    private final Runnable filled;

    /**
     * @param longest messages are cut to this
     * @param filled told once a turn that there is something new
     */
    public RingOutlet(Worker worker, LogRing[] rings, int longest, Runnable filled) {
        super(worker);
        this.rings = rings;
        this.longest = longest;
        this.filled = filled;
    }

    @Override
    boolean append(byte[] line, int length) {
        boolean all = true;
        for (LogRing ring : rings) {
            all &= ring.add(line, Math.min(length - 1, longest));
        }
        return all;
    }

    @Override
    void flush() {
        filled.run();
    }
}
