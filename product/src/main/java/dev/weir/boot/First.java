package dev.weir.boot;

import dev.weir.config.lang.CommandLineCondition;
import dev.weir.config.lang.ConditionEvaluator;
import dev.weir.config.lang.VersionNumbers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers the requests that need no start: versions, help, conditions. It runs from a jar of its own with the few classes
 * it needs, since these are asked for often and by scripts; no lambda, no formatter, no stream is on its way.
 */
public final class First {

    /** The exit code of an error in a condition. */
    private static final int CONDITION_ERROR = 2;

    private First() {}

    public static void main(String[] words) {
        int code = answer(Arguments.parse(words));
        Runtime.getRuntime().halt(code < 0 ? 1 : code);
    }

    /** Answers and returns the exit code, or -1 for a request that needs the product started. */
    static int answer(Arguments arguments) {
        return switch (arguments.request()) {
            case RUN, CHECK -> -1;
            case VERSION -> out(VersionText.version());
            case BUILD_OPTIONS -> out(VersionText.buildOptions());
            case VERSION_NUMBER -> out(VersionNumbers.COMPATIBLE + "\n");
            case VERSION_SHORT -> out(VersionNumbers.SHORT + "\n");
            case VERSION_BRANCH -> out(VersionNumbers.BRANCH + "\n");
            case MEMORY_HELP -> out(MemoryDebugging.help());
            case CONDITION -> condition(arguments);
            case USAGE -> {
                out(VersionText.version());
                print(FileDescriptor.err, VersionText.usage(program()));
                yield 1;
            }
            case REFUSED -> {
                alert(arguments.fault());
                yield 1;
            }
        };
    }

    private static int condition(Arguments arguments) {
        ConditionEvaluator.Result result = CommandLineCondition.evaluate(arguments.condition());
        if (result.error() == null) {
            return result.holds() ? 0 : 1;
        }
        if (!arguments.switches().isQuiet()) {
            alert("config : " + result.error());
        }
        return CONDITION_ERROR;
    }

    /** The name that the process was started by, as the launcher hands it on. */
    static String program() {
        return System.getProperty("weir.program", "haproxy");
    }

    /** An alert as the first message of a process: two notices come before it. */
    private static void alert(String text) {
        long pid = ProcessHandle.current().pid();
        String notice = "[NOTICE]   (" + pid + ") : ";
        print(FileDescriptor.err, notice + "haproxy version is " + VersionNumbers.COMPATIBLE + "\n"
                + notice + "path to executable is " + System.getProperty("weir.path", program()) + "\n"
                + "[ALERT]    (" + pid + ") : " + text + "\n");
    }

    private static int out(String text) {
        print(FileDescriptor.out, text);
        return 0;
    }

    /** Writes without closing: more may follow. */
    private static void print(FileDescriptor target, String text) {
        try {
            new FileOutputStream(target).write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            // nobody reads: there is no one left to tell
        }
    }
}
