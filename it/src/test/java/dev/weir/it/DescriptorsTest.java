package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wrapped;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that the process is born with, of all kinds and in all states, and addresses with all prefixes. */
@ParameterizedClass
@EnumSource(Product.class)
class DescriptorsTest {

    /** Words {@code number=port-or-path[,listen][,nonblock]}, then the command; 30 and 31 are a pair, 40 is a pipe. */
    private static final String INHERIT = """
            use Socket; use POSIX (); use Fcntl; $^F = 1000;
            my @kept;
            sub at { my ($s, $fd) = @_; POSIX::dup2(fileno($s), $fd) or die; push @kept, $s; }
            while (($_ = shift) ne '--') {
                my ($fd, $where, @how) = split /[=,]/;
                my $unix = $where =~ m{^/};
                socket(my $s, $unix ? PF_UNIX : PF_INET, SOCK_STREAM, 0) or die "socket: $!";
                setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1) unless $unix;
                bind($s, $unix ? sockaddr_un($where) : sockaddr_in($where, INADDR_LOOPBACK)) or die "bind: $!";
                listen($s, 16) if grep { $_ eq 'listen' } @how;
                fcntl($s, F_SETFL, O_NONBLOCK) if grep { $_ eq 'nonblock' } @how;
                at($s, $fd);
            }
            socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die "socketpair: $!";
            at($a, 30); at($b, 31);
            pipe(my $r, my $w) or die; at($r, 40);
            exec @ARGV or die "exec: $!";
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.SOCKETS);
        Launch launch = product.launch().port("echo", STAGE.add(Origin.echo()).port());
        proxy = STAGE.add(new Wrapped(product, launch, List.of(Tools.need("perl"), "-e", INHERIT,
                "20={port:listening},listen", "21={port:bound}", "22={port:nonblocking},listen,nonblock",
                "23={port:fresh},nonblock", "24={dir}/inherited.sock,listen", "25={dir}/bound.sock,nonblock", "--"))
                .with("KIND", "stream").with("NUMBER", "22").with("FRESH", "23").start("last", """
                defaults
                    mode tcp
                    timeout connect 2s
                    timeout client 5s
                    timeout server 5s
                    default_backend be
                backend be
                    server s stream+ipv4@127.0.0.1:{port:echo}
                frontend inherited
                    bind fd@20
                    bind stream+fd@21
                    bind ${KIND}+fd@${NUMBER}
                    bind "fd@${FRESH}"
                    bind fd@24
                    bind fd@25
                frontend passed
                    bind sockpair@30
                listen to_passed
                    bind 127.0.0.1:{port:pair}
                    server s sockpair@31
                frontend prefixed
                    bind ipv4@127.0.0.1:{port:ipv4}
                    bind ip@127.0.0.1:{port:ip}
                    bind stream+ipv4@127.0.0.1:{port:stream_ipv4}
                    bind tcp@127.0.0.1:{port:tcp}
                    bind tcp4@127.0.0.1:{port:tcp4}
                    bind tcp6@::1:{port:tcp6}
                    bind stream+127.0.0.1:{port:stream}
                    bind stream+unix@{dir}/stream.sock
                    bind uxst@{dir}/uxst.sock
                    bind 127.0.0.1:{port:last}
                """, "-db"));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"listening", "bound", "nonblocking", "fresh", "pair", "ipv4", "ip", "stream_ipv4", "tcp",
        "tcp4", "stream", "last"})
    void relays(String port) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Client client = proxy.connect(port)) {
                assertEquals("hello", client.send("hello").endOutput().readAll());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inherited.sock", "bound.sock", "stream.sock", "uxst.sock"})
    void relaysOnPaths(String name) throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(proxy.directory().resolve(name)));
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            ByteBuffer got = ByteBuffer.allocate(1);
            assertEquals(1, channel.read(got));
            assertEquals('x', got.get(0));
        }
    }

    /** What the configuration does not name belongs to somebody else. */
    @Test
    void leavesOtherDescriptorsAlone() throws Exception {
        Path descriptor = Path.of("/proc/" + proxy.pid() + "/fd/40");
        Assumptions.assumeTrue(product == Product.WEIR, "HAProxy closes what it does not know");
        assertTrue(Files.readSymbolicLink(descriptor).toString().startsWith("pipe:"));
    }

    /** When the file is checked as well as when it is used; 1 is a pipe. */
    @ParameterizedTest
    @ValueSource(strings = {"bind fd@99 | [*] : 'bind' : cannot use file descriptor '99' : Bad file descriptor.",
        "bind sockpair@98 | [*] : 'bind' : cannot use file descriptor '98' : Bad file descriptor.",
        "bind fd@1 | [*] : 'bind' : cannot use file descriptor '1' : Socket operation on non-socket.",
        "server t sockpair@97 | [*] : 'server a/t' : cannot use file descriptor '97' : Bad file descriptor."})
    void refusesWhatIsNoSocket(String row) throws Exception {
        String[] lineAndMessage = row.split(" \\| ");
        for (String option : List.of("-c", "-db")) {
            Finished run = product.launch().run("""
                    listen a
                        mode tcp
                        timeout connect 2s
                        timeout client 5s
                        timeout server 5s
                        bind 127.0.0.1:{port:x}
                        server s 127.0.0.1:1
                    """ + "    " + lineAndMessage[0] + "\n", option);
            assertEquals(1, run.code());
            String said = run.err().replaceAll("\\[[^]]*cfg:8]", "[*]");
            assertTrue(said.contains(lineAndMessage[1]), run.err());
        }
    }
}
