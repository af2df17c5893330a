package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.flow.expr.Expression;
import dev.weir.model.value.SampleType;

/**
 * Opens a connection, after closing the one that the check has.
 *
 * @param implied whether no line asks for it
 * @param byServer whether the options of the server's line say how
 * @param port a fixed port, 0 for none
 * @param portBy computes the port, or null
 * @param address where to instead of the server's check address, or null
 * @param tls how the step itself wants the connection to be encrypted, or null
 * @param lingers whether the connection ends orderly instead of with a reset
 * @param protocol the version of HTTP that the step names, or null
 */
public record ConnectStep(boolean implied, boolean byServer, int port, Expression portBy, Address address,
        boolean sendProxy, boolean viaSocks4, Encrypted tls, boolean lingers, String protocol, String comment)
        implements CheckStep {

    /**
     * Words of a step about TLS.
     *
     * @param name the name to ask for, or null
     * @param protocols what is offered, in the form of the wire
     */
    public record Encrypted(String name, byte[] protocols) {}

    /** What a check begins with that says nothing of connecting. */
    public static final ConnectStep IMPLIED = new ConnectStep(true, true, 0, null, null, false, false, null, false, null,
            null);
    static final ConnectStep PLAIN = new ConnectStep(false, true, 0, null, null, false, false, null, false, null, null);
    static final ConnectStep LINGERING = new ConnectStep(false, true, 0, null, null, false, false, null, true, null,
            null);

    private static final int LAST_PORT = 65535;

    @Override
    public Progress run(CheckRun run) {
        return run.connect(this);
    }

    /** The port that this step says, 0 for none, -1 when the expression gives none. */
    int portFor(CheckContext context) {
        if (portBy == null) {
            return port;
        }
        boolean given = portBy.evaluateAs(SampleType.INTEGER, context, context.sample());
        long number = given ? context.sample().number() : -1;
        return number > 0 && number <= LAST_PORT ? (int) number : -1;
    }

    @Override
    public String called() {
        return port > 0 ? "connect port " + port : "connect";
    }

    @Override
    public CheckStatus timeoutStatus() {
        return CheckStatus.L4_TIMEOUT;
    }

    @Override
    public CheckResult conclude(CheckRun run) {
        return run.isEncrypted() ? CheckResult.of(CheckStatus.L6_OK, run.isScript() ? "(tcp-check)" : "")
                : CheckResult.of(CheckStatus.L4_OK, "");
    }
}
