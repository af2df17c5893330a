package dev.weir.model.server;

/**
 * Whether a server may get traffic, as one published snapshot. Written by the Conductor, read by workers. Immutable.
 *
 * @param admin the bits of {@link Admin}
 * @param slowstartPercent how much of its weight a server has got back, 100 when it is whole
 */
public record ServerState(int admin, Operation operation, int weight, int slowstartPercent) {

    /** The operational states with the numbers of {@code show servers state}. */
    public enum Operation { STOPPED, STARTING, RUNNING, STOPPING }

    /** The administrative bits with the numbers of {@code show servers state}. */
    public static final class Admin {
        /** Maintenance asked for by a command, inherited from a tracked server, or by the configuration. */
        public static final int FORCED_MAINTENANCE = 0x01;
        public static final int INHERITED_MAINTENANCE = 0x02;
        public static final int CONFIGURED_MAINTENANCE = 0x04;
        public static final int FORCED_DRAIN = 0x08;
        public static final int INHERITED_DRAIN = 0x10;
        /** Maintenance for want of an address. */
        public static final int RESOLUTION_MAINTENANCE = 0x20;
        public static final int HOSTNAME_MAINTENANCE = 0x40;

        /** {@code CONFIGURED_MAINTENANCE} only remembers where the forced one came from. */
        public static final int MAINTENANCE = FORCED_MAINTENANCE | INHERITED_MAINTENANCE | RESOLUTION_MAINTENANCE;
        public static final int DRAIN = FORCED_DRAIN | INHERITED_DRAIN;

        private Admin() {}
    }

    public boolean inMaintenance() {
        return (admin & Admin.MAINTENANCE) != 0;
    }

    public boolean isDraining() {
        return (admin & Admin.DRAIN) != 0;
    }

    /** Whether new traffic may be balanced to it. */
    public boolean isUsable() {
        return !inMaintenance() && !isDraining() && weight > 0
                && (operation == Operation.RUNNING || operation == Operation.STARTING);
    }

    /** Whether it still answers those who are sent there on purpose: by cookie, use-server, stick table. */
    public boolean isReachable() {
        return !inMaintenance() && operation != Operation.STOPPED;
    }

    public ServerState withAdmin(int bits) {
        return new ServerState(bits, operation, weight, slowstartPercent);
    }

    public ServerState withOperation(Operation next) {
        return new ServerState(admin, next, weight, slowstartPercent);
    }

    public ServerState withSlowstart(int percent) {
        return new ServerState(admin, operation, weight, percent);
    }

    public ServerState withWeight(int next) {
        return new ServerState(admin, operation, next, slowstartPercent);
    }
}
