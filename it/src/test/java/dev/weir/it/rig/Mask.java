package dev.weir.it.rig;

import java.util.List;
import java.util.regex.Pattern;

/** Replaces what differs from run to run: pids, versions, paths, ports, times. The only place that does. */
public final class Mask {

    private record Rule(Pattern pattern, String by) {}

    private static final List<Rule> PROCESS = List.of(
            rule("\\((\\d+)\\) :", "(PID) :"),
            rule("haproxy version is \\S+", "haproxy version is VERSION"),
            rule("path to executable is \\S+", "path to executable is PATH"),
            rule("/tmp/weir-it-\\d+", "DIR"));

    /** Of a log line: priority, date, process, addresses, times and byte counts that timing decides. */
    private static final List<Rule> LOG = List.of(
            rule("^<(\\d+)>\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d ", "<$1>DATE "),
            rule("haproxy\\[\\d+\\]", "haproxy[PID]"),
            rule("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"),
            rule("\\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\]", "[TIME]"),
            rule(" (-?\\d+/)(-?\\d+/)(\\+?\\d+ )", " T/T/T "));

    /** Of answers of commands: what differs between processes, versions and moments. */
    private static final List<Rule> COMMAND = List.of(
            rule("/tmp/weir-it-\\d+", "DIR"),
            // lists of a proxy that HAProxy has for itself
            rule("^\\d+ \\(\\) acl '\\w+' file 'httpclient' .*\n", ""),
            rule("0x[0-9a-f]+", "PTR"),
            // the shard of a stick-table entry came later
            rule(" exp=\\d+( shard=0)?", " exp=MS"),
            rule("\\b(2\\.6\\.\\d+|3\\.5\\.\\d+)-\\S+", "VERSION"),
            rule("captured on \\[[^]]+\\]", "captured on [TIME]"),
            // be_id be_name srv_id srv_name addr op admin uweight iweight TIME
            rule("^(\\d+ \\S+ \\d+ \\S+ \\S+ \\d \\d+ \\d+ \\d+) \\d+ ", "$1 TIME "),
            // 2.6 has a health for servers without check too, 3.5 says that their checks are paused in maintenance
            rule("TIME 1 0 \\d [08] 0 0 0", "TIME 1 0 H S 0 0 0"));

    private Mask() {}

    public static String command(String answer) {
        return apply(COMMAND, answer);
    }

    public static String process(String text) {
        return apply(PROCESS, text);
    }

    public static String log(String line) {
        return apply(LOG, line);
    }

    private static Rule rule(String pattern, String by) {
        return new Rule(Pattern.compile(pattern, Pattern.MULTILINE), by);
    }

    private static String apply(List<Rule> rules, String text) {
        String result = text;
        for (Rule rule : rules) {
            result = rule.pattern().matcher(result).replaceAll(rule.by());
        }
        return result;
    }
}
