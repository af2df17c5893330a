package dev.weir.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    private static Arguments parse(String line) {
        return Arguments.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "'', USAGE", "-h, USAGE", "--help, USAGE", "-, USAGE", "x, USAGE", "-f a extra, USAGE", "-c, USAGE", "-c --, USAGE",
        "-s 1, USAGE", "-U x, USAGE", "-sf, USAGE", "-st 0 -f a, USAGE", "-cc, USAGE", "-cc 1 2, USAGE",
        "-f a, RUN", "-- a b, RUN", "-f a -- b, RUN", "-c -f a, CHECK", "-cx -f a, CHECK", "-f a -c, CHECK",
        "-cc 1, CONDITION", "-q -cc 0, CONDITION", "-c -cc 1, CONDITION", "-v, VERSION", "-vx, VERSION",
        "-f a -v, VERSION", "-cc 0 -v, VERSION", "-vv, BUILD_OPTIONS", "-vvv, BUILD_OPTIONS", "-vq, VERSION_NUMBER",
        "-vqs, VERSION_SHORT", "-vqb, VERSION_BRANCH", "-dMhelp, MEMORY_HELP", "'-dM50,help', MEMORY_HELP",
        "-dM -f a, RUN", "-dM0x50 -f a, RUN", "'-dM50,no-merge,uaf -f a', RUN", "-f, REFUSED", "-p, REFUSED",
        "-x, REFUSED", "-c -f a -n, REFUSED", "-sf 1a -f a, REFUSED", "-dMfoo -f a, REFUSED"
    })
    void asksFor(String line, Arguments.Request request) {
        assertEquals(request, parse(line).request());
    }

    @ParameterizedTest
    @CsvSource({
        "-x, Unix socket path expected with the -x flag", "-sf 1a, -sf option: some bytes unconsumed in PID list {a}",
        "'-dM50,foo', -dM: unknown pool debugging feature <foo>", "-p, option '-p' expects an argument."
    })
    void saysWhatIsWrong(String line, String fault) {
        assertEquals(fault, parse(line).fault());
    }

    @Test
    void keepsTheOrderOfFiles() {
        assertEquals(List.of("a", "b", "-c", "d"), parse("-f a -V -f b -- -c d").files());
    }

    @Test
    void readsValues() {
        Arguments a = parse("-n 10x -N y -m 64 -C /d -L me -p /p -x /s -S /m,level,admin -f f");
        assertEquals(10, a.maxconn());
        assertEquals(0, a.proxyMaxconn());
        assertEquals(64, a.memoryMb());
        assertEquals(List.of("/d", "me", "/p", "/s", "/m,level,admin"),
                List.of(a.directory(), a.localPeer(), a.pidFile(), a.oldSocket(), a.masterCli()));
        assertNull(parse("-f a").pidFile());
    }

    @Test
    void readsPidLists() {
        Arguments a = parse("-sf 12 13 -st 14 -f f");
        assertEquals(List.of(12L, 13L), a.finish());
        assertEquals(List.of(14L), a.terminate());
        assertEquals(Arguments.Request.RUN, parse("-f f -sf").request());
    }

    @Test
    void readsSwitches() {
        ArgumentSwitches s = parse("-D -W -Ws -q -4 -dW -dD -dr -dV -dI -de -dp -dS -dG -dR -dF -dZ -dT -dL -dKcfg,smp"
                + " -dC7 -dA/x.tar -dt -dc -dk -dv -f f").switches();
        assertTrue(s.isDaemon() && s.isMasterWorker() && s.isSystemdNotify() && s.isQuiet());
        assertTrue(s.isZeroWarning() && s.isDiagnostics() && s.isIgnoreResolution() && s.isDumpLibraries());
        assertEquals("dns-accept-family ipv4, ssl-server-verify none, insecure-fork-wanted, noepoll, nopoll, nosplice,"
                + " nogetaddrinfo, noreuseport, tune.disable-fast-forward, tune.disable-zero-copy-forwarding, noktls",
                s.lines().strip().replace("\n\t", ", "));
        assertEquals(List.of("cfg,smp", "7", "/x.tar", ""),
                List.of(s.dumpKeywords(), s.dumpConfiguration(), s.archive(), s.traces()));
        assertFalse(s.isDebug() || s.isVerbose() || s.isForeground());
    }

    @Test
    void foregroundAndVerboseWin() {
        assertFalse(parse("-D -db -f f").switches().isDaemon());
        assertTrue(parse("-D -d -f f").switches().isForeground());
        assertTrue(parse("-dX -f f").switches().isDebug());
        assertFalse(parse("-V -q -f f").switches().isQuiet());
    }

    @Test
    void printsWhatToolsRead() {
        assertTrue(VersionText.version().startsWith("HAProxy version 3.5.0-weir"));
        String built = VersionText.buildOptions();
        assertTrue(built.contains("\n  TARGET  = linux-glibc\n"));
        assertTrue(built.contains("\nFeature list : -51DEGREES +ACCEPT4 "));
        assertTrue(VersionText.usage("haproxy").startsWith("Usage : haproxy [-f <cfgfile|cfgdir>]* [ -vdVD ] "));
    }
}
