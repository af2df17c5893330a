package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.lang.NameCharacters;
import dev.weir.config.lang.Statement;
import dev.weir.upkeep.resolve.ResolversSpec;
import java.util.ArrayList;

/** Opens sections: their names, what they inherit, and which names may be used twice. Boot's thread. */
final class SectionOpener {

    private final Draft draft;

    SectionOpener(Draft draft) {
        this.draft = draft;
    }

    void open(Section section, Statement line) {
        draft.leaveSection();
        draft.section = section;
        String name = line.word(1);
        boolean named = section != Section.GLOBAL && section != Section.TRACES && section != Section.NAMESPACE_LIST
                && section != Section.CRT_STORE;
        draft.environment.enter(named && !name.isEmpty() ? name : section.word());
        if (section == Section.GLOBAL) {
            expectAtMost(line, 1);
        } else if (section == Section.DEFAULTS || section.isProxy()) {
            openProxy(section, line);
        } else if (section == Section.RESOLVERS) {
            openResolvers(line, name);
        } else {
            openOther(section, line, name);
        }
    }

    private static void expectAtMost(Statement line, int words) {
        if (line.count() > words) {
            line.alert(words, "'" + line.word(0) + "' cannot handle unexpected argument '" + line.word(words) + "'.");
        }
    }

    private void openProxy(Section section, Statement line) {
        boolean isDefaults = section == Section.DEFAULTS;
        boolean anonymous = isDefaults && (!line.has(1) || line.word(1).equals("from") && line.count() == 3);
        String name = anonymous ? "" : line.word(1);
        int from = anonymous ? 1 : 2;
        boolean nameFits = isDefaults || checkName(section, line, name);
        ProxyDraft parent = isDefaults || draft.defaults.isEmpty() ? null : draft.defaults.getLast();
        boolean inherits = line.word(from).equals("from");
        if (inherits) {
            parent = findDefaults(line, line.word(from + 1), section, name);
            expectAtMost(line, from + 2);
        }
        ProxyDraft proxy = new ProxyDraft(section, name, parent, line.place());
        draft.proxy = proxy;
        if (isDefaults) {
            draft.defaults.add(proxy);
            return;
        }
        proxy.discarded = !nameFits;
        if (nameFits) {
            register(proxy, line);
        }
        if (!inherits && line.has(2) && section != Section.BACKEND) {
            oldListen(line);
        }
    }

    private boolean checkName(Section section, Statement line, String name) {
        if (name.isEmpty()) {
            line.alert(1, "'" + section.word() + "' expects an <id> argument");
            return false;
        }
        char wrong = NameCharacters.wrongCharacter(name);
        if (wrong != 0) {
            line.alert(1, "character '" + wrong + "' is not permitted in '" + section.word() + "' name '" + name
                    + "'.");
        }
        return wrong == 0;
    }

    private ProxyDraft findDefaults(Statement line, String wanted, Section section, String name) {
        ProxyDraft found = null;
        for (ProxyDraft defaults : draft.defaults) {
            if (defaults.name.equals(wanted) && !wanted.isEmpty()) {
                if (found != null) {
                    line.alert(3, "ambiguous defaults section name '" + wanted + "' referenced by " + section.word()
                            + " '" + name + "' exists at least at " + found.place + " and " + defaults.place + ".");
                    return defaults;
                }
                found = defaults;
            }
        }
        if (found == null) {
            line.alert(3, "defaults section '" + wanted + "' not found for " + section.word() + " '" + name + "'.");
        }
        return found;
    }

    /**
     * Two frontends' sides of one name are an error, and so is a backend beside another backend's side; anything else
     * HAProxy refuses since 3.3 only, and a warning does.
     */
    private void register(ProxyDraft proxy, Statement line) {
        ProxyDraft front = draft.fronts.get(proxy.name);
        ProxyDraft back = draft.backs.get(proxy.name);
        ProxyDraft clash = proxy.hasFrontSide() ? front : back;
        ProxyDraft other = clash != null ? clash : front != null ? front : back;
        if (other != null) {
            String text = proxy.noun() + " '" + proxy.name + "' has the same name as " + other.noun() + " '"
                    + other.name + "' declared at " + other.place + ".";
            if (clash != null) {
                line.report(Level.ALERT, 1, "Parsing [" + line.place() + "]: " + text, null);
            } else {
                line.warn(1, text + " HAProxy refuses this since version 3.3; please use distinct names.",
                        proxy.section.word() + " " + proxy.name + "-" + proxy.section.word());
            }
        }
        if (proxy.hasFrontSide()) {
            draft.fronts.putIfAbsent(proxy.name, proxy);
        }
        if (proxy.hasBackSide()) {
            draft.backs.putIfAbsent(proxy.name, proxy);
        }
        draft.proxies.add(proxy);
    }

    /** {@code listen name address:port}: how binds were written before 1.5, and a warning in our days. */
    private void oldListen(Statement line) {
        Statement bind = line.replaced("bind");
        Keyword keyword = draft.vocabulary.find(draft.section, bind);
        line.warn(2, "please use the 'bind' keyword for listening addresses.",
                line.word(0) + " " + line.word(1) + ", and below it: bind " + line.join(2));
        if (keyword != null) {
            keyword.family().apply(keyword, bind, draft);
        }
    }

    private void openResolvers(Statement line, String name) {
        if (name.isEmpty()) {
            line.alert(1, "missing name for resolvers section.");
        } else if (NameCharacters.wrongCharacter(name) != 0) {
            line.alert(1, "character '" + NameCharacters.wrongCharacter(name) + "' is not permitted in 'resolvers' name '" + name
                    + "'.");
        }
        for (ResolversSpec other : draft.resolvers) {
            if (other.name().equals(name)) {
                line.report(Level.ALERT, 1, "Parsing [" + line.place() + "]: resolvers '" + name
                        + "' has same name as another resolvers (declared at " + other.place() + ").", null);
            }
        }
        draft.resolver = new ResolversSpec(name, new ArrayList<>(), new Settings(), line.place());
        draft.resolvers.add(draft.resolver);
    }

    private void openOther(Section section, Statement line, String name) {
        String missing = missingName(section);
        if (name.isEmpty() && missing != null) {
            if (missing.startsWith("^")) {
                line.alertTight(1, missing.substring(1));
            } else {
                line.alert(1, missing);
            }
        } else if (missing != null) {
            expectAtMost(line, 2);
            char wrong = NameCharacters.wrongCharacter(name);
            if (wrong != 0) {
                line.alert(1, "character '" + wrong + "' is not permitted in '" + section.word() + "' name '" + name
                        + "'.");
            }
        }
        for (SectionSpec other : draft.others) {
            if (missing != null && other.kind() == section && other.name().equals(name)) {
                duplicate(other, line);
            }
        }
        draft.other = new SectionSpec(section, name, new ArrayList<>(), line.place());
        draft.others.add(draft.other);
        if (section == Section.PEERS) {
            draft.peers = new PeersDraft(name, draft.environment.get("HAPROXY_LOCALPEER"), line.place());
            draft.proxy = draft.peers.proxy;
            draft.peerSections.add(draft.peers);
        }
        if (section == Section.PROGRAM) {
            line.warn(0, "the 'program' section is not supported any more since HAProxy 3.3 and is ignored: "
                    + "start the program by the service manager instead.");
        }
    }

    private static void duplicate(SectionSpec other, Statement line) {
        String word = other.kind().word();
        String name = other.name();
        if (other.kind() == Section.USERLIST) {
            line.report(Level.WARNING, 1, "parsing [" + line.place() + "]: ignoring duplicated userlist '" + name + "'.",
                    null);
        } else if (other.kind() == Section.CACHE) {
            line.alertTight(1, "Duplicate cache name '" + name + "'.");
        } else {
            line.report(Level.ALERT, 1, "Parsing [" + line.place() + "]: " + word + " section '" + name
                    + "' has the same name as another " + word + " section declared at " + other.place() + ".", null);
        }
    }

    private static String missingName(Section section) {
        return switch (section) {
            case PEERS -> "missing name for peers section.";
            case USERLIST -> "^'userlist' expects <name> as arguments.";
            case MAILERS -> "missing name for mailers section.";
            case CACHE, LOG_PROFILE -> "'" + section.word() + "' expects a <name> argument";
            case RING -> "missing ring name.";
            case LOG_FORWARD -> "missing name for ip-forward section.";
            case HTTP_ERRORS -> "missing name for http-errors section.";
            case FCGI_APP -> "^'fcgi-app' expects <name> as argument.";
            case ACME, HEALTHCHECK -> "missing name for " + section.word() + " section.";
            case PROGRAM -> "'program' expects an <id> argument";
            default -> null;
        };
    }
}
