package dev.weir.boot;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.rule.RuleWorld;

/** Prints what the letters behind {@code -d} ask for once the configuration has been read. Owner: boot's thread. */
final class Inspection {

    private final ArgumentSwitches switches;
    private final Console console;

    Inspection(ArgumentSwitches switches, Console console) {
        this.switches = switches;
        this.console = console;
    }

    /** False when something was asked for that there is not. */
    boolean print(RuleWorld world) {
        if (switches.archive() != null) {
            console.print(Level.ALERT, "-dA is not supported: use -dL, which lists the files for an archive.");
            return false;
        }
        String text = (switches.dumpKeywords() == null ? ""
                : new KeywordListing(world.expressions().get(), world.services().byName().keySet()).of(switches.dumpKeywords()))
                + (switches.isDumpLibraries() ? LoadedFiles.list(switches.isVerbose()) : "");
        System.out.print(text);
        System.out.flush();
        return true;
    }
}
