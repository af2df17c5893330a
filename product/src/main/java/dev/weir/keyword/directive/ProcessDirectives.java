package dev.weir.keyword.directive;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.net.sys.Capability;

/** Global words about the process: identity, limits, privileges, files (configuration manual 3.1). Boot's thread. */
final class ProcessDirectives extends KeywordFamily {

    private static final int SHORTEST_TOKEN = 16;

    @Override
    public String rows() {
        return """
                anonkey 1-1 ok : expects an integer argument.
                ca-base 1-1 used : =global statement 'ca-base' expects a directory path as an argument.
                chroot 1-1 ok : expects a directory as an argument.
                close-spread-time 1-1 ok : expects <time> as argument.
                cpu-map 2-* void : =cpu-map expects a process number  ('all', 'odd', 'even', a number from 1 to 64 or a range),  followed by a list of CPU ranges with numbers from 0 to 63.
                crt-base 1-1 used : =global statement 'crt-base' expects a directory path as an argument.
                daemon 0-0 ok
                default-path 0-2 ok
                description 1-* ok : ^expects a string argument.
                expose-deprecated-directives 0-0 void
                expose-experimental-directives 0-0 ok
                external-check 0-1 used
                fd-hard-limit 1-1 ok : expects an integer argument.
                gid 1-1 ok : expects an integer argument.
                grace 1-1 ok : expects <time> as argument.
                group 1-1 ok : expects a group name.
                hard-stop-after 1-1 ok : expects <time> as argument.
                ~insecure-fork-wanted 0-0 used
                ~insecure-setuid-wanted 0-0 kept
                key-base 1-1 used : =global statement 'key-base' expects a directory path as an argument.
                localpeer 1-1 ok : expects a name as an argument.
                lua-load 1-* todo : expects a file name as parameter.
                lua-load-per-thread 1-* todo : expects a file as parameter.
                lua-prepend-path 1-2 kept : expects to receive a <path> as argument
                master-worker 0-1 ok
                maxconn 1-1 ok : expects an integer argument.
                maxcomprate 1-1 ok : expects an integer argument.
                maxconnrate 1-1 ok : expects an integer argument.
                maxpipes 1-1 ok : expects an integer argument.
                maxsessrate 1-1 ok : expects an integer argument.
                maxsslconn 1-1 ok : expects an integer argument.
                maxsslrate 1-1 ok : expects an integer argument.
                nbthread 0-1 ok
                node 0-1 ok
                noepoll 0-0 ok
                nogetaddrinfo 0-0 void
                noreuseport 0-0 ok
                nosplice 0-0 ok
                pidfile 1-1 ok : expects a file name as an argument.
                quiet 0-0 ok
                server-state-base 1-1 ok : expects one argument: a directory path.
                server-state-file 1-* ok : expect one argument: a file path.
                ~set-dumpable 0-1 ok
                set-var 2-* ok : requires a process-wide variable name ('proc.<name>') and a sample expression.
                set-var-fmt 2-* ok : requires a process-wide variable name ('proc.<name>') and a format string.
                setcap 1-1 ok : expects a list of capabilities.
                spread-checks 1-1 used : ^expects an integer argument (0..50).
                stats-file 1-1 ok : expects a path as argument.
                ~strict-limits 0-0 ok
                tune.bufsize 1-1 ok : expects an integer argument.
                tune.idletimer 1-1 void : ^expects a timer value between 0 and 65535 ms.
                tune.maxaccept 1-1 ok : expects an integer argument.
                tune.rcvbuf.client 1-1 ok : expects an integer argument.
                tune.rcvbuf.server 1-1 ok : expects an integer argument.
                tune.pipesize 1-1 ok : expects an integer argument.
                tune.sndbuf.client 1-1 ok : expects an integer argument.
                tune.sndbuf.server 1-1 ok : expects an integer argument.
                uid 1-1 ok : expects an integer argument.
                ulimit-n 1-1 ok : expects an integer argument.
                user 1-1 ok : expects a user name.
                weir.api-token 3-3 ok : expects a name, a role ('user', 'operator' or 'admin') and a token.
                weir.drain 1-1 ok : expects <time> as argument.
                weir.engine 1-1 ok : expects 'epoll', 'io_uring' or 'nio' as an argument.
                weir.snapshot 1-5 ok : expects a path, and may take 'every <time>' and 'max-age <time>'.
                weir.state-files 1-1 ok : expects <time> as argument.
                weir.watch 1-60 ok : expects a time, and may take files.
                zero-warning 0-0 ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        Settings global = draft.global();
        Place place = line.place();
        String name = keyword.name();
        Setting<Boolean> flag = flag(name);
        Setting<String> text = text(name);
        Setting<Integer> number = number(name);
        Setting<Integer> time = time(name);
        if (flag != null) {
            flag(flag, name, line, global);
        } else if (text != null) {
            global.set(text, line.word(1), place);
        } else if (number != null) {
            number(number, name, line, global);
        } else if (time != null) {
            time(time, name, line, global);
        } else if (keyword.status() != Status.ACCEPTED) {
            special(name, line, draft, global);
        }
    }

    private static Setting<Boolean> flag(String name) {
        return switch (name) {
            case "daemon" -> GlobalSpec.DAEMON;
            case "external-check" -> GlobalSpec.EXTERNAL_CHECK;
            case "insecure-fork-wanted" -> GlobalSpec.INSECURE_FORK_WANTED;
            case "insecure-setuid-wanted" -> GlobalSpec.INSECURE_SETUID_WANTED;
            case "master-worker" -> GlobalSpec.MASTER_WORKER;
            case "noepoll" -> GlobalSpec.NOEPOLL;
            case "nogetaddrinfo" -> GlobalSpec.NOGETADDRINFO;
            case "noreuseport" -> GlobalSpec.NOREUSEPORT;
            case "nosplice" -> GlobalSpec.NOSPLICE;
            case "quiet" -> GlobalSpec.QUIET;
            case "set-dumpable" -> GlobalSpec.SET_DUMPABLE;
            case "strict-limits" -> GlobalSpec.STRICT_LIMITS;
            case "zero-warning" -> GlobalSpec.ZERO_WARNING;
            default -> null;
        };
    }

    private static void flag(Setting<Boolean> flag, String name, Statement line, Settings global) {
        String word = line.word(1);
        boolean known = switch (name) {
            case "master-worker" -> word.isEmpty() || word.equals("no-exit-on-failure");
            case "external-check" -> word.isEmpty() || word.equals("preserve-env");
            case "set-dumpable" -> word.isEmpty() || ServerChecks.isOneOf(word, "on", "off", "libs");
            default -> true;
        };
        if (known) {
            global.set(flag, !line.isNegated() && !word.equals("off"), line.place());
            if (word.equals("preserve-env")) {
                global.set(GlobalSpec.EXTERNAL_KEEPS_ENVIRONMENT, true, line.place());
            }
        } else if (name.equals("master-worker")) {
            line.alert(1, "'master-worker' only supports 'no-exit-on-failure' option.");
        } else {
            line.alert(1, "'" + name + "' cannot handle unexpected argument '" + word + "'.");
        }
    }

    private static Setting<String> text(String name) {
        return switch (name) {
            case "anonkey" -> GlobalSpec.ANONKEY;
            case "ca-base" -> GlobalSpec.CA_BASE;
            case "chroot" -> GlobalSpec.CHROOT;
            case "crt-base" -> GlobalSpec.CRT_BASE;
            case "group" -> GlobalSpec.GROUP;
            case "key-base" -> GlobalSpec.KEY_BASE;
            case "pidfile" -> GlobalSpec.PIDFILE;
            case "server-state-base" -> GlobalSpec.SERVER_STATE_BASE;
            case "server-state-file" -> GlobalSpec.SERVER_STATE_FILE;
            case "stats-file" -> GlobalSpec.STATS_FILE;
            case "user" -> GlobalSpec.USER;
            default -> null;
        };
    }

    private static Setting<Integer> number(String name) {
        return switch (name) {
            case "fd-hard-limit" -> GlobalSpec.FD_HARD_LIMIT;
            case "gid" -> GlobalSpec.GID;
            case "maxconn" -> GlobalSpec.MAXCONN;
            case "maxconnrate" -> GlobalSpec.MAXCONNRATE;
            case "maxcomprate" -> GlobalSpec.MAXCOMPRATE;
            case "maxpipes" -> GlobalSpec.MAXPIPES;
            case "maxsessrate" -> GlobalSpec.MAXSESSRATE;
            case "maxsslconn" -> GlobalSpec.MAXSSLCONN;
            case "maxsslrate" -> GlobalSpec.MAXSSLRATE;
            case "spread-checks" -> GlobalSpec.SPREAD_CHECKS;
            case "tune.bufsize" -> GlobalSpec.TUNE_BUFSIZE;
            case "tune.maxaccept" -> GlobalSpec.TUNE_MAXACCEPT;
            case "tune.rcvbuf.client" -> GlobalSpec.RCVBUF_CLIENT;
            case "tune.rcvbuf.server" -> GlobalSpec.RCVBUF_SERVER;
            case "tune.pipesize" -> GlobalSpec.PIPESIZE;
            case "tune.sndbuf.client" -> GlobalSpec.SNDBUF_CLIENT;
            case "tune.sndbuf.server" -> GlobalSpec.SNDBUF_SERVER;
            case "uid" -> GlobalSpec.UID;
            case "ulimit-n" -> GlobalSpec.ULIMIT_N;
            default -> null;
        };
    }

    private static void number(Setting<Integer> setting, String name, Statement line, Settings global) {
        String value = line.word(1);
        boolean size = name.startsWith("tune.");
        long number = size ? Numbers.size(value) : Numbers.integer(value, Long.MIN_VALUE);
        if (name.equals("maxconn") && global.has(setting)) {
            draftRemark(line, name);
            return;
        }
        if (number < 0 && name.equals("tune.bufsize") || number > Integer.MAX_VALUE) {
            line.alert(1, "'" + name + "' expects a positive integer argument.");
        } else if (number == Long.MIN_VALUE && (name.equals("uid") || name.equals("gid"))) {
            String other = name.equals("uid") ? "user" : "group";
            line.warn(1, " " + name + ": string '" + value + "' is not a number.\n   | You might want to use the '"
                    + other + "' parameter to use a system " + other + " name.", other + " " + value);
        } else if (name.equals("spread-checks") && (number > 50 || number < 0)) {
            line.alertTight(1, "'spread-checks' needs a positive value in range 0..50.");
        } else if (number < 0 && !name.equals("tune.maxaccept")) {
            line.alert(1, "'" + name + "' : invalid integer value '" + value + "'.");
        } else {
            global.set(setting, (int) Math.max(-1, number), line.place());
        }
    }

    /** HAProxy keeps the first value and goes on. */
    private static void draftRemark(Statement line, String name) {
        line.remark("parsing [" + line.place() + "] : '" + name + "' already specified. Continuing.");
    }

    private static Setting<Integer> time(String name) {
        return switch (name) {
            case "close-spread-time" -> GlobalSpec.CLOSE_SPREAD_TIME_MS;
            case "grace" -> GlobalSpec.GRACE_MS;
            case "weir.drain" -> GlobalSpec.DRAIN_MS;
            case "hard-stop-after" -> GlobalSpec.HARD_STOP_AFTER_MS;
            case "tune.idletimer" -> GlobalSpec.TUNE_IDLETIMER_MS;
            default -> null;
        };
    }

    private static void time(Setting<Integer> setting, String name, Statement line, Settings global) {
        String value = line.word(1);
        if (name.equals("close-spread-time") && value.equals("infinite")) {
            global.set(setting, -1, line.place());
            return;
        }
        long ms = Numbers.millis(value);
        if (ms == Numbers.OVERFLOW) {
            line.alert(1, "timer overflow in argument '" + value + "' to <" + name
                    + "> (maximum value is 2147483647 ms or ~24.8 days).");
        } else if (ms < 0) {
            String text = "unexpected character '" + Numbers.culprit(value, ms) + "' in argument to <" + name + ">.";
            if (name.startsWith("tune.")) {
                line.alertTight(1, text);
            } else {
                line.alert(1, text);
            }
        } else {
            global.set(setting, (int) ms, line.place());
        }
    }

    private static void localPeer(String name, Statement line, Draft draft) {
        if (draft.environment().isFixed("HAPROXY_LOCALPEER")) {
            line.warn(0, "'localpeer' ignored since it is already set by using the '-L' command line argument.");
        } else if (draft.hasPeers()) {
            line.warn(0, "'localpeer' ignored since it is used after 'peers' section.");
        } else {
            draft.global().set(GlobalSpec.LOCALPEER, name, line.place());
            draft.environment().set("HAPROXY_LOCALPEER", name);
        }
    }

    private static void special(String name, Statement line, Draft draft, Settings global) {
        String value = line.word(1);
        switch (name) {
            case "description" -> global.set(GlobalSpec.DESCRIPTION, line.join(1), line.place());
            case "localpeer" -> localPeer(value, line, draft);
            case "expose-experimental-directives" -> draft.exposeExperimental();
            case "nbthread" -> threads(value, line, global);
            case "node" -> node(value, line, global);
            case "default-path" -> path(value, line, global, draft);
            case "setcap" -> capabilities(value, line, global);
            case "set-var", "set-var-fmt" -> variable(name, value, line, draft);
            case "weir.api-token" -> token(line, global);
            case "weir.engine" -> engine(value, line, global);
            case "weir.state-files" -> OwnDirectives.stateFiles(line, global);
            case "weir.snapshot" -> OwnDirectives.snapshot(line, global);
            case "weir.watch" -> OwnDirectives.watch(line, global);
            default -> { }
        }
    }

    private static void threads(String value, Statement line, Settings global) {
        long number = Numbers.integer(value, Long.MIN_VALUE);
        if (number == Long.MIN_VALUE) {
            line.alert(1, "'nbthread' passed a missing or unparsable integer value in '" + value + "'");
        } else if (number < 1 || number > 1024) {
            line.alert(1, "'nbthread' value must be between 1 and 1024 (was " + number + ")");
        } else {
            global.set(GlobalSpec.NBTHREAD, (int) number, line.place());
        }
    }

    /** A word of ours: the dot keeps it apart from HAProxy's. */
    private static void engine(String value, Statement line, Settings global) {
        if (ServerChecks.isOneOf(value, "epoll", "io_uring", "nio")) {
            global.set(GlobalSpec.ENGINE, value, line.place());
        } else {
            line.alert(1, "'weir.engine' expects 'epoll', 'io_uring' or 'nio' as an argument (got '" + value + "').");
        }
    }

    /** Who may use the HTTP API; short tokens could be guessed. */
    private static void token(Statement line, Settings global) {
        if (!ServerChecks.isOneOf(line.word(2), "user", "operator", "admin")) {
            line.alert(2, "'weir.api-token' expects 'user', 'operator' or 'admin' as a role (got '" + line.word(2) + "').");
        } else if (line.word(3).length() < SHORTEST_TOKEN) {
            line.alert(3, "'weir.api-token' expects a token of at least " + SHORTEST_TOKEN + " characters.");
        } else {
            Draft.append(global, GlobalSpec.API_TOKENS, new Phrase(line.from(1), line.place()), line.place());
        }
    }

    private static void capabilities(String names, Statement line, Settings global) {
        for (String name : names.split(",", -1)) {
            if (Capability.of(name) == null) {
                line.alert(1, "'setcap' : unsupported capability '" + name + "', supported ones are: "
                        + Capability.names() + ".");
                return;
            }
        }
        global.set(GlobalSpec.SETCAP, names, line.place());
    }

    private static void node(String value, Statement line, Settings global) {
        boolean right = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            right &= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-'
                    || c == '_';
        }
        if (right) {
            global.set(GlobalSpec.NODE, value, line.place());
        } else {
            line.alertTight(1, "'node' requires valid node name - non-empty string with digits(0-9), letters(A-Z, a-z),"
                    + " dot(.), hyphen(-) or underscode(_).");
        }
    }

    private static void path(String value, Statement line, Settings global, Draft draft) {
        String modes = "supported modes include 'current', 'config', 'parent', and 'origin'.";
        if (value.isEmpty()) {
            line.alert(1, "missing default-path mode '' for 'default-path', " + modes);
        } else if (!ServerChecks.isOneOf(value, "current", "config", "parent", "origin")) {
            line.alert(1, "unsupported default-path mode '" + value + "' for 'default-path', " + modes);
        } else if (value.equals("origin") && !line.has(2)) {
            line.alert(2, "'default-path origin' expects a directory as an argument.");
        } else {
            global.set(GlobalSpec.DEFAULT_PATH, line.from(1), line.place());
            draft.enter(line.place());
        }
    }

    private static void variable(String name, String variable, Statement line, Draft draft) {
        if (variable.indexOf('.') >= 0 && !variable.startsWith("proc.")) {
            line.alert(1, "'" + name + "': cannot set variable '" + variable
                    + "', only scope 'proc' is permitted in the global section.");
        } else {
            Draft.append(draft.global(), GlobalSpec.SET_VARS, line.phrase(), line.place());
        }
    }
}
