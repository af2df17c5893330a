package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Later;
import dev.weir.flow.drive.LiveExchange;
import dev.weir.net.loop.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Asks all workers about their exchanges, and answers when the last of them has spoken. Stateless. */
final class Everywhere {

    private Everywhere() {}

    /** Gives the answer when every worker has done what it was given before. */
    static Answer settled(Site site, Call call, Answer answer) {
        return Everywhere.<Object>ask(site, call, (exchange, none) -> { }, none -> answer);
    }

    /**
     * @param visitor called for each exchange on its worker; what it adds is kept
     * @param conclusion makes the answer of all that was added, on the Conductor
     */
    static <T> Answer ask(Site site, Call call, BiConsumer<LiveExchange, List<T>> visitor,
            Function<List<T>, Answer> conclusion) {
        Later later = new Later(call.terminal());
        List<Worker> workers = new ArrayList<>(site.runtime().everyone());
        workers.remove(site.runtime().conductor());
        List<T> all = new ArrayList<>();
        int[] waited = {workers.size()};
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            worker.execute(() -> {
                List<T> own = new ArrayList<>();
                site.runtime().kits()[worker.index()].live().each(exchange -> visitor.accept(exchange, own));
                site.runtime().conductor().execute(() -> {
                    all.addAll(own);
                    if (--waited[0] == 0) {
                        later.give(conclusion.apply(all));
                    }
                });
            });
        }
        return later;
    }
}
