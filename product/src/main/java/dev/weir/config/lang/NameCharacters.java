package dev.weir.config.lang;

/** What names of sections, proxies and servers may be made of. */
public final class NameCharacters {

    private NameCharacters() {}

    /** The first character that no name may have, or 0. */
    public static char wrongCharacter(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!fits(name.charAt(i))) {
                return name.charAt(i);
            }
        }
        return 0;
    }

    /** Whether all characters may stand in a name. */
    public static boolean areRight(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!fits(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == ':' || c == '_'
                || c == '-';
    }
}
