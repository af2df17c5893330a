package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.time.Timer;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A name that rules ask for: one round of questions for all who ask meanwhile, and its answer is good for the time that
 * {@code hold valid} says. Nothing of a failure is kept. Owned by the Conductor.
 */
final class NameQuestion extends Timer implements ResolutionEvents<Address> {

    private final NameService home;
    private final String key;
    private final Family preferred;
    private final Resolution<Address> resolution;
    private List<Consumer<Address>> waiting = new ArrayList<>();
    private Address found;

    NameQuestion(NameService home, String key, String name, Family preferred) {
        this.home = home;
        this.key = key;
        this.preferred = preferred;
        resolution = new Resolution<>(name, home.spec().settings(), Resolution.Wanted.addresses(preferred),
                home.counters(), home::send, this, () -> ThreadLocalRandom.current().nextInt());
    }

    void ask(Consumer<Address> answered) {
        if (found != null) {
            answered.accept(found);
            return;
        }
        waiting.add(answered);
        if (waiting.size() == 1) {
            resolution.start(home.conductor().nowMs());
            rearm();
        }
    }

    boolean asksWith(int number) {
        return resolution.asksWith(number);
    }

    void received(int nameserver, ByteBuf message) {
        resolution.received(nameserver, message, home.conductor().nowMs());
        rearm();
    }

    private void rearm() {
        if (!waiting.isEmpty()) {
            home.conductor().armAt(this, Math.max(home.conductor().nowMs(), resolution.deadlineMs()));
        }
    }

    @Override
    protected void fire(long nowMs) {
        if (waiting.isEmpty()) {
            home.forget(key);
        } else {
            resolution.tick(nowMs);
            rearm();
        }
    }

    @Override
    public void records(List<Address> addresses) {
        for (Address each : addresses) {
            if (found == null || found.family() != preferred && each.family() == preferred) {
                found = each;
            }
        }
        home.conductor().arm(this, Math.max(1, home.spec().settings().get(ResolversSpec.HOLD_VALID_MS)));
        tell();
    }

    @Override
    public void status(DnsStatus status) {
        // that the round was in vain is known already
    }

    @Override
    public void inVain() {
        home.forget(key);
        tell();
    }

    /** Whoever still waits gets no address. */
    void close() {
        home.conductor().remove(this);
        tell();
    }

    private void tell() {
        List<Consumer<Address>> told = waiting;
        waiting = new ArrayList<>();
        told.forEach(each -> each.accept(found));
    }
}
