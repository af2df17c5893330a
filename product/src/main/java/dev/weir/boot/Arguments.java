package dev.weir.boot;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line (management manual 3), read as HAProxy reads it: the first letters of an option decide, what follows
 * them is a value for some and ignored for the others. Nothing is opened or checked here. Immutable once parsed.
 */
public final class Arguments {

    /** What the command line asks for. */
    public enum Request {
        RUN, CHECK, CONDITION, VERSION, BUILD_OPTIONS, VERSION_NUMBER, VERSION_SHORT, VERSION_BRANCH, MEMORY_HELP,
        /** The help page, because an option is unknown or nothing to load is named. */
        USAGE,
        /** {@link #fault()} says why. */
        REFUSED
    }

    private final List<String> files = new ArrayList<>();
    private final List<Long> finish = new ArrayList<>();
    private final List<Long> terminate = new ArrayList<>();
    private final ArgumentSwitches switches = new ArgumentSwitches();
    private final String[] words;
    private int at;

    private Request request = Request.RUN;
    private String fault;
    private String condition;
    private String directory;
    private String localPeer;
    private String pidFile;
    private String oldSocket;
    private String masterCli;
    private int maxconn;
    private int proxyMaxconn;
    private int memoryMb;

    private Arguments(String[] words) {
        this.words = words;
    }

    public static Arguments parse(String[] words) {
        Arguments arguments = new Arguments(words);
        while (arguments.request == Request.RUN && arguments.at < words.length) {
            arguments.option(words[arguments.at++]);
        }
        arguments.conclude();
        return arguments;
    }

    private void conclude() {
        if (request == Request.RUN && condition != null) {
            request = Request.CONDITION;
        } else if (request == Request.RUN && files.isEmpty()) {
            request = Request.USAGE;
        } else if (request == Request.RUN && switches.check) {
            request = Request.CHECK;
        }
    }

    private void option(String word) {
        if (word.length() < 2 || word.charAt(0) != '-') {
            request = Request.USAGE;
            return;
        }
        switch (word.charAt(1)) {
            case '-' -> restAreFiles(word);
            case 'v' -> request = version(word);
            case 's' -> pids(word);
            case 'f', 'n', 'N', 'm', 'C', 'L', 'p', 'x', 'S' -> valued(word.charAt(1));
            case 'c' -> check(word);
            case 'd' -> debug(word.substring(2));
            default -> {
                if (!switches.set(word)) {
                    request = Request.USAGE;
                }
            }
        }
    }

    private void restAreFiles(String word) {
        if (!word.equals("--")) {
            request = Request.USAGE;
            return;
        }
        while (at < words.length) {
            files.add(words[at++]);
        }
    }

    private static Request version(String word) {
        return switch (word) {
            case "-vq" -> Request.VERSION_NUMBER;
            case "-vqs" -> Request.VERSION_SHORT;
            case "-vqb" -> Request.VERSION_BRANCH;
            default -> word.startsWith("-vv") ? Request.BUILD_OPTIONS : Request.VERSION;
        };
    }

    private void check(String word) {
        if (!word.startsWith("-cc")) {
            switches.check = true;
        } else if (at == words.length) {
            request = Request.USAGE;
        } else {
            condition = words[at++];
        }
    }

    private void debug(String rest) {
        if (rest.startsWith("M") && rest.contains("help")) {
            request = Request.MEMORY_HELP;
        } else if (rest.startsWith("M")) {
            fault = MemoryDebugging.fault(rest.substring(1));
            request = fault == null ? Request.RUN : Request.REFUSED;
        } else {
            switches.debug(rest);
        }
    }

    private void valued(char option) {
        if (at == words.length) {
            fault = option == 'x' ? "Unix socket path expected with the -x flag"
                    : "option '-" + option + "' expects an argument.";
            request = Request.REFUSED;
            return;
        }
        String value = words[at++];
        switch (option) {
            case 'f' -> files.add(value);
            case 'n' -> maxconn = leadingNumber(value);
            case 'N' -> proxyMaxconn = leadingNumber(value);
            case 'm' -> memoryMb = leadingNumber(value);
            case 'C' -> directory = value;
            case 'L' -> localPeer = value;
            case 'p' -> pidFile = value;
            case 'x' -> oldSocket = value;
            default -> masterCli = value;
        }
    }

    /** As C's atol: the digits in front count, 0 without any. */
    private static int leadingNumber(String text) {
        long value = 0;
        for (int i = 0; i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++) {
            value = Math.min(Integer.MAX_VALUE, value * 10 + (text.charAt(i) - '0'));
        }
        return (int) value;
    }

    /** {@code -sf} and {@code -st}: every word up to the next option is a pid, none at all is fine. */
    private void pids(String word) {
        boolean finishing = word.startsWith("-sf");
        if (!finishing && !word.startsWith("-st")) {
            request = Request.USAGE;
            return;
        }
        while (at < words.length && !words[at].startsWith("-") && request == Request.RUN) {
            pid(words[at++], finishing);
        }
    }

    private void pid(String text, boolean finishing) {
        int digits = 0;
        long pid = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            pid = Math.min(Integer.MAX_VALUE, pid * 10 + (text.charAt(digits++) - '0'));
        }
        if (digits == 0 || pid == 0) {
            request = Request.USAGE;
        } else if (digits < text.length()) {
            fault = "-s" + (finishing ? 'f' : 't') + " option: some bytes unconsumed in PID list {"
                    + text.substring(digits) + "}";
            request = Request.REFUSED;
        } else {
            (finishing ? finish : terminate).add(pid);
        }
    }

    public Request request() {
        return request;
    }

    /** The alert to print before leaving with 1, only for {@link Request#REFUSED}. */
    public String fault() {
        return fault;
    }

    /** The argument of {@code -cc}. */
    public String condition() {
        return condition;
    }

    /** Files and directories in the order of the command line, as written. */
    public List<String> files() {
        return files;
    }

    /** The options without a value. */
    public ArgumentSwitches switches() {
        return switches;
    }

    /** {@code -C}: where to go before anything is opened, or null. */
    public String directory() {
        return directory;
    }

    /** {@code -n}, 0 when absent. */
    public int maxconn() {
        return maxconn;
    }

    /** {@code -N}, 0 when absent. */
    public int proxyMaxconn() {
        return proxyMaxconn;
    }

    /** {@code -m} in megabytes, 0 when absent. */
    public int memoryMb() {
        return memoryMb;
    }

    /** {@code -L}, or null. */
    /** Whether it takes the place of a process that is told to go. */
    public boolean replacesAnother() {
        return !finish.isEmpty() || !terminate.isEmpty() || oldSocket != null;
    }

    public String localPeer() {
        return localPeer;
    }

    /** {@code -p}, or null. */
    public String pidFile() {
        return pidFile;
    }

    /** {@code -x}: the socket to take listeners over from, or null. */
    public String oldSocket() {
        return oldSocket;
    }

    /** {@code -S}: address and options of the master's command line, or null. */
    public String masterCli() {
        return masterCli;
    }

    /** {@code -sf}: processes to be told to finish. */
    public List<Long> finish() {
        return finish;
    }

    /** {@code -st}: processes to be told to stop at once. */
    public List<Long> terminate() {
        return terminate;
    }
}
