package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Rows;
import dev.weir.admin.cli.Text;
import dev.weir.flow.compress.CompressionGate;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RateGate;
import dev.weir.net.mux.Listener;
import java.util.ArrayList;
import java.util.List;

/** Commands about frontends, backends and the limits of the process. */
final class ProxyCommands {

    private static final String RATE_LIMITS = """
            'set rate-limit' only supports :
               - 'connections global' to set the per-process maximum connection rate
               - 'sessions global' to set the per-process maximum session rate
               - 'ssl-sessions global' to set the per-process maximum SSL session rate
               - 'http-compression global' to set the per-process maximum compression speed in kB/s""";

    /** What is done to a frontend that exists. */
    private interface Deed {
        Answer to(Frontend frontend, Call call);
    }

    private final Site site;

    private ProxyCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        ProxyCommands own = new ProxyCommands(site);
        table.add(new Command("show backend", Level.USER, "show backend",
                "list backends in the current running config", call -> own.backends()));
        table.add(new Command("publish backend", Level.ADMIN, "publish backend <bk>",
                "mark backend as ready for traffic", call -> own.publish(call, true)));
        table.add(new Command("unpublish backend", Level.ADMIN, "unpublish backend <bk>",
                "remove backend for any future traffic processing", call -> own.publish(call, false)));
        table.add(new Command("enable frontend", Level.ADMIN, "enable frontend <frontend>",
                "re-enable specific frontend", call -> own.frontend(call, 2, own::enable)));
        table.add(new Command("disable frontend", Level.ADMIN, "disable frontend <frontend>",
                "temporarily disable specific frontend", call -> own.frontend(call, 2, own::disable)));
        table.add(new Command("shutdown frontend", Level.ADMIN, "shutdown frontend <frontend>",
                "stop a specific frontend", call -> own.frontend(call, 2, own::shutdown)));
        table.add(new Command("set maxconn frontend", Level.ADMIN, "set maxconn frontend <frontend> <value>",
                "change a frontend's maxconn setting", call -> own.frontend(call, 3, ProxyCommands::maxconn)));
        table.add(new Command("set maxconn global", Level.ADMIN, "set maxconn global <value>",
                "change the per-process maxconn setting", own::maxconn));
        table.add(new Command("enable dynamic-cookie backend", Level.ADMIN, "enable dynamic-cookie backend <bk>",
                "enable dynamic cookies on a specific backend", call -> own.cookies(call, true)));
        table.add(new Command("disable dynamic-cookie backend", Level.ADMIN, "disable dynamic-cookie backend <bk>",
                "disable dynamic cookies on a specific backend", call -> own.cookies(call, false)));
        table.add(new Command("set dynamic-cookie-key backend", Level.ADMIN, "set dynamic-cookie-key backend <bk> <k>",
                "change a backend secret key for dynamic cookies", own::cookieKey));
        table.add(new Command("set rate-limit", Level.ADMIN, "set rate-limit <setting> <value>",
                "change a rate limiting value", own::rateLimit));
    }

    private Answer publish(Call call, boolean on) {
        Backend backend = Proxies.backend(site, call.word(2));
        if (backend != null) {
            backend.publish(on);
            return Text.info(on ? "Backend published." : "Backend unpublished.");
        }
        for (ProxySpec spec : site.now().configuration().proxies()) {
            if (spec.kind().isBack() && spec.name().equals(call.word(2))) {
                return Text.error("No effect on a disabled backend.");
            }
        }
        return Text.error("No such backend.");
    }

    private Answer cookies(Call call, boolean on) {
        Backend backend = call.has(3) ? Proxies.backend(site, call.word(3)) : null;
        if (backend == null) {
            return Text.error(call.has(3) ? "No such backend." : "A backend name is expected.");
        }
        backend.makesCookies(on);
        return Text.NOTHING;
    }

    private Answer cookieKey(Call call) {
        Backend backend = call.has(3) ? Proxies.backend(site, call.word(3)) : null;
        if (backend == null) {
            return Text.error(call.has(3) ? "No such backend." : "A backend name is expected.");
        }
        if (!call.has(4)) {
            return Text.error("String value expected.");
        }
        backend.cookieKey(call.word(4));
        return Text.NOTHING;
    }

    private Answer backends() {
        List<BackendProgram> all = new ArrayList<>(site.now().backends());
        all.sort(java.util.Comparator.comparingInt(program -> program.backend().id()));
        return new Rows<>("# name\n", all, (out, each) -> out.append(each.backend().name()).append('\n'));
    }

    private Answer frontend(Call call, int at, Deed deed) {
        String name = call.word(at);
        if (name.isEmpty()) {
            return Text.error("A frontend name is expected.");
        }
        Frontend frontend = Proxies.frontend(site, name);
        return frontend == null ? Text.error("No such frontend.") : deed.to(frontend, call);
    }

    private Answer enable(Frontend frontend, Call call) {
        if (frontend.isStopped()) {
            return Text.error("Frontend was previously shut down, cannot enable.");
        }
        if (!frontend.isPaused()) {
            return Text.notice("All sockets are already enabled.");
        }
        frontend.listeners().forEach(Listener::resume);
        site.changes().resumed(frontend.spec());
        return Everywhere.settled(site, call, Text.NOTHING);
    }

    private Answer disable(Frontend frontend, Call call) {
        if (frontend.isStopped()) {
            return Text.error("Frontend was previously shut down, cannot disable.");
        }
        if (frontend.isPaused()) {
            return Text.notice("All sockets are already disabled.");
        }
        frontend.listeners().forEach(Listener::pause);
        site.changes().paused(frontend.spec());
        return Everywhere.settled(site, call, Text.NOTHING);
    }

    private Answer shutdown(Frontend frontend, Call call) {
        if (frontend.isStopped()) {
            return Text.error("Frontend was already shut down.");
        }
        frontend.listeners().forEach(Listener::close);
        site.changes().stopped(frontend, site.now().backendOf(frontend.spec()));
        return Everywhere.settled(site, call, Text.NOTHING);
    }

    private static Answer maxconn(Frontend frontend, Call call) {
        if (!call.has(4)) {
            return Text.error("Integer value expected.");
        }
        int limit = Whole.leading(call.word(4));
        if (limit < 0) {
            return Text.error("Value out of range.");
        }
        frontend.maxconn(limit);
        return Text.NOTHING;
    }

    private Answer maxconn(Call call) {
        if (!call.has(3)) {
            return Text.error("Expects an integer value.");
        }
        int limit = Whole.leading(call.word(3));
        int most = site.story().maxconn().getAsInt();
        if (limit < 0 || limit > most) {
            return Text.error("Value out of range.");
        }
        site.runtime().totals().changeMaxconn(limit == 0 ? most : limit);
        return Text.NOTHING;
    }

    private Answer rateLimit(Call call) {
        RateGate gate = switch (call.word(2)) {
            case "connections" -> site.runtime().totals().connectionGate();
            case "sessions" -> site.runtime().totals().sessionGate();
            case "ssl-sessions" -> site.runtime().totals().tlsGate();
            default -> null;
        };
        boolean compression = call.word(2).equals("http-compression");
        if (gate == null && !compression || !call.word(3).equals("global")) {
            return Text.error(RATE_LIMITS);
        }
        if (!call.has(4)) {
            return Text.error("Expects an integer value.");
        }
        int limit = Whole.leading(call.word(4));
        if (limit < 0) {
            return Text.error("Value out of range.");
        }
        if (compression) {
            CompressionGate.PROCESS.limit(limit * 1024L);
        } else {
            gate.limit(limit);
        }
        return Text.NOTHING;
    }
}
