package dev.weir.config.rule;

import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.flow.expr.Users;
import dev.weir.net.sys.Crypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the users of {@code userlist} sections of their lines (configuration.txt 12.2). */
public final class UserLists {

    /** Where wrong lines are told. */
    public interface Complaints {
        void alert(Place place, String message);
    }

    private UserLists() {}

    public static Users of(String list, List<Phrase> lines, Complaints complaints) {
        Map<String, User> users = new HashMap<>();
        Map<String, Set<String>> groups = new HashMap<>();
        for (Phrase line : lines) {
            if (line.words().getFirst().equals("group")) {
                group(line, groups);
            }
        }
        for (Phrase line : lines) {
            if (line.words().getFirst().equals("user")) {
                user(list, line, users, groups, complaints);
            }
        }
        return new Known(users, groups);
    }

    private static void group(Phrase line, Map<String, Set<String>> groups) {
        Set<String> members = groups.computeIfAbsent(line.words().get(1), name -> new HashSet<>());
        for (int i = 2; i + 1 < line.words().size(); i += 2) {
            if (line.words().get(i).equals("users")) {
                members.addAll(Arrays.asList(line.words().get(i + 1).split(",")));
            }
        }
    }

    private static void user(String list, Phrase line, Map<String, User> users, Map<String, Set<String>> groups,
            Complaints complaints) {
        List<String> words = line.words();
        String name = words.get(1);
        byte[] plain = null;
        String hash = null;
        List<String> memberOf = new ArrayList<>();
        for (int i = 2; i + 1 < words.size(); i += 2) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "password" -> hash = value;
                case "insecure-password" -> plain = ActionLine.bytes(value);
                default -> memberOf.addAll(Arrays.asList(value.split(",")));
            }
        }
        if (hash != null && !Crypt.isAvailable()) {
            complaints.alert(line.place(), "no crypt(3) support compiled, encrypted passwords will not work.");
        }
        for (String group : memberOf) {
            Set<String> members = groups.get(group);
            if (members == null) {
                complaints.alert(line.place(), "userlist '" + list + "': no such group '" + group
                        + "' specified in user '" + name + "'");
            } else {
                members.add(name);
            }
        }
        users.put(name, new User(plain, hash));
    }

    /** A user with a password as it is, hashed, or none. */
    private record User(byte[] plain, String hash) {

        boolean accepts(byte[] password) {
            if (plain != null) {
                return MessageDigest.isEqual(plain, password);
            }
            String made = hash == null || !Crypt.isAvailable() ? null : Crypt.hash(password, hash);
            return made != null && MessageDigest.isEqual(ActionLine.bytes(made), ActionLine.bytes(hash));
        }
    }

    /** The users of one list. Immutable. */
    private record Known(Map<String, User> users, Map<String, Set<String>> groups) implements Users {

        @Override
        public boolean accept(byte[] text, int nameAt, int nameLength, int passwordAt, int passwordLength) {
            User user = users.get(new String(text, nameAt, nameLength, StandardCharsets.ISO_8859_1));
            return user != null && user.accepts(Arrays.copyOfRange(text, passwordAt, passwordAt + passwordLength));
        }

        @Override
        public boolean hasGroup(String group) {
            return groups.containsKey(group);
        }

        @Override
        public boolean isMember(byte[] name, int at, int length, String group) {
            Set<String> members = groups.get(group);
            return members != null && members.contains(new String(name, at, length, StandardCharsets.ISO_8859_1));
        }
    }
}
