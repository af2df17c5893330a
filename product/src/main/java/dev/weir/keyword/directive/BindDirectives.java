package dev.weir.keyword.directive;

import dev.weir.base.address.Family;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Place;
import dev.weir.config.compile.BindDraft;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.ProxyDraft;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.ParsedAddress.Ports;
import dev.weir.config.lang.ParsedAddress.Transport;
import dev.weir.config.lang.Statement;
import dev.weir.net.sock.BindSpec;
import java.util.ArrayList;
import java.util.List;

/** {@code bind} (configuration manual 4.2): addresses with commas and port ranges, then options. Boot's thread. */
final class BindDirectives extends KeywordFamily {

    private static final int BIND = Addresses.STREAM | Addresses.PORT_NEEDED | Addresses.PORT_RANGE
            | Addresses.PORT_NOT_ZERO | Addresses.DESCRIPTOR | Addresses.BOUND | Addresses.REVERSE;
    /** Ranges are bound port by port. */
    private static final int MAX_ADDRESSES = 100_000;

    @Override
    public String rows() {
        return """
                bind FL 0-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        if (!line.has(1)) {
            line.alert(1, "'bind' expects {<path>|[addr1]:port1[-end1]}{,[addr]:port[-end]}... as arguments.");
            return;
        }
        ProxyDraft proxy = draft.proxy();
        Settings settings = new Settings(draft.peers() == null ? null : draft.peers().bindDefaults());
        List<BindDraft> added = new ArrayList<>();
        String[] words = line.word(1).split(",", -1);
        for (String word : words) {
            if (word.isEmpty() && !added.isEmpty() && word == words[words.length - 1]) {
                // a comma at the end adds nothing
                break;
            }
            ParsedAddress parsed = draft.addresses().parse(word, BIND);
            String fault = parsed == null ? draft.addresses().error() : Descriptors.fault(parsed);
            if (fault != null) {
                line.alert(1, "'bind' : " + fault);
                return;
            }
            note(parsed, word, settings, line, draft);
            if (!add(parsed, line.word(1), settings, line, added)) {
                return;
            }
        }
        unixDefaults(draft, settings);
        options(line, draft, settings, added, proxy);
        proxy.binds().addAll(added);
    }

    private static void note(ParsedAddress parsed, String word, Settings settings, Statement line, Draft draft) {
        if (parsed.transport() == Transport.QUIC) {
            draft.unbuilt("bind " + word, false, line.place());
        }
        if (parsed.address().family() == Family.RHTTP && !draft.isExperimental()) {
            line.alert(1, ServerDirectives.experimental("'bind' : '" + word + "'"));
        }
        if (parsed.multipath()) {
            settings.set(BindSpec.MPTCP, true, line.place());
        }
    }

    private static boolean add(ParsedAddress parsed, String text, Settings settings, Statement line,
            List<BindDraft> added) {
        int first = parsed.address().port();
        int last = parsed.ports() == Ports.RANGE ? parsed.lastPort() : first;
        if (added.size() + last - first >= MAX_ADDRESSES) {
            line.alert(1, "'bind' : too many ports in '" + text + "'");
            return false;
        }
        for (int port = first; port <= last; port++) {
            added.add(new BindDraft(parsed.address().withPort(port), text, settings, line.place()));
        }
        return true;
    }

    /** What {@code unix-bind} says holds for the lines after it unless they say otherwise. */
    static void unixDefaults(Draft draft, Settings settings) {
        Settings global = draft.global();
        copy(global, GlobalSpec.UNIX_BIND_MODE, settings, BindSpec.MODE);
        copy(global, GlobalSpec.UNIX_BIND_UID, settings, BindSpec.UID);
        copy(global, GlobalSpec.UNIX_BIND_GID, settings, BindSpec.GID);
        copy(global, GlobalSpec.UNIX_BIND_USER, settings, BindSpec.USER);
        copy(global, GlobalSpec.UNIX_BIND_GROUP, settings, BindSpec.GROUP);
    }

    private static <T> void copy(Settings from, Setting<T> source, Settings to,
            Setting<T> target) {
        if (from.has(source)) {
            to.set(target, from.get(source), from.placeOf(source));
        }
    }

    private static void options(Statement line, Draft draft, Settings settings, List<BindDraft> added,
            ProxyDraft proxy) {
        BindOptions options = new BindOptions(draft, settings);
        String where = "'bind " + line.word(1) + "' in section '" + proxy.section().word() + "'";
        String error = options.read(line, 2);
        if (options.failedAt() >= 0) {
            if (error == null) {
                String wrong = line.word(options.failedAt());
                String hint = BindOptions.TABLE.suggestion(wrong);
                line.alert(options.failedAt(), where + ": unknown keyword '" + wrong + "'"
                        + (hint.isEmpty() ? "." : hint));
            } else {
                line.alert(options.failedAt(), where + " : " + error);
            }
            return;
        }
        number(line, added, proxy, options.id(), where);
    }

    /** Only the first address of a line gets the number that the line gives. */
    private static void number(Statement line, List<BindDraft> added, ProxyDraft proxy, int id, String where) {
        if (id == 0 || added.isEmpty()) {
            return;
        }
        for (BindDraft other : proxy.binds()) {
            if (other.id() == id) {
                Place place = other.place();
                line.report(Level.ALERT, 2, "parsing [" + line.place() + "] : " + where + " : 'id' : custom id " + id
                        + " already used at " + place + " ('bind " + other.text() + "')", null);
                return;
            }
        }
        added.getFirst().id(id);
    }
}
