package dev.weir.boot;

import dev.weir.base.address.Family;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.lang.Kernel;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.net.loop.Engine;
import dev.weir.net.sock.BindSpec;
import java.util.List;
import java.util.function.Predicate;

/** Which engine the process runs on: the one that is asked for, else the fastest that can do all that the file wants. */
final class EngineChoice {

    private EngineChoice() {}

    static Engine of(Configuration configuration, Console console) {
        String named = configuration.global().get(GlobalSpec.ENGINE);
        String asked = System.getProperty("weir.engine", named);
        Engine wanted = asked == null ? standard(configuration) : switch (asked) {
            case "io_uring" -> Engine.IO_URING;
            case "nio" -> Engine.NIO;
            default -> Engine.EPOLL;
        };
        if (wanted.isAvailable()) {
            return wanted;
        }
        Engine instead = Engine.EPOLL.isAvailable() ? Engine.EPOLL : Engine.NIO;
        if (named != null) {
            console.print(Level.NOTICE, "'weir.engine " + named + "' is not available here: " + instead.text()
                    + " is used.");
        }
        return instead;
    }

    private static Engine standard(Configuration configuration) {
        boolean ring = configuration.global().get(GlobalSpec.NOEPOLL) || Kernel.offersIoUring();
        return ring && !needsEpoll(configuration) ? Engine.IO_URING : Engine.EPOLL;
    }

    /** Sockets that are passed over others, and datagrams of UNIX sockets, are epoll's alone. */
    private static boolean needsEpoll(Configuration configuration) {
        for (ProxySpec proxy : configuration.proxies()) {
            if (has(proxy.binds(), EngineChoice::passes)) {
                return true;
            }
        }
        for (LogForwardSpec each : configuration.global().get(GlobalSpec.LOG_FORWARDS)) {
            if (has(each.settings().get(LogForwardSpec.DATAGRAM_BINDS), Family::isUnix)) {
                return true;
            }
        }
        return has(configuration.global().get(GlobalSpec.STATS_SOCKETS), EngineChoice::passes);
    }

    private static boolean passes(Family family) {
        return family == Family.SOCKPAIR;
    }

    private static boolean has(List<BindSpec> binds, Predicate<Family> kind) {
        for (BindSpec bind : binds) {
            if (kind.test(bind.address().family())) {
                return true;
            }
        }
        return false;
    }
}
