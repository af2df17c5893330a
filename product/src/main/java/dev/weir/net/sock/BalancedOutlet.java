package dev.weir.net.sock;

import dev.weir.base.log.LogBalance;
import dev.weir.base.log.LogLine;
import dev.weir.net.loop.Worker;

/** Lines of which each goes to one of several ways out. Worker-owned; the choice is one sequence for the process. */
public final class BalancedOutlet extends LogOutlet {

    private final LogOutlet[] servers;
    private final LogBalance balance;
    private final LogLine copy = new LogLine();

    public BalancedOutlet(Worker worker, LogOutlet[] servers, LogBalance balance) {
        super(worker);
        this.servers = servers;
        this.balance = balance;
    }

    @Override
    boolean append(byte[] line, int length) {
        if (servers.length == 0) {
            return false;
        }
        copy.clear();
        copy.put(line, 0, length);
        servers[balance.choose(line, length, servers.length)].send(copy);
        return true;
    }

    /** Each of them leaves at the end of the turn by itself. */
    @Override
    void flush() {
        // nothing is kept here
    }
}
