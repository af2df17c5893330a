package dev.weir.boot;

import dev.weir.config.lang.Features;
import dev.weir.config.lang.Kernel;
import dev.weir.config.lang.VersionOfOpenSsl;
import dev.weir.config.lang.VersionNumbers;

/** The texts of {@code -v}, {@code -vv} and the help page, in the lines that tools read. */
public final class VersionText {

    private VersionText() {}

    /** {@code -v}: HAProxy's first line, then Weir's own. */
    public static String version() {
        return "HAProxy version " + VersionNumbers.COMPATIBLE + " " + VersionNumbers.RELEASE_DATE
                + " - https://haproxy.org/\n"
                + "Weir version " + VersionNumbers.WEIR + ": not HAProxy, but compatible with its branch "
                + VersionNumbers.BRANCH + "\n"
                + "Status: development version - not safe for use in production.\n"
                + "Running on: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + machine() + ", Java " + System.getProperty("java.version") + "\n";
    }

    /** The name that uname gives the processor. */
    private static String machine() {
        String arch = System.getProperty("os.arch");
        return arch.equals("amd64") ? "x86_64" : arch;
    }

    /** {@code -vv}. */
    public static String buildOptions() {
        return version()
                + "Build options :\n"
                + "  TARGET  = linux-glibc\n"
                + "  CPU     = " + machine() + "\n"
                + "  CC      = javac\n"
                + "  CFLAGS  = \n"
                + "  OPTIONS =" + options() + "\n"
                + "  DEBUG   = \n\n"
                + "Feature list :" + features() + "\n"
                + "Detected feature list :\n\n"
                + "Default settings :\n"
                + "  bufsize = 16384, maxrewrite = 1024, maxpollevents = 200\n\n"
                + tls()
                + library("PCRE2", "regular expression", "PCRE2")
                + "Built with the Prometheus exporter as a service\n"
                + "Built with Java version : " + System.getProperty("java.version") + "\n\n"
                + "Available polling systems :\n"
                + pollers(Features.isEnabled("EPOLL"), Kernel.offersIoUring())
                + "\nAvailable multiplexer protocols :\n"
                + "(protocols marked as <default> cannot be specified using 'proto' keyword)\n"
                + "         h2 : mode=HTTP  side=FE|BE  mux=H2    flags=HTX|HOL_RISK|NO_UPG\n"
                + "  <default> : mode=HTTP  side=FE|BE  mux=H1    flags=HTX\n"
                + "         h1 : mode=HTTP  side=FE|BE  mux=H1    flags=HTX|NO_UPG\n"
                + "  <default> : mode=TCP   side=FE|BE  mux=PASS  flags=\n"
                + "       none : mode=TCP   side=FE|BE  mux=PASS  flags=NO_UPG\n\n"
                + "Available services : prometheus-exporter\n\n"
                + "Available filters :\n"
                + "\tnone\n\n";
    }

    private static String options() {
        StringBuilder out = new StringBuilder();
        for (Features.Feature feature : Features.ALL) {
            if (feature.isEnabled()) {
                out.append(" USE_").append(feature.name()).append("=1");
            }
        }
        return out.toString();
    }

    private static String features() {
        StringBuilder out = new StringBuilder();
        for (Features.Feature feature : Features.ALL) {
            out.append(feature.isEnabled() ? " +" : " -").append(feature.name());
        }
        return out.toString();
    }

    private static String tls() {
        String version = VersionOfOpenSsl.text();
        return version.isEmpty() ? library("OPENSSL", "TLS", "OpenSSL")
                : "Built with OpenSSL version : " + version + "\nRunning on OpenSSL version : " + version + "\n"
                        + "OpenSSL library supports TLS extensions : yes\nOpenSSL library supports SNI : yes\n"
                        + "OpenSSL library supports : TLSv1.0 TLSv1.1 TLSv1.2 TLSv1.3\n";
    }

    private static String library(String feature, String what, String name) {
        return Features.isEnabled(feature) ? "Built with " + name + " support\n"
                : "Built without " + what + " support (" + name + " not used)\n";
    }

    private static String pollers(boolean built, boolean ring) {
        return poller("io_uring", 400, built && ring) + poller("epoll", 300, built) + poller("nio", 100, true)
                + "Total: 3 (" + (built ? ring ? 3 : 2 : 1) + " usable), will use "
                + (built ? ring ? "io_uring" : "epoll" : "nio") + ".\n";
    }

    private static String poller(String name, int preference, boolean usable) {
        String padded = " ".repeat(Math.max(0, 11 - name.length())) + name;
        return padded + " : pref=" + preference + ",  test result " + (usable ? "OK" : "FAILED") + "\n";
    }

    /** The help page. */
    public static String usage(String program) {
        return "Usage : " + program + " [-f <cfgfile|cfgdir>]* [ -vdVD ] [ -n <maxconn> ] [ -N <maxpconn> ]\n"
                + "        [ -p <pidfile> ] [ -m <max megs> ] [ -C <dir> ] [-- <cfgfile>*]\n"
                + """
                        -v shows the version ; -vv shows how it was built.
                        -vq/-vqs/-vqb show the version number, its short form, its branch
                        -d stays in foreground and shows traffic ; -db only stays in foreground.
                        -dM[<byte>,help,...] memory debugging (accepted, no effect)
                        -dt[<trace>,...] shows traces on stderr
                        -V says more (undoes -q)
                        -D goes to the background ; -C changes to <dir> before loading files.
                        -W master-worker mode.
                        -Ws master-worker mode that notifies systemd.
                        -q prints no messages
                        -c only checks the configuration files
                        -cc evaluates a condition and exits with 0, 1 or 2
                        -4 resolves server names to IPv4 addresses only
                        -n sets the maximum number of connections of the process
                        -m limits the usable memory (in MB)
                        -N sets the default maximum number of connections of a proxy
                        -L sets the local peer name (default to hostname)
                        -p writes the pid to this file
                        -de disables epoll
                        -dp disables poll
                        -dS disables splice
                        -dG disables getaddrinfo()
                        -dR disables SO_REUSEPORT
                        -dF disables fast-forward ; -dZ disables zero-copy forwarding
                        -dT disables kTLS
                        -dL lists the loaded libraries
                        -dK{class[,...]} dumps the keywords (use 'help' for the classes)
                        -dC[<key>] dumps the configuration, hashed with the key
                        -dr ignores server addresses that do not resolve
                        -dI allows external programs
                        -dV disables the verification of servers' certificates
                        -dW fails if any warning is emitted
                        -dD warns about suspicious settings too
                        -sf/-st [pid ]* finishes/terminates old pids.
                        -x <unix_socket> takes listening sockets over from a unix socket
                        -S <bind>[,<bind options>...] address of the master CLI

                """;
    }
}
