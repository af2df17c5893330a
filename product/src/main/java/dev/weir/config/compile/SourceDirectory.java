package dev.weir.config.compile;

import dev.weir.net.sys.WorkingDirectory;
import java.util.List;

/**
 * Where relative names of a configuration's files are found ({@code default-path}): the process goes there while it works
 * on what a file says, and comes back. Boot's thread, or the Conductor during a reload.
 */
final class SourceDirectory {

    private final String home = WorkingDirectory.current();
    private String here = home;

    /**
     * Goes where names in that file are meant to begin.
     *
     * @param policy the words behind {@code default-path}; empty for none
     * @return what is wrong, or null
     */
    String enter(List<String> policy, String file) {
        return go(wanted(policy.isEmpty() ? "current" : policy.getFirst(), policy, file));
    }

    /** Back to where the process was. */
    void leave() {
        go(home);
    }

    private String wanted(String mode, List<String> policy, String file) {
        int slash = file.lastIndexOf('/');
        String directory = slash < 0 ? home : absolute(slash == 0 ? "/" : file.substring(0, slash));
        return switch (mode) {
            case "config" -> directory;
            case "parent" -> directory + "/..";
            case "origin" -> absolute(policy.get(1));
            default -> home;
        };
    }

    private String absolute(String path) {
        return path.startsWith("/") ? path : home + "/" + path;
    }

    private String go(String there) {
        if (there.equals(here)) {
            return null;
        }
        if (!WorkingDirectory.change(there)) {
            return "cannot change to directory '" + there + "'";
        }
        here = there;
        return null;
    }
}
