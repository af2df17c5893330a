package dev.weir.keyword.directive;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.config.compile.BindDraft;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.PeersDraft;
import dev.weir.config.compile.ServerDraft;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.Statement;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.stick.StickTableSpec;

/** The keywords of {@code peers} sections (configuration manual 11.2). Boot's thread. */
final class PeersDirectives extends KeywordFamily {

    private static final int OWN = Addresses.STREAM | Addresses.PORT_NEEDED | Addresses.BOUND;
    private static final int MOST_SHARDS = 1 << 16;

    private final BindDirectives binds = new BindDirectives();
    private final ServerDirectives servers = new ServerDirectives();

    @Override
    public String rows() {
        return """
                bind 1-* ok
                default-bind 0-* ok
                default-server 0-* ok
                disabled 0-* ok
                enabled 0-* ok
                ~log 1-* kept : =log : expects <address> and <facility> or global as arguments
                peer 1-* ok : expects <name> and <addr>[:<port>] as arguments.
                server 1-* ok : expects <name> and <addr>[:<port>] as arguments.
                shards 1-1 ok : =shards : missing value
                table 0-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        PeersDraft peers = draft.peers();
        switch (keyword.name()) {
            case "bind" -> bind(keyword, line, draft, peers);
            case "default-bind" -> defaultBind(line, draft, peers);
            case "default-server" -> servers.apply(keyword, line, draft);
            case "disabled" -> peers.disabled(true);
            case "enabled" -> peers.disabled(false);
            case "peer", "server" -> peer(keyword.name(), line, draft, peers);
            case "shards" -> shards(line, peers);
            case "table" -> table(line, draft);
            default -> { }
        }
    }

    private static void table(Statement line, Draft draft) {
        StickTableSpec table = StickTableLine.ofPeers(line, draft.sectionName());
        if (table != null) {
            Draft.append(draft.global(), GlobalSpec.PEERS_TABLES, table, line.place());
        }
    }

    private static void shards(Statement line, PeersDraft peers) {
        long count = Numbers.integer(line.word(1), -1);
        if (count < 1 || count > MOST_SHARDS) {
            line.alert(1, "shards : invalid value '" + line.word(1) + "'");
        } else {
            peers.shards((int) count);
        }
    }

    private void bind(Keyword keyword, Statement line, Draft draft, PeersDraft peers) {
        if (peers.firstPeer() != null) {
            line.alert(0, "mixing \"peer\" and \"bind\" line is forbidden");
        } else if (peers.firstBind() != null) {
            line.alert(0, "One listener per \"peers\" section is authorized but another is already configured at ["
                    + peers.firstBind() + "].");
        } else {
            peers.firstBind(line.place());
            binds.apply(keyword, line, draft);
        }
    }

    private static void defaultBind(Statement line, Draft draft, PeersDraft peers) {
        BindOptions options = new BindOptions(draft, peers.bindDefaults());
        String error = options.read(line, 1);
        if (options.failedAt() >= 0) {
            String where = "'default-bind " + line.word(1) + "' in section 'peers'";
            String wrong = line.word(options.failedAt());
            String hint = BindOptions.TABLE.suggestion(wrong);
            line.alert(options.failedAt(), error != null ? where + " : " + error
                    : where + ": unknown keyword '" + wrong + "'" + (hint.isEmpty() ? "." : hint));
        }
    }

    private void peer(String word, Statement line, Draft draft, PeersDraft peers) {
        String name = line.word(1);
        if (word.equals("peer")) {
            peers.firstPeer(line.place());
            if (peers.firstBind() != null) {
                line.alert(0, "mixing \"peer\" and \"bind\" line is forbidden");
                return;
            }
        }
        boolean local = peers.isLocal(name);
        if (local && peers.own() != null) {
            line.alert(1, "'" + word + " " + name + "' : local peer name already referenced at " + peers.own().place()
                    + ". " + name);
            return;
        }
        int before = draft.proxy().servers().size();
        boolean addressed = line.has(2) && !(local && peers.firstBind() != null);
        if (addressed) {
            servers.addPeer(line, draft, name);
        } else {
            servers.addSilentPeer(line, draft, name);
        }
        if (draft.proxy().servers().size() > before) {
            ServerDraft added = draft.proxy().servers().getLast();
            forget(word, line, added.settings());
            if (local) {
                peers.own(added);
                if (addressed) {
                    listen(line, draft, peers);
                }
            }
        }
    }

    private static void forget(String word, Statement line, Settings settings) {
        boolean idle = settings.get(ServerSpec.CHECK) || settings.get(ServerSpec.AGENT_CHECK)
                || settings.has(ServerSpec.RESOLVERS) || settings.has(ServerSpec.INIT_ADDR);
        if (idle) {
            line.warn(2, "'" + word + " " + line.word(1) + "' : init_addr, resolvers, check and agent are ignored for "
                    + "peers.");
        }
    }

    /** The address of ourselves is where we listen. */
    private static void listen(Statement line, Draft draft, PeersDraft peers) {
        ParsedAddress parsed = draft.addresses().parse(line.word(2), OWN);
        if (parsed == null) {
            line.alert(2, "'" + line.word(0) + " " + line.word(1) + "' : " + draft.addresses().error());
            return;
        }
        Settings settings = new Settings(peers.bindDefaults());
        BindDirectives.unixDefaults(draft, settings);
        Place place = line.place();
        Address address = parsed.address();
        if (address.family() != Family.NONE) {
            draft.proxy().binds().add(new BindDraft(address, line.word(2), settings, place));
        }
    }
}
