package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.ProcessFacts;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.RuleContext;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;
import dev.weir.model.value.Workspace;
import dev.weir.net.loop.Worker;
import dev.weir.wire.http.Head;

/** What expressions and formats can read where there is no traffic: the process. Owned by the Conductor. */
public class ProcessContext extends RuleContext {

    private final Worker conductor;
    private final RuleKit kit;

    public ProcessContext(Worker conductor, RuleKit kit) {
        this.conductor = conductor;
        this.kit = kit;
    }

    protected final RuleKit kit() {
        return kit;
    }

    @Override
    public final long nowMs() {
        return conductor.nowMs();
    }

    @Override
    public final Workspace workspace() {
        return kit.workspace();
    }

    @Override
    public final boolean isFinal() {
        return true;
    }

    @Override
    public boolean isResponse() {
        return false;
    }

    @Override
    public Variables variables(VariableScope scope) {
        return scope == VariableScope.PROC ? kit.variables() : null;
    }

    @Override
    public final ProcessFacts process() {
        return kit.process();
    }

    @Override
    public void debug(String sink, String prefix, Sample value) {
        DebugLine.write(this, sink, prefix, value);
    }

    @Override
    public LogRecord logRecord() {
        return new Nothing(this);
    }

    /** What a log line tells where nothing has happened. */
    private record Nothing(ProcessContext context) implements LogRecord {

        private static final byte[] NONE = {};

        @Override
        public long acceptMicros() {
            return context.process().wallMicros();
        }

        @Override
        public Address serverDestination() {
            return Address.NONE;
        }

        @Override
        public byte[] frontend() {
            return NONE;
        }

        @Override
        public byte[] backend() {
            return NONE;
        }

        @Override
        public byte[] server() {
            return null;
        }

        @Override
        public long processConnections() {
            return context.process().activeConnections();
        }

        @Override
        public long backendConnections() {
            return 0;
        }

        @Override
        public long serverConnections() {
            return 0;
        }

        @Override
        public long serverQueue() {
            return 0;
        }

        @Override
        public long backendQueue() {
            return 0;
        }

        @Override
        public ExpressionContext expressions() {
            return context;
        }

        @Override
        public long requestMicros() {
            return acceptMicros();
        }
    }

    @Override
    public Exchange record() {
        throw unused();
    }

    @Override
    public Head requestHead() {
        return null;
    }

    @Override
    public Head responseHead() {
        return null;
    }

    private static IllegalStateException unused() {
        return new IllegalStateException("an action of traffic where there is none");
    }

    @Override
    protected void wakeIn(long ms) {
        throw unused();
    }

    @Override
    public boolean hasBody(long atLeast) {
        throw unused();
    }

    @Override
    public Reply errorPage(int status) {
        throw unused();
    }

    @Override
    public void countDenied() {
        throw unused();
    }

    @Override
    public void countRequestError() {
        // no client
    }

    @Override
    public int tarpitMs() {
        throw unused();
    }

    @Override
    public void timesChanged() {
        throw unused();
    }

    @Override
    public void inform(Reply early) {
        throw unused();
    }

    @Override
    public void clientSource(Address address) {
        throw unused();
    }

    @Override
    public void clientDestination(Address address) {
        throw unused();
    }

    @Override
    public boolean mark(boolean serverSide, boolean typeOfService, int value) {
        throw unused();
    }

    @Override
    public void log(String step, String profile) {
        throw unused();
    }
}
