package dev.weir.boot;

import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Latecomers;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.keyword.command.Site;
import dev.weir.model.server.Server;
import java.util.HashSet;
import java.util.Set;

/** Backends and servers that come and go by command, in the generation that serves. On the Conductor's thread. */
final class Additions implements Site.Additions {

    private static final int FIRST_ID = 2;

    private final Running running;

    Additions(Running running) {
        this.running = running;
    }

    @Override
    public String addBackend(Latecomers.Wanted wanted) {
        Generation now = running.generation();
        Latecomers.Made made = now.configuration().global().get(GlobalSpec.LATECOMERS).backend(wanted, freeId(now));
        if (made.error() == null) {
            running.generation(running.assembly().with(now, made.spec()));
        }
        return made.error();
    }

    private static int freeId(Generation now) {
        Set<Integer> taken = new HashSet<>();
        for (BackendProgram program : now.backends()) {
            taken.add(program.backend().id());
        }
        for (FrontendProgram program : now.frontends()) {
            taken.add(program.frontend().id());
        }
        now.configuration().proxies().forEach(each -> taken.add(each.id()));
        int id = FIRST_ID;
        while (taken.contains(id)) {
            id++;
        }
        return id;
    }

    @Override
    public void removeBackend(BackendProgram program) {
        running.generation(running.assembly().without(running.generation(), program));
    }

    @Override
    public String equip(BackendProgram program, Server server) {
        return running.assembly().equip(program, server);
    }
}
