package dev.weir.bench;

import java.io.IOException;

/** Something that keeps a subject busy for a time and says what came of it. */
interface Drive {

    /** What a time of load gave. Immutable. */
    record Result(Histogram latencies, long failures, long elapsedNs) {}

    Result run(long nanos) throws IOException, InterruptedException;
}
