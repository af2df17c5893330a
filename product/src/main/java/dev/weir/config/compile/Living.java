package dev.weir.config.compile;

import dev.weir.base.collect.Setting;
import dev.weir.base.text.Phrase;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.Serving;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What of one configuration lives on under the next, found by kind and name, and what becomes of the servers. Used by
 * whoever assembles.
 */
public final class Living {

    private final Map<String, FrontendProgram> frontends = new HashMap<>();
    private final Map<String, Backend> backends = new HashMap<>();
    private Generation before;
    private LogRings rings;
    private final Set<Server> elsewhere = new HashSet<>();
    private final Set<Server> begunAnew = new HashSet<>();
    private final Set<Server> kept = new HashSet<>();
    private Configuration now;

    private Living(Generation before, LogRings rings) {
        this.before = before;
        this.rings = rings;
    }

    /** Nothing: the first configuration, or one that is only tried. */
    static Living nothing() {
        return new Living(null, null);
    }

    static Living of(Generation before, ProxyAssembly assembly) {
        Living living = new Living(before, assembly.rings());
        for (FrontendProgram program : before.frontends()) {
            living.frontends.put(program.frontend().name(), program);
        }
        for (BackendProgram program : before.backends()) {
            living.backends.put(program.backend().name(), program.backend());
        }
        return living;
    }

    /** The rings that there are, or null. */
    LogRings rings() {
        return rings;
    }

    int nextNumber() {
        return before == null ? 1 : before.tenure().number() + 1;
    }

    Frontend frontend(String name) {
        FrontendProgram program = frontends.get(name);
        return program == null ? null : program.frontend();
    }

    Serving serving(String frontend) {
        FrontendProgram program = frontends.get(frontend);
        return program == null ? new Serving() : program.serving();
    }

    Backend backend(String name) {
        return backends.get(name);
    }

    static Server server(Backend backend, String name) {
        for (Server server : backend.servers()) {
            if (server.spec().name().equals(name)) {
                return server;
            }
        }
        return null;
    }

    /** Whether the files of its configuration speak of that server. */
    public static boolean isOfFile(Backend backend, Server server) {
        for (ServerSpec each : backend.spec().servers()) {
            if (each.name().equals(server.spec().name())) {
                return true;
            }
        }
        return false;
    }

    /** Servers of a backend that came by command: no file has said anything of them. */
    static List<Server> dynamic(Backend backend, ProxySpec next) {
        Set<String> named = new HashSet<>();
        backend.spec().servers().forEach(each -> named.add(each.name()));
        next.servers().forEach(each -> named.add(each.name()));
        List<Server> dynamic = new ArrayList<>();
        for (Server server : backend.servers()) {
            if (!named.contains(server.spec().name())) {
                dynamic.add(server);
            }
        }
        return dynamic;
    }

    void merged(Server server, ServerMerge merge) {
        kept.add(server);
        if (merge.isElsewhere()) {
            elsewhere.add(server);
        }
        if (merge.isBegunAnew()) {
            begunAnew.add(server);
        }
    }

    /** Backends that commands have added and that the files still say nothing of. */
    List<BackendProgram> lateBackends() {
        List<BackendProgram> late = new ArrayList<>();
        if (before != null) {
            for (BackendProgram program : before.backends()) {
                boolean added = program.backend().spec().settings().get(ProxySpec.MADE_OF) != null;
                if (added && now.backend(program.backend().name()) == null) {
                    late.add(program);
                }
            }
        }
        return late;
    }

    void keepAll(Backend backend) {
        kept.addAll(backend.servers());
    }

    void keep(Server server) {
        kept.add(server);
    }

    /** Servers whose idle connections are of no use any more: they are elsewhere, or gone. */
    public Set<Server> idleNoMore() {
        Set<Server> all = new HashSet<>(elsewhere);
        if (before != null) {
            for (BackendProgram program : before.backends()) {
                for (Server server : program.backend().servers()) {
                    if (!kept.contains(server)) {
                        all.add(server);
                    }
                }
            }
        }
        return all;
    }

    /** What was is needed no more: nothing of it is to be held here. Servers that are elsewhere are known still. */
    public void forget() {
        Set<Server> idle = idleNoMore();
        elsewhere.clear();
        elsewhere.addAll(idle);
        frontends.clear();
        backends.clear();
        before = null;
        rings = null;
    }

    /** Whether the checks of a server go on as they are; their interval may be another. */
    boolean keepsHealth(Server server, ProxySpec next) {
        ProxySpec old = before == null ? null : before.configuration().backend(next.name());
        return old != null && kept.contains(server) && !begunAnew.contains(server)
                && same(old, next, ProxySpec.CHECK_KIND) && same(old, next, ProxySpec.CHECK_LINES)
                && same(old, next, ProxySpec.MODE) && section(before.configuration(), server.spec())
                        .equals(section(now, server.spec()));
    }

    /** The configuration that comes. */
    void next(Configuration configuration) {
        now = configuration;
    }

    private static boolean same(ProxySpec old, ProxySpec next, Setting<?> setting) {
        return Objects.equals(ServerMerge.words(old.settings().get(setting)),
                ServerMerge.words(next.settings().get(setting)));
    }

    /** What a {@code healthcheck} section says that the server names. */
    private static List<List<String>> section(Configuration of, ServerSpec server) {
        String name = server.settings().get(ServerSpec.HEALTHCHECK);
        List<List<String>> lines = new ArrayList<>();
        for (SectionSpec section : of.others()) {
            if (section.kind() == Section.HEALTHCHECK && section.name().equals(name)) {
                for (Phrase line : section.lines()) {
                    lines.add(line.words());
                }
            }
        }
        return lines;
    }
}
