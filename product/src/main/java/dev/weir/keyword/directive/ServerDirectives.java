package dev.weir.keyword.directive;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.ProxyDraft;
import dev.weir.config.compile.Section;
import dev.weir.config.compile.ServerDraft;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.ParsedAddress.Ports;
import dev.weir.config.lang.ParsedAddress.Transport;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerSpec.PortMapping;

/** {@code server}, {@code server-template}, {@code default-server} (manual 4.2 and 5.2). Boot's thread. */
final class ServerDirectives extends KeywordFamily {

    private static final int SERVER = Addresses.STREAM | Addresses.PORT_OFFSET | Addresses.NAME_STAYS
            | Addresses.REVERSE;
    private static final int MAX_TEMPLATE = 100_000;

    @Override
    public String rows() {
        return """
                server DFLB 0-* ok
                server-template DFLB 0-* ok
                default-server DFLB 0-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        String name = keyword.name();
        ProxyDraft proxy = draft.proxy();
        if (!proxy.hasBackSide()) {
            alert(line, 0, "parsing [" + line.place() + "] : '" + name + "' not allowed because " + proxy.noun() + " '"
                    + proxy.name() + "' has no backend capability.");
        } else if (name.equals("default-server")) {
            defaults(line, draft);
        } else if (proxy.section() == Section.DEFAULTS) {
            alert(line, 0, "'" + name + "' not allowed in 'defaults' section.");
        } else if (name.equals("server")) {
            if (!line.has(2)) {
                alert(line, line.count(), "'server' expects <name> and <addr>[:<port>] as arguments.");
                return;
            }
            add(line, draft, line.word(1), 2, 3);
        } else {
            template(line, draft);
        }
    }

    /** These lines say their place in a way of their own. */
    private static void alert(Statement line, int word, String message) {
        line.report(Level.ALERT, word, "[" + line.place() + "] : " + message, null);
    }

    private static void defaults(Statement line, Draft draft) {
        ProxyDraft proxy = draft.proxy();
        String name = line.word(1).equals("name") ? line.word(2) : null;
        if (name != null && !isFree(line, proxy, name)) {
            return;
        }
        int from = name == null ? 1 : 3;
        if (line.word(from).equals("from")) {
            proxy.serverDefaults(name, origin(line, draft, from));
            from += 2;
        }
        ServerOptions options = new ServerOptions(draft,
                name == null ? proxy.nextServerDefaults() : proxy.nextServerDefaults(name), "default-server");
        String error = options.read(line, from);
        if (options.id() != 0) {
            alert(line, 1, "'id' option is not accepted in default-server sections");
        } else if (error != null) {
            alert(line, options.failedAt(), error);
        } else if (options.failedAt() >= 0) {
            String wrong = line.word(options.failedAt());
            String hint = ServerOptions.TABLE.suggestion(wrong);
            alert(line, options.failedAt(), "unknown keyword '" + wrong + "'" + (hint.isEmpty() ? "." : hint)
                    + " Hint: no address was expected for this server.");
        }
    }

    private static boolean isFree(Statement line, ProxyDraft proxy, String name) {
        if (name.isEmpty()) {
            alert(line, 1, "default-server name: missing value.");
            return false;
        }
        for (ServerDraft server : proxy.servers()) {
            if (server.name().equals(name)) {
                alert(line, 2, "default-server name '" + name + "' conflicts with server defined at line "
                        + server.place().line() + ".");
                return false;
            }
        }
        return true;
    }

    private static void template(Statement line, Draft draft) {
        if (!line.has(3)) {
            alert(line, line.count(), "'server-template' expects <prefix> <nb | range> <addr>[:<port>] as arguments.");
            return;
        }
        String range = line.word(2);
        int dash = range.indexOf('-');
        long first = dash < 0 ? 1 : Numbers.integer(range.substring(0, dash), -1);
        boolean open = dash > 0 && dash == range.length() - 1;
        long last = open ? first : Numbers.integer(dash < 0 ? range : range.substring(dash + 1), -1);
        if (first < 1 || last < first || last - first > MAX_TEMPLATE) {
            alert(line, 2, "Wrong server-template number or range arg '" + range + "'.");
            return;
        }
        int alerts = draft.diagnostics().alerts();
        for (long i = first; i <= last && draft.diagnostics().alerts() == alerts; i++) {
            add(line, draft, line.word(1) + i, 3, 4);
        }
        if (open && draft.diagnostics().alerts() == alerts) {
            open(line, draft);
        }
    }

    /** Without a last number there are as many servers as name servers tell of. */
    private static void open(Statement line, Draft draft) {
        Settings settings = draft.proxy().servers().getLast().settings();
        if (settings.get(ServerSpec.RESOLVERS) == null) {
            alert(line, 2, "'server-template' without a last number needs 'resolvers'.");
        }
        settings.set(ServerSpec.OPEN_TEMPLATE, line.word(1), line.place());
    }

    /** A line of a peers section with an address. */
    void addPeer(Statement line, Draft draft, String name) {
        add(line, draft, name, 2, 3);
    }

    /** A line of a peers section without one: somebody who is not called. */
    void addSilentPeer(Statement line, Draft draft, String name) {
        String where = "'server " + draft.proxy().name() + "/" + name + "' : ";
        Settings settings = new Settings(draft.proxy().serverDefaults());
        ServerOptions options = new ServerOptions(draft, settings, name);
        String error = options.read(line, 2);
        if (options.failedAt() >= 0) {
            String wrong = line.word(options.failedAt());
            alert(line, options.failedAt(), where + (error != null ? error : "unknown keyword '" + wrong
                    + "'. Hint: no address was expected for this server."));
            return;
        }
        draft.proxy().servers().add(new ServerDraft(name, null, Address.NONE, settings, line.place()));
    }

    /** Only log backends know datagrams; names of peers are resolved once and for all. */
    private static int kinds(ProxyDraft proxy) {
        if (proxy.section() == Section.PEERS) {
            return SERVER & ~Addresses.NAME_STAYS;
        }
        return proxy.settings().get(ProxySpec.MODE) == ProxySpec.Mode.LOG ? SERVER | Addresses.DATAGRAM : SERVER;
    }

    private static void add(Statement line, Draft draft, String name, int addressAt, int optionsAt) {
        ProxyDraft proxy = draft.proxy();
        String where = "'server " + proxy.name() + "/" + name + "' : ";
        ParsedAddress parsed = draft.addresses().parse(line.word(addressAt), kinds(proxy));
        String fault = parsed == null ? draft.addresses().error() : Descriptors.fault(parsed);
        if (fault != null) {
            alert(line, addressAt, where + fault);
            return;
        }
        Settings settings = new Settings(origin(line, draft, optionsAt));
        port(parsed, settings, line);
        if (parsed.transport() == Transport.DATAGRAM) {
            settings.set(ServerSpec.DATAGRAM, true, line.place());
        }
        if (parsed.address().family() == Family.RHTTP && !draft.isExperimental()) {
            alert(line, addressAt, experimental(where + "'" + line.word(addressAt) + "'"));
        }
        if (parsed.transport() == Transport.QUIC) {
            draft.unbuilt("server " + name + " " + line.word(addressAt), false, line.place());
        }
        ServerOptions options = new ServerOptions(draft, settings, name);
        String error = options.read(line, line.word(optionsAt).equals("from") ? optionsAt + 2 : optionsAt);
        if (error != null) {
            alert(line, options.failedAt(), where + error);
            return;
        } else if (options.failedAt() >= 0) {
            String wrong = line.word(options.failedAt());
            String hint = ServerOptions.TABLE.suggestion(wrong);
            alert(line, options.failedAt(), where + "unknown keyword '" + wrong + "'" + (hint.isEmpty() ? "." : hint));
            return;
        }
        Address address = parsed.address();
        ServerDraft server = new ServerDraft(name, parsed.host(), address, settings, line.place());
        if (isNumbered(line, proxy, server, options.id(), where)) {
            proxy.servers().add(server);
            warn(line, proxy, settings, where);
        }
    }

    static String experimental(String what) {
        return what + " is experimental, must be allowed via a global 'expose-experimental-directives'";
    }

    /** The settings that a server starts from: those of default-server lines unless {@code from} says otherwise. */
    private static Settings origin(Statement line, Draft draft, int at) {
        ProxyDraft proxy = draft.proxy();
        if (!line.word(at).equals("from")) {
            return proxy.serverDefaults();
        }
        String origin = line.word(at + 1);
        if (origin.isEmpty()) {
            alert(line, at, "from: missing value.");
        } else if (origin.startsWith("be:") || origin.startsWith("srv:")) {
            int slash = origin.indexOf('/');
            String kind = origin.substring(0, origin.indexOf(':'));
            String backend = kind.equals("be") ? origin.substring(3) : slash < 0 ? "" : origin.substring(4, slash);
            ProxyDraft home = backend.isEmpty() ? proxy : draft.backend(backend);
            if (home == null) {
                alert(line, at + 1, "unknown backend '" + backend + "'");
            } else if (kind.equals("be")) {
                return home.serverDefaults();
            } else {
                return named(line, at + 1, home, origin.substring(slash < 0 ? 4 : slash + 1));
            }
        } else if (!origin.equals("none")) {
            alert(line, at + 1, "invalid '" + origin + "' value for 'from' keyword.");
        }
        return null;
    }

    /** Those of a server, or of a default-server line with that name. */
    private static Settings named(Statement line, int at, ProxyDraft home, String name) {
        for (ServerDraft server : home.servers()) {
            if (server.name().equals(name)) {
                return server.settings();
            }
        }
        Settings found = home.namedServerDefaults().get(name);
        if (found == null) {
            alert(line, at, "unknown server '" + name + "' in backend '" + home.name() + "'");
        }
        return found;
    }

    private static void port(ParsedAddress parsed, Settings settings, Statement line) {
        PortMapping mapping = parsed.ports() == Ports.OFFSET ? PortMapping.OFFSET
                : parsed.ports() == Ports.NONE || parsed.address().port() == 0 ? PortMapping.SAME : PortMapping.FIXED;
        boolean ported = parsed.host() != null || parsed.address().family().isIp();
        settings.set(ServerSpec.PORT_MAPPING, ported ? mapping : PortMapping.FIXED, line.place());
        if (parsed.multipath()) {
            settings.set(ServerSpec.MPTCP, true, line.place());
        }
    }

    private static boolean isNumbered(Statement line, ProxyDraft proxy, ServerDraft server, int id, String where) {
        if (id == 0) {
            return true;
        }
        for (ServerDraft other : proxy.servers()) {
            if (other.id() == id) {
                alert(line, 2, where + "'id' : custom id " + id + " already used at " + other.place() + " ('server "
                        + other.name() + "').");
                return false;
            }
        }
        server.id(id);
        return true;
    }

    private static void warn(Statement line, ProxyDraft proxy, Settings settings, String where) {
        boolean tcp = proxy.settings().get(ProxySpec.MODE) == ProxySpec.Mode.TCP;
        String usesrc = settings.get(ServerSpec.USESRC);
        if (tcp && usesrc != null && usesrc.startsWith("hdr_ip(")) {
            int comma = usesrc.indexOf(',');
            String header = usesrc.substring(7, comma > 0 ? comma : Math.max(7, usesrc.indexOf(')')));
            line.report(Level.WARNING, 2, proxy.noun() + " '" + proxy.name() + "' : server "
                    + where.substring(where.indexOf('/') + 1, where.lastIndexOf('\'')) + " cannot use header "
                    + header + " as source IP in non-HTTP mode.", null);
        }
    }
}
