package dev.weir.model.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.model.balance.RoundRobin;
import dev.weir.model.balance.SlotMap;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.net.sock.Dialer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slots are permits: whoever comes, waits, gives up or is served, none is lost and none is made. */
class BackendQueueTest {

    private static final Place HERE = new Place("test", 1);

    private final List<Server> servers = new ArrayList<>();
    private Backend backend;

    private static final class Client extends Waiter {
        Server slot;
        boolean mustChoose;

        @Override
        protected void granted(Server server) {
            slot = server;
            mustChoose = server == null;
        }
    }

    private void start(boolean hashed, int... maxconns) {
        for (int i = 0; i < maxconns.length; i++) {
            Settings settings = new Settings();
            settings.set(ServerSpec.MAXCONN, maxconns[i], HERE);
            ServerSpec spec = new ServerSpec(i + 1, "s" + (i + 1), null, Address.ipv4(0x7f000001, 80), settings, HERE);
            servers.add(new Server(spec, spec.address(), "b", Dialer.PLAIN, 1, 0));
        }
        ProxySpec spec = new ProxySpec(2, ProxySpec.Kind.BACKEND, "b", new Settings(), List.of(), List.of(), HERE);
        backend = new Backend(spec, 1, 0);
        int[] weights = new int[maxconns.length];
        java.util.Arrays.fill(weights, Server.WEIGHT_SCALE);
        backend.configure(spec, servers, hashed ? SlotMap.hashMap(servers, false, weights)
                : new RoundRobin<>(servers, false));
    }

    /** The validator: counts and gauges agree with each other, and with nothing left they are 0. */
    @AfterEach
    void everythingIsGivenBack() {
        for (Server server : servers) {
            assertEquals(0, server.served(), server + " has slots out");
            assertEquals(0, server.queue().value(), server + " has waiters");
        }
        assertEquals(0, backend.queue().value());
    }

    @Test
    void waitersAreServedInTheOrderTheyCame() {
        start(false, 1);
        Server held = backend.choose(null, new Client());
        Client first = new Client();
        Client second = new Client();
        assertNull(backend.choose(null, first));
        assertNull(backend.choose(null, second));
        assertEquals(0, first.position());
        assertEquals(1, second.position());
        backend.release(held);
        assertSame(held, first.slot);
        assertNull(second.slot);
        backend.release(first.slot);
        assertSame(held, second.slot);
        backend.release(second.slot);
    }

    /** A lower class goes first whenever it came; within a class the time that counts decides, then the arrival. */
    @Test
    void theMoreUrgentAreServedFirst() {
        start(false, 1);
        Server held = backend.choose(null, new Client());
        Client[] waiting = {ranked(0, 1000), ranked(5, 0), ranked(-1, 9000), ranked(0, 999), ranked(0, 1000)};
        for (Client client : waiting) {
            assertNull(backend.choose(null, client));
        }
        for (int next : new int[] {2, 3, 0, 4, 1}) {
            backend.release(held);
            assertSame(held, waiting[next].slot, "waiter " + next);
        }
        backend.release(held);
    }

    private static Client ranked(int priorityClass, long atMs) {
        Client client = new Client();
        client.ranks(priorityClass, atMs);
        return client;
    }

    @Test
    void whoGivesUpIsSkippedAndWhoWasGrantedCannotGiveUp() {
        start(false, 1);
        Server held = backend.choose(null, new Client());
        Client first = new Client();
        Client second = new Client();
        backend.choose(null, first);
        backend.choose(null, second);
        assertTrue(backend.cancel(first));
        backend.release(held);
        assertFalse(backend.cancel(second));
        backend.release(second.slot);
    }

    @Test
    void aHashedRequestWaitsForItsOwnServer() {
        start(true, 1, 1);
        Server own = backend.choose(0, null, new Client());
        Client waiting = new Client();
        assertNull(backend.choose(0, null, waiting));
        assertTrue(waiting.waitedForServer());
        assertEquals(1, own.queue().value());
        Server other = backend.choose(1, null, new Client());
        backend.release(other);
        assertNull(waiting.slot, "a slot of another server is of no use");
        backend.release(own);
        assertSame(own, waiting.slot);
        backend.release(own);
    }

    @Test
    void whoWaitsForAServerThatGoesDownChoosesAgain() {
        start(true, 1, 1);
        Server own = backend.choose(0, null, new Client());
        Client waiting = new Client();
        backend.choose(0, null, waiting);
        own.publish(own.state().withOperation(ServerState.Operation.STOPPED), 1);
        backend.serverChanged(own);
        assertTrue(waiting.mustChoose);
        backend.release(own);
    }

    @Test
    void noSlotIsLostOverRandomWork() {
        start(false, 1, 2, 3);
        Random random = new Random(11);
        List<Server> held = new ArrayList<>();
        ArrayDeque<Client> waiting = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            int what = random.nextInt(10);
            if (what < 5) {
                Client client = new Client();
                Server server = backend.choose(null, client);
                if (server != null) {
                    held.add(server);
                } else {
                    waiting.add(client);
                }
            } else if (what < 8 && !held.isEmpty()) {
                backend.release(held.remove(random.nextInt(held.size())));
            } else if (!waiting.isEmpty()) {
                Client client = waiting.poll();
                if (!backend.cancel(client)) {
                    held.add(client.slot);
                }
            }
            collect(waiting, held);
            assertEquals(held.size(), servers.stream().mapToInt(Server::served).sum());
            assertEquals(waiting.size(), backend.queue().value());
            for (Server server : servers) {
                assertTrue(server.served() <= server.maxconn());
            }
        }
        while (!held.isEmpty()) {
            backend.release(held.removeLast());
            collect(waiting, held);
        }
    }

    private static void collect(ArrayDeque<Client> waiting, List<Server> held) {
        waiting.removeIf(client -> {
            if (client.slot != null) {
                held.add(client.slot);
            }
            return client.slot != null;
        });
    }
}
