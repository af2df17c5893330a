package dev.weir.admin.cli;

import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Acceptor;
import dev.weir.net.mux.Admission;
import dev.weir.net.mux.Listener;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.SecureFirst;
import dev.weir.net.tls.CertificateChoice;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * A socket of the runtime API: lets in so many clients as {@code stats maxconn} allows over all such sockets, each of
 * them with this socket's level. Its sessions live on the Conductor.
 */
public final class CliDoor implements Acceptor, Admission {

    /**
     * What all sockets have in common.
     *
     * @param clients now, over all sockets
     * @param counted told of each client, on the Conductor
     * @param bufferBytes how long a line may be
     */
    public record Terms(AtomicInteger clients, Runnable counted, IntSupplier maxconn, int timeoutMs,
            int bufferBytes, int payloadBytes, LongSupplier uptimeSeconds, Runnable wakeAll) {}

    private final Worker conductor;
    private final Function<Call, Answer> table;
    private final MasterCommands master;
    private final IntPredicate handing;
    private final Level level;
    private final Severity.Output severityOutput;
    private final Terms terms;
    private CertificateChoice certificates;

    /** @param handing hands listening sockets over to a connection by its descriptor; null where that is not allowed */
    public CliDoor(Worker conductor, CommandTable table, Level level, Severity.Output severityOutput, Terms terms,
            IntPredicate handing) {
        this(conductor, table::run, null, level, severityOutput, terms, handing);
    }

    /** The master's. */
    public CliDoor(Worker conductor, MasterCommands master, Level level, Severity.Output severityOutput, Terms terms) {
        this(conductor, master::run, master, level, severityOutput, terms, null);
    }

    private CliDoor(Worker conductor, Function<Call, Answer> table, MasterCommands master, Level level,
            Severity.Output severityOutput, Terms terms, IntPredicate handing) {
        this.conductor = conductor;
        this.handing = handing;
        this.table = table;
        this.master = master;
        this.level = level;
        this.severityOutput = severityOutput;
        this.terms = terms;
    }

    /** Clients are to be encrypted, and are shown these. Before the first of them comes. */
    public CliDoor showing(CertificateChoice shown) {
        certificates = shown;
        return this;
    }

    /** Carries out what was typed. */
    Answer run(Call call) {
        return table.apply(call);
    }

    /** Hands listening sockets over; false when there are none, or none for this door. */
    boolean hand(int connection) {
        return handing != null && handing.test(connection);
    }

    String prompt(Terminal terminal) {
        return master == null ? "" : master.prompt(terminal);
    }

    public Level level() {
        return level;
    }

    Severity.Output severityOutput() {
        return severityOutput;
    }

    Terms terms() {
        return terms;
    }

    @Override
    public Worker workerFor(Listener listener) {
        return conductor;
    }

    @Override
    public Mux engineFor(Worker worker) {
        return SecureFirst.before(certificates, new CliSession(this, worker), this::left);
    }

    @Override
    public boolean enter() {
        if (terms.clients.incrementAndGet() <= terms.maxconn.getAsInt()) {
            terms.counted.run();
            return true;
        }
        terms.clients.decrementAndGet();
        return false;
    }

    @Override
    public boolean hasRoom() {
        return terms.clients.get() < terms.maxconn.getAsInt();
    }

    void left() {
        terms.clients.decrementAndGet();
        terms.wakeAll.run();
    }
}
