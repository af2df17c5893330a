package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Rows;
import dev.weir.admin.cli.Text;
import dev.weir.model.pattern.PatternEntry;
import dev.weir.model.pattern.PatternError;
import dev.weir.model.pattern.PatternReference;
import dev.weir.model.pattern.PatternReferences;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands about maps, or the same ones about the lists of ACLs. */
final class PatternCommands {

    private static final String PAIR_NEEDED = "'add map' expects three parameters (map identifier, key and value) or one "
            + "parameter (map identifier) and a payload";

    private final Site site;
    private final boolean map;
    private final String kind;
    private final PatternLookups lookups;

    private PatternCommands(Site site, boolean map) {
        this.site = site;
        this.map = map;
        this.kind = map ? "map" : "acl";
        this.lookups = new PatternLookups(map);
    }

    static void addTo(List<Command> table, Site site) {
        new PatternCommands(site, true).addMaps(table);
        new PatternCommands(site, false).addAcls(table);
    }

    private void addMaps(List<Command> table) {
        row(table, "show map", "[@ver] [map]", "report available maps or dump a map's contents", this::show);
        row(table, "get map", "<acl> <value>", "report the keys and values matching a sample for a map", this::get);
        row(table, "add map", "[@<ver>] <map> <key> <val>",
                "add a map entry (payload supported instead of key/val)", this::add);
        row(table, "set map", "<map> [<key>|#<ref>] <value>", "modify a map entry", this::set);
        row(table, "del map", "<map> [<key>|#<ref>]", "delete map entries matching <key>", this::delete);
        row(table, "clear map", "[@<ver>] <map>", "clear the contents of this map", this::clear);
        row(table, "prepare map", "<acl>", "prepare a new version for atomic map replacement", this::prepare);
        row(table, "commit map", "@<ver> <map>", "commit the map at this version", this::commit);
    }

    private void addAcls(List<Command> table) {
        row(table, "show acl", "[@<ver>] <acl>]", "report available acls or dump an acl's contents", this::show);
        row(table, "get acl", "<acl> <value>", "report the patterns matching a sample for an ACL", this::get);
        row(table, "add acl", "[@<ver>] <acl> <pattern>", "add an acl entry", this::add);
        row(table, "del acl", "<acl> [<key>|#<ref>]", "delete acl entries matching <key>", this::delete);
        row(table, "clear acl", "[@<ver>] <acl>", "clear the contents of this acl", this::clear);
        row(table, "prepare acl", "<acl>", "prepare a new version for atomic ACL replacement", this::prepare);
        row(table, "commit acl", "@<ver> <acl>", "commit the ACL at this version", this::commit);
    }

    private static void row(List<Command> table, String name, String arguments, String purpose, Command.Run run) {
        table.add(new Command(name, Level.ADMIN, name + " " + arguments, purpose, run));
    }

    /** A list by {@code #<number>} or its file, or null. */
    private PatternReference find(String word) {
        for (PatternReferences.Listed each : site.world().patterns().all()) {
            boolean meant = word.startsWith("#") ? word.substring(1).equals(Integer.toString(each.number()))
                    : !each.file().isEmpty() && each.file().equals(word);
            if (meant && (map ? each.list().isMap() : each.ofAcls() || each.ofMaps())) {
                return each.list();
            }
        }
        return null;
    }

    private Text unknown() {
        return Text.error("Unknown " + noun() + " identifier. Please use #<id> or <file>.");
    }

    private String noun() {
        return map ? "map" : "ACL";
    }

    /** The number behind an at sign, -1 when the word is no version. */
    private static int version(String word) {
        return word.startsWith("@") && Whole.is(word.substring(1)) ? Whole.leading(word.substring(1)) : -1;
    }

    private static int after(Call call) {
        return call.word(2).startsWith("@") ? 3 : 2;
    }

    private Answer show(Call call) {
        int at = after(call);
        if (!call.has(at)) {
            return list();
        }
        PatternReference list = find(call.word(at));
        if (list == null || map && !list.isMap()) {
            return unknown();
        }
        int version = version(call.word(2));
        return new Rows<>("", list.entries(version < 0 ? list.version() : version), PatternCommands::line);
    }

    private static void line(StringBuilder out, PatternEntry entry) {
        out.append("0x").append(Long.toHexString(entry.reference())).append(' ').append(text(entry.key()));
        if (entry.value() != null) {
            out.append(' ').append(text(entry.value()));
        }
        out.append('\n');
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Answer list() {
        StringBuilder out = new StringBuilder("# id (file) description\n");
        for (PatternReferences.Listed each : site.world().patterns().all()) {
            if (map ? each.ofMaps() : each.ofAcls()) {
                PatternReference list = each.list();
                out.append(each.number()).append(" (").append(each.file()).append(") ").append(each.description())
                        .append(". curr_ver=").append(list.version()).append(" next_ver=").append(list.lastVersion())
                        .append(" entry_cnt=").append(list.size()).append('\n');
            }
        }
        return Text.dump(out);
    }

    private Answer get(Call call) {
        if (!call.has(3)) {
            return Text.error("Missing " + noun() + " identifier and/or key.");
        }
        PatternReference list = find(call.word(2));
        return list == null ? unknown() : Text.dump(lookups.of(list, bytes(call.word(3))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Answer add(Call call) {
        int at = after(call);
        boolean lines = call.payload() != null;
        if (map && !call.has(lines ? at : at + 2)) {
            return Text.error(PAIR_NEEDED);
        }
        if (!map && !call.has(lines ? at : at + 1)) {
            return Text.error("'add acl' expects two parameters: ACL identifier and pattern.");
        }
        PatternReference list = find(call.word(at));
        if (list == null) {
            return unknown();
        }
        if (!map && list.isMap()) {
            return Text.error("This ACL is shared with a map containing samples. "
                    + "You must use the command 'add map' to add values.");
        }
        int version = at == 3 ? version(call.word(2)) : list.version();
        if (version > list.lastVersion()) {
            return Text.error("Version number in the future, please use 'prepare " + kind + "' before.");
        }
        if (version < list.version()) {
            return Text.error("Version number in the past.");
        }
        List<PatternEntry> added = new ArrayList<>();
        if (!lines) {
            added.add(new PatternEntry(bytes(call.word(at + 1)), map ? bytes(call.word(at + 2)) : null, 0, version));
        } else {
            Text wrong = read(call.payload(), version, added);
            if (wrong != null) {
                return wrong;
            }
        }
        return changed(() -> list.addTo(version, added));
    }

    /** The lines of a payload; what is wrong with them, or null. */
    private Text read(String payload, int version, List<PatternEntry> out) {
        for (String line : payload.split("\n")) {
            String trimmed = line.strip();
            int blank = 0;
            while (blank < trimmed.length() && trimmed.charAt(blank) != ' ' && trimmed.charAt(blank) != '\t') {
                blank++;
            }
            if (trimmed.isEmpty()) {
                continue;
            }
            if (map && blank == trimmed.length()) {
                return Text.error("Missing value for key '" + trimmed + "'.");
            }
            out.add(map ? new PatternEntry(bytes(trimmed.substring(0, blank)), bytes(trimmed.substring(blank).strip()),
                    0, version) : new PatternEntry(bytes(trimmed), null, 0, version));
        }
        return null;
    }

    /** A change that may find a pattern wrong. */
    private interface Change {
        void make() throws PatternError;
    }

    private static Text changed(Change change) {
        try {
            change.make();
            return Text.NOTHING;
        } catch (PatternError e) {
            return Text.error(e.getMessage() + ".");
        }
    }

    /** {@code #0x..}: the number of a line, or -1 for a key. */
    private static long reference(String word) {
        if (!word.startsWith("#0x") || word.length() < 4 || word.length() > 18) {
            return -1;
        }
        for (int i = 3; i < word.length(); i++) {
            if (Character.digit(word.charAt(i), 16) < 0) {
                return -1;
            }
        }
        return Long.parseLong(word, 3, word.length(), 16);
    }

    private Answer set(Call call) {
        if (!call.has(4)) {
            return Text.error("'set map' expects three parameters: map identifier, key and value.");
        }
        PatternReference list = find(call.word(2));
        if (list == null) {
            return unknown();
        }
        byte[] value = bytes(call.word(4));
        long reference = reference(call.word(3));
        int[] found = new int[1];
        Text answer = changed(() -> found[0] = reference >= 0 ? list.set(reference, value)
                : list.set(bytes(call.word(3)), value));
        return answer == Text.NOTHING && found[0] == 0 ? Text.error("entry not found.") : answer;
    }

    private Answer delete(Call call) {
        if (!call.has(3)) {
            return Text.error("This command expects two parameters: " + noun() + " identifier and key.");
        }
        PatternReference list = find(call.word(2));
        if (list == null) {
            return unknown();
        }
        long reference = reference(call.word(3));
        int[] found = new int[1];
        Text answer = changed(() -> found[0] = reference >= 0 ? list.remove(reference)
                : list.remove(bytes(call.word(3))));
        return answer == Text.NOTHING && found[0] == 0 ? Text.error("Key not found.") : answer;
    }

    private Answer clear(Call call) {
        int at = after(call);
        if (!call.has(at)) {
            return Text.error("Missing " + noun() + " identifier.");
        }
        PatternReference list = find(call.word(at));
        if (list == null) {
            return unknown();
        }
        int version = at == 3 ? version(call.word(2)) : list.version();
        return changed(() -> list.clear(version));
    }

    private Answer prepare(Call call) {
        PatternReference list = find(call.word(2));
        return list == null ? unknown() : Text.info("New version created: " + list.prepare());
    }

    private Answer commit(Call call) {
        if (!call.word(2).startsWith("@")) {
            return Text.error("Missing version number.");
        }
        PatternReference list = find(call.word(3));
        if (list == null) {
            return unknown();
        }
        boolean[] done = new boolean[1];
        Text answer = changed(() -> done[0] = list.commit(version(call.word(2))));
        return answer == Text.NOTHING && !done[0] ? Text.error("Version number out of range.") : answer;
    }
}
