package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import dev.weir.it.rig.Wrapped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where log lines go and what stands before and in them. Each listener has a log of its own, named as it is. */
@ParameterizedClass
@EnumSource(Product.class)
class LogTargetsTest {

    /** Receives datagrams of all kinds, each as a line of a file; then runs the product with descriptor 33 a file. */
    private static final String RECEIVE = """
            use Socket qw(:all); use POSIX ();
            $^F = 1000;
            my ($dir, $abstract) = (shift, shift);
            my %sockets;
            sub on { my ($name, $family, $where) = @_;
                socket(my $s, $family, SOCK_DGRAM, 0) or die "socket: $!";
                bind($s, $where) or die "bind $name: $!";
                $sockets{$name} = $s; }
            on("udp4", PF_INET, pack_sockaddr_in(shift, INADDR_LOOPBACK));
            on("udp6", PF_INET6, pack_sockaddr_in6(shift, inet_pton(AF_INET6, "::1")));
            on("path", PF_UNIX, pack_sockaddr_un("$dir/log.sock"));
            on("abns", PF_UNIX, pack("S a108", AF_UNIX, "\\0$abstract"));
            my $child = fork;
            if (!$child) {
                $0 = "receiver";
                open(STDOUT, ">", "/dev/null"); open(STDERR, ">", "/dev/null");
                my $parent = getppid;
                while (getppid == $parent) {
                    my $bits = "";
                    vec($bits, fileno($_), 1) = 1 for values %sockets;
                    select($bits, undef, undef, 0.2) or next;
                    for my $name (keys %sockets) {
                        next unless vec($bits, fileno($sockets{$name}), 1);
                        recv($sockets{$name}, my $data, 70000, 0);
                        open(my $out, ">>", "$dir/$name"); syswrite($out, $data); close($out);
                    }
                }
                exit;
            }
            close($_) for values %sockets;
            open(my $file, ">>", "$dir/fd") or die;
            POSIX::dup2(fileno($file), 33);
            exec @ARGV or die "exec: $!";
            """;

    private static final String DATE = "\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d";
    private static final String ISO = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}[+-]\\d\\d:\\d\\d";
    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.LOGS);
        Launch launch = product.launch().port("echo", STAGE.add(Origin.echo()).port());
        String abstractName = "weir-log-" + launch.port("udp4");
        StringBuilder configuration = new StringBuilder("""
                defaults
                    mode tcp
                    timeout connect 2s
                    timeout client 5s
                    timeout server 5s
                    log-format "%f %B"
                    log global
                global
                    nbthread 4
                    log fd@33 format raw local0 info
                    log-tag tagged
                    log-send-hostname machine
                """);
        for (String row : LOGS) {
            String[] cells = row.split(" \\| ");
            configuration.append("listen ").append(cells[0]).append("\n no log\n log ").append(cells[1])
                    .append("\n bind 127.0.0.1:{port:").append(cells[0])
                    .append("}\n server s 127.0.0.1:{port:echo}\n");
        }
        configuration.append("""
                listen global_log
                    bind 127.0.0.1:{port:global_log}
                    server s 127.0.0.1:{port:echo}
                listen long
                    no log
                    log fd@33 len 80 format raw local0
                    log-format "%f 012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
                    bind 127.0.0.1:{port:long}
                    server s 127.0.0.1:{port:echo}
                listen own_tag
                    no log
                    log fd@33 format rfc3164 local0
                    log-tag mine
                    bind 127.0.0.1:{port:own_tag}
                    server s 127.0.0.1:{port:echo}
                listen null
                    option dontlognull
                    no log
                    log fd@33 format raw local0
                    bind 127.0.0.1:{port:null}
                    server s 127.0.0.1:{port:echo}
                listen sampled
                    no log
                    log fd@33 format raw sample 1:4 local0
                    log fd@33 format short sample 2-4:4 local1
                    bind 127.0.0.1:{port:sampled}
                    server s 127.0.0.1:{port:echo}
                listen last
                    bind 127.0.0.1:{port:last}
                    server s 127.0.0.1:{port:echo}
                """);
        proxy = STAGE.add(new Wrapped(product, launch, List.of(Tools.need("perl"), "-e", RECEIVE, "{dir}",
                abstractName, "{port:udp4}", "{port:udp6}"))
                .with("ABSTRACT", abstractName).start("last", configuration.toString(), "-db"));
    }

    /** Listener and its log. Lines of sessions have the level info. */
    private static final List<String> LOGS = List.of(
            "to_stdout | stdout format raw local0", "to_stderr | stderr format raw local0",
            "to_fd | fd@33 format raw local0", "to_udp4 | 127.0.0.1:{port:udp4} format raw local0",
            "to_udp6 | udp6@[::1]:{port:udp6} format raw local0", "to_path | {dir}/log.sock format raw local0",
            "to_abns | abns@${ABSTRACT} format raw local0", "short | fd@33 format short local3",
            "timed | fd@33 format timed local3", "iso | fd@33 format iso local3",
            "priority | fd@33 format priority local3", "rfc3164 | fd@33 format rfc3164 local3",
            "rfc5424 | fd@33 format rfc5424 daemon", "local | fd@33 format local kern", "plain | fd@33 user",
            "at_info | fd@33 format short local0 info", "at_notice | fd@33 format short local0 notice",
            "least_warning | fd@33 format short local0 debug warning",
            "udp_default | 127.0.0.1:{port:udp4} local7");

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** The listener, the file that its lines come to, and a line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "to_stdout | stdout | to_stdout 1", "to_stderr | stderr | to_stderr 1", "to_fd | fd | to_fd 1",
        "to_udp4 | udp4 | to_udp4 1", "to_udp6 | udp6 | to_udp6 1", "to_path | path | to_path 1",
        "to_abns | abns | to_abns 1", "short | fd | <6>short 1", "timed | fd | <6>ISO timed 1",
        "iso | fd | ISO iso 1", "priority | fd | <158>priority 1",
        "rfc3164 | fd | <158>DATE machine tagged\\[PID\\]: rfc3164 1",
        "rfc5424 | fd | <30>1 ISO machine tagged PID - - rfc5424 1",
        "local | fd | <6>DATE tagged\\[PID\\]: local 1", "plain | fd | <14>DATE machine tagged\\[PID\\]: plain 1",
        "at_info | fd | <6>at_info 1", "least_warning | fd | <6>least_warning 1",
        "udp_default | udp4 | <190>DATE machine tagged\\[PID\\]: udp_default 1", "global_log | fd | global_log 1",
        "own_tag | fd | <134>DATE machine mine\\[PID\\]: own_tag 1",
        "long | fd | long 01234567890123456789012345678901234567890123456789012345678901234567890123",
    })
    void writesLines(String port, String file, String expected) throws Exception {
        // 2.6 wants the global section first, and sends nothing to ::1
        Assumptions.assumeTrue(product == Product.WEIR || !List.of("to_udp6", "global_log").contains(port));
        use(port, "x");
        String pattern = expected.replace("DATE", DATE).replace("ISO", ISO).replace("PID", Long.toString(proxy.pid()))
                ;
        awaitLine(file, pattern);
    }

    /** Less severe than the target wants. */
    @Test
    void leavesOut() throws Exception {
        use("at_notice", "x");
        use("null", "");
        use("null", "xy");
        awaitLine("fd", "null 2");
        assertTrue(lines("fd").stream().noneMatch(l -> l.contains("at_notice") || l.equals("null 0")),
                () -> product.toString());
    }

    /** Whatever worker a session runs on: one of four goes to the first target, the others to the second. */
    @Test
    void samplesForTheProcess() throws Exception {
        for (int i = 0; i < 40; i++) {
            use("sampled", "x");
        }
        Wait.until(5, () -> "lines are missing: " + lines("fd"), () -> count("sampled 1") + count("<6>sampled 1") == 40);
        assertEquals(10, count("sampled 1"));
        assertEquals(30, count("<6>sampled 1"));
    }

    private static long count(String line) {
        return lines("fd").stream().filter(l -> l.equals(line)).count();
    }

    private static void use(String port, String text) throws IOException {
        try (Client client = proxy.connect(port)) {
            assertEquals(text, client.send(text).endOutput().readAll());
        }
    }

    private static void awaitLine(String file, String pattern) {
        Wait.until(5, () -> "no line " + pattern + " in " + lines(file),
                () -> lines(file).stream().anyMatch(line -> line.matches(pattern)));
    }

    private static List<String> lines(String file) {
        Path path = proxy.directory().resolve(file);
        try {
            return Files.exists(path) ? Files.readAllLines(path, StandardCharsets.ISO_8859_1) : new ArrayList<>();
        } catch (IOException e) {
            return new ArrayList<>();
        }
    }
}
