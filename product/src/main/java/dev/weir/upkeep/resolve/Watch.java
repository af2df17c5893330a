package dev.weir.upkeep.resolve;

import dev.weir.base.time.Timer;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** One name under observation for the servers that follow it. Owned by the Conductor. */
abstract class Watch<R> extends Timer implements ResolutionEvents<R> {

    /** A server that follows, with its backend. */
    record Follower(Backend backend, Server server) {}

    private final NameService home;
    private final String name;
    private final Resolution<R> resolution;
    private final List<Follower> followers = new ArrayList<>();
    private boolean started;

    Watch(NameService home, String name, Resolution.Wanted<R> wanted) {
        this.home = home;
        this.name = name;
        resolution = new Resolution<>(name, home.spec().settings(), wanted, home.counters(), home, this,
                () -> ThreadLocalRandom.current().nextInt());
    }

    final NameService home() {
        return home;
    }

    final String name() {
        return name;
    }

    final List<Follower> followers() {
        return followers;
    }

    final List<Server> servers() {
        List<Server> all = new ArrayList<>();
        followers.forEach(each -> all.add(each.server));
        return all;
    }

    final void add(Backend backend, Server server) {
        followers.add(new Follower(backend, server));
        // what is known already is told with the next answer, which is asked for now
        home.conductor().arm(this, 1);
    }

    final void forget(Server server) {
        followers.removeIf(each -> each.server == server);
    }

    final boolean isIdle() {
        return followers.isEmpty();
    }

    final boolean asksWith(int number) {
        return resolution.asksWith(number);
    }

    final void received(int nameserver, ByteBuf message) {
        resolution.received(nameserver, message, home.conductor().nowMs());
        rearm();
    }

    @Override
    protected final void fire(long nowMs) {
        if (started && nowMs >= resolution.deadlineMs()) {
            resolution.tick(nowMs);
        } else {
            started = true;
            resolution.start(nowMs);
        }
        rearm();
    }

    private void rearm() {
        if (!isIdle()) {
            home.conductor().armAt(this, Math.max(home.conductor().nowMs(), resolution.deadlineMs()));
        }
    }

    static String words(DnsStatus status) {
        return switch (status) {
            case NX -> "DNS NX status";
            case TIMEOUT -> "DNS timeout status";
            case REFUSED -> "DNS refused status";
            default -> "unspecified DNS error";
        };
    }
}
