package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogBalance;
import dev.weir.base.log.LogLine;
import dev.weir.net.loop.Worker;

/**
 * Lines of which each goes to one of several servers that can serve; to the first backup when no other can, to nobody when
 * none can. Worker-owned; the choice is one sequence for the process.
 */
public final class BalancedOutlet extends LogOutlet {

    /** The servers, as they are now. */
    public interface Servers {

        int count();

        boolean isUsable(int index);

        boolean isBackup(int index);

        Address address(int index);

        /** The way of this worker to a server that is there. */
        LogOutlet way(int index, Address address);
    }

    private final Servers servers;
    private final LogBalance balance;
    private final LogOutlet[] ways;
    private final Address[] addresses;
    private final LogLine copy = new LogLine();

    public BalancedOutlet(Worker worker, Servers servers, LogBalance balance) {
        super(worker);
        this.servers = servers;
        this.balance = balance;
        ways = new LogOutlet[servers.count()];
        addresses = new Address[ways.length];
    }

    @Override
    boolean append(byte[] line, int length) {
        int chosen = choose(line, length);
        if (chosen < 0) {
            return false;
        }
        copy.clear();
        copy.put(line, 0, length);
        way(chosen).send(copy);
        return true;
    }

    private int choose(byte[] line, int length) {
        int usable = 0;
        int backup = -1;
        for (int i = 0; i < ways.length; i++) {
            if (servers.isUsable(i) && !servers.isBackup(i)) {
                usable++;
            } else if (backup < 0 && servers.isUsable(i)) {
                backup = i;
            }
        }
        if (usable == 0) {
            return backup;
        }
        int left = balance.choose(line, length, usable);
        int at = 0;
        while (!servers.isUsable(at) || servers.isBackup(at) || left-- > 0) {
            // a server that fails meanwhile may leave nobody
            if (++at == ways.length) {
                return backup;
            }
        }
        return at;
    }

    /** A server that has moved is reached where it is now. */
    private LogOutlet way(int index) {
        Address now = servers.address(index);
        if (ways[index] == null || !now.equals(addresses[index])) {
            ways[index] = servers.way(index, now);
            addresses[index] = now;
        }
        return ways[index];
    }

    /** Each of them leaves at the end of the turn by itself. */
    @Override
    void flush() {
        // nothing is kept here
    }
}
