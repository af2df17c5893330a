package dev.weir.keyword.command;

import dev.weir.admin.cli.Text;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.server.Server;

/** Finds proxies and servers by what commands call them: a name, or {@code #} and a number. Stateless. */
final class Proxies {

    /** A server, or what is wrong with the words that should name one. */
    record Found(Backend backend, Server server, Text error) {}

    private Proxies() {}

    /** {@code backend/server}. */
    static Found server(Site site, String words) {
        int slash = words.indexOf('/');
        if (slash < 0 || slash == words.length() - 1) {
            return new Found(null, null, Text.error("Require 'backend/server'."));
        }
        Backend backend = backend(site, words.substring(0, slash));
        if (backend == null) {
            return new Found(null, null, Text.error("No such backend."));
        }
        Server server = server(backend, words.substring(slash + 1));
        return server == null ? new Found(backend, null, Text.error("No such server."))
                : new Found(backend, server, null);
    }

    private static Server server(Backend backend, String name) {
        for (Server server : backend.servers()) {
            if (server.name().equals(name) || isNumber(name, server.id())) {
                return server;
            }
        }
        return null;
    }

    /** The program of a living backend. */
    static BackendProgram program(Site site, Backend backend) {
        for (BackendProgram program : site.now().backends()) {
            if (program.backend() == backend) {
                return program;
            }
        }
        return null;
    }

    static Backend backend(Site site, String name) {
        for (BackendProgram program : site.now().backends()) {
            if (program.backend().name().equals(name) || isNumber(name, program.backend().id())) {
                return program.backend();
            }
        }
        return null;
    }

    static Frontend frontend(Site site, String name) {
        for (FrontendProgram program : site.now().frontends()) {
            if (program.frontend().name().equals(name) || isNumber(name, program.frontend().id())) {
                return program.frontend();
            }
        }
        return null;
    }

    private static boolean isNumber(String name, int id) {
        return name.startsWith("#") && name.substring(1).equals(Integer.toString(id));
    }
}
