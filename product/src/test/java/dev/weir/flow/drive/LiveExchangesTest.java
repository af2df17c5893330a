package dev.weir.flow.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.flow.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveExchangesTest {

    private final LiveExchanges live = new LiveExchanges(3);

    private final class Fake extends LiveExchange {
        @Override
        public int generation() {
            return 1;
        }

        @Override
        public Exchange exchange() {
            return null;
        }

        @Override
        public void kill(char cause) {
            live.remove(this);
        }
    }

    private List<LiveExchange> seen() {
        List<LiveExchange> all = new ArrayList<>();
        live.each(all::add);
        return all;
    }

    @Test
    void keepsTheOrderWhateverLeaves() {
        Random random = new Random(7);
        List<LiveExchange> expected = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            if (expected.isEmpty() || random.nextInt(5) < 3) {
                Fake fake = new Fake();
                live.add(fake);
                expected.add(fake);
            } else {
                LiveExchange gone = expected.remove(random.nextInt(expected.size()));
                live.remove(gone);
                live.remove(gone);
            }
            assertEquals(expected, seen());
        }
    }

    @Test
    void eachMayEndWhileItIsVisited() {
        for (int i = 0; i < 5; i++) {
            live.add(new Fake());
        }
        assertEquals(3, seen().getFirst().number() & 0xfff);
        live.each(each -> each.kill('K'));
        assertEquals(List.of(), seen());
    }
}
