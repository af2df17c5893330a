package dev.weir.net.sys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The numbers behind names of users and groups, from the system's files. Stateless. */
public final class AccountNames {

    private AccountNames() {}

    /** -1 when there is no such user. */
    public static int user(String name) {
        return find("/etc/passwd", name);
    }

    /** -1 when there is no such group. */
    public static int group(String name) {
        return find("/etc/group", name);
    }

    private static int find(String file, String name) {
        try {
            for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", 4);
                if (fields.length == 4 && fields[0].equals(name)) {
                    return Integer.parseInt(fields[2]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
        return -1;
    }
}
