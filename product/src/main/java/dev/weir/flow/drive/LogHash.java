package dev.weir.flow.drive;

import dev.weir.base.hash.HashFunction;
import dev.weir.base.log.LogBalance;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.MemoryContext;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Workspace;

/**
 * {@code balance log-hash}: what converters make of a log message says which server gets it. Messages of which they make
 * nothing go to the first. Worker-owned.
 */
public final class LogHash implements LogBalance, MemoryContext, Contents {

    private final Expression key;
    private final HashFunction function;
    private final Workspace workspace;
    private final Sample sample = new Sample();
    private byte[] message;
    private int length;

    /**
     * @param key what is hashed, of an expression that begins with the message as its buffer
     * @param room for the longest message
     */
    public LogHash(Expression key, HashFunction function, int room) {
        this.key = key;
        this.function = function;
        workspace = new Workspace(room);
    }

    @Override
    public int choose(byte[] line, int count, int servers) {
        message = line;
        length = count;
        boolean found = key.evaluate(this, sample) && Casts.cast(sample, SampleType.STRING, workspace);
        long hash = found ? function.of(sample.bytes(), sample.at(), sample.length()) : 0;
        return (int) Long.remainderUnsigned(hash, servers);
    }

    @Override
    public Contents requestBuffer() {
        return this;
    }

    @Override
    public byte[] bytes() {
        return message;
    }

    @Override
    public int at() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public long announcedLength() {
        return length;
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }
}
