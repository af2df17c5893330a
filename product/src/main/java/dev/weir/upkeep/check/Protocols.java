package dev.weir.upkeep.check;

import dev.weir.upkeep.check.CheckStep.Progress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** The prepared checks of well-known protocols (configuration.txt 4.2, {@code option ...-check}). Immutable. */
public final class Protocols {

    private Protocols() {}

    /** A step that looks at what has come: a result, or null when it takes more. */
    private record Look(Function<CheckRun, Look.Seen> eye, CheckStatus onTimeout, CheckStatus onNothing)
            implements CheckStep {

        /** What was seen: a failure, what to say of a success, or that it takes more. */
        record Seen(CheckResult failure, CheckResult success) {

            static final Seen MORE = new Seen(null, null);

            static Seen wrong(CheckStatus status, int code, String info) {
                return new Seen(new CheckResult(status, code, info), null);
            }

            static Seen right(CheckStatus status, int code, String info) {
                return new Seen(null, new CheckResult(status, code, info));
            }
        }

        @Override
        public Progress run(CheckRun run) {
            if (run.isEmpty() && run.hasEnded()) {
                return run.emptyAnswer(this, onNothing);
            }
            Seen seen = eye.apply(run);
            if (seen.failure() != null) {
                return run.over(seen.failure());
            }
            if (seen.success() != null) {
                return Progress.NEXT;
            }
            return run.isComplete() ? run.over(CheckResult.of(onNothing, "")) : Progress.WAIT;
        }

        @Override
        public CheckStatus timeoutStatus() {
            return onTimeout;
        }

        @Override
        public CheckResult conclude(CheckRun run) {
            return eye.apply(run).success();
        }
    }

    private static Look look(CheckStatus onNothing, Function<CheckRun, Look.Seen> eye) {
        return new Look(eye, CheckStatus.L7_TIMEOUT, onNothing);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Printable text from a place on, up to a line end or a zero byte. */
    static String line(CheckRun run, int from) {
        int start = from;
        while (start < run.length() && run.bytes()[start] == ' ') {
            start++;
        }
        int end = start;
        while (end < run.length() && run.bytes()[end] != 0 && run.bytes()[end] != '\r' && run.bytes()[end] != '\n') {
            end++;
        }
        return start >= end ? "" : new String(run.bytes(), start, end - start, StandardCharsets.ISO_8859_1);
    }

    static boolean beginsWith(CheckRun run, String text) {
        byte[] wanted = octets(text);
        return run.length() >= wanted.length
                && java.util.Arrays.equals(run.bytes(), 0, wanted.length, wanted, 0, wanted.length);
    }

    /** {@code redis-check}: PING is answered by PONG. */
    public static CheckProgram redis() {
        return CheckProgram.prepared(ConnectStep.IMPLIED, SendStep.of(octets("*1\r\n$4\r\nPING\r\n"), null),
                look(CheckStatus.L7_STATUS, run -> Match.bytes(octets("+PONG\r\n")).in(run.context(), run.bytes(),
                        run.length()) == Match.Found.YES
                        ? Look.Seen.right(CheckStatus.L7_OK, 0, "Redis server is ok")
                        : run.isComplete() ? Look.Seen.wrong(CheckStatus.L7_STATUS, 0, line(run, 0)) : Look.Seen.MORE));
    }

    /** {@code pgsql-check}: a startup message is answered by a request for authentication. */
    public static CheckProgram postgres(String user) {
        int length = 15 + user.length();
        byte[] start = octets("\0\0" + (char) (length >> 8) + (char) (length & 0xff) + "\0\3\0\0user\0" + user + "\0\0");
        return CheckProgram.prepared(ConnectStep.LINGERING, SendStep.of(start, null),
                look(CheckStatus.L7_RESPONSE, Protocols::postgresAnswer));
    }

    private static Look.Seen postgresAnswer(CheckRun run) {
        if (run.length() < 5 && !run.isComplete()) {
            return Look.Seen.MORE;
        }
        byte[] in = run.bytes();
        if (in[0] == 'E') {
            return Look.Seen.wrong(CheckStatus.L7_RESPONSE, 0, line(run, 6));
        } else if (run.length() < 9 && !run.isComplete()) {
            return Look.Seen.MORE;
        }
        boolean known = run.length() >= 9 && in[0] == 'R' && in[1] == 0 && in[2] == 0 && in[3] == 0 && in[5] == 0
                && in[6] == 0 && in[7] == 0 && in[8] != 1 && in[8] >= 0 && in[8] <= 10;
        return known ? Look.Seen.right(CheckStatus.L7_OK, 0, "PostgreSQL server is ok")
                : Look.Seen.wrong(CheckStatus.L7_STATUS, 0, "PostgreSQL unknown error");
    }

    /** {@code smtpchk}: greeting, hello, goodbye, each answered by a status of the 200s. */
    public static CheckProgram smtp(String hello, String domain) {
        return CheckProgram.prepared(ConnectStep.LINGERING, look(CheckStatus.L7_RESPONSE, Protocols::smtpForm),
                look(CheckStatus.L7_STATUS, run -> smtpAnswer(run, false, false)),
                SendStep.of(octets(hello + " " + domain + "\r\n"), null),
                look(CheckStatus.L7_STATUS, run -> smtpAnswer(run, true, true)),
                SendStep.of(octets("QUIT\r\n"), null),
                look(CheckStatus.L7_STATUS, run -> smtpAnswer(run, false, false)));
    }

    private static Look.Seen smtpForm(CheckRun run) {
        if (run.length() < 4 && !run.isComplete()) {
            return Look.Seen.MORE;
        }
        boolean right = run.length() >= 4 && code(run, 0) >= 0 && (run.bytes()[3] == ' ' || run.bytes()[3] == '\r');
        return right ? Look.Seen.right(CheckStatus.L7_OK, code(run, 0), "")
                : Look.Seen.wrong(CheckStatus.L7_RESPONSE, 0, line(run, 0));
    }

    /** Three digits, or -1. */
    private static int code(CheckRun run, int at) {
        int number = 0;
        for (int i = at; i < at + 3; i++) {
            int digit = i < run.length() ? run.bytes()[i] - '0' : -1;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The line that ends an answer has no dash behind its code. */
    private static Look.Seen smtpAnswer(CheckRun run, boolean mayHaveLines, boolean patient) {
        int at = 0;
        while (mayHaveLines && code(run, at) / 100 == 2 && at + 3 < run.length() && run.bytes()[at + 3] == '-') {
            int end = at;
            while (end < run.length() && run.bytes()[end] != '\n') {
                end++;
            }
            at = end + 1;
        }
        int code = code(run, at);
        boolean ends = at + 3 < run.length() && (run.bytes()[at + 3] == ' ' || run.bytes()[at + 3] == '\r');
        if (code / 100 == 2 && ends) {
            return Look.Seen.right(CheckStatus.L7_OK, code, line(run, at + 4));
        }
        boolean decided = run.isComplete() || !patient && run.length() >= 4;
        return decided ? Look.Seen.wrong(CheckStatus.L7_STATUS, Math.max(0, code(run, 0)), line(run, 4))
                : Look.Seen.MORE;
    }

    /** {@code ssl-hello-chk}: a hello of SSLv3 is answered by a handshake or an alert. */
    public static CheckProgram sslHello() {
        Look answer = new Look(run -> run.length() < 5 && !run.isComplete() ? Look.Seen.MORE
                : run.length() > 0 && (run.bytes()[0] == 0x15 || run.bytes()[0] == 0x16)
                        ? Look.Seen.right(CheckStatus.L6_OK, 0, "") : Look.Seen.wrong(CheckStatus.L6_RESPONSE, 0, ""),
                CheckStatus.L6_TIMEOUT, CheckStatus.L6_RESPONSE);
        return CheckProgram.prepared(ConnectStep.IMPLIED, new SslHelloStep(), answer);
    }

    /** {@code ldap-check}: an anonymous bind succeeds. */
    public static CheckProgram ldap() {
        byte[] bind = Hexadecimal.read(octets("300C020101600702010304008000"), 28);
        return CheckProgram.prepared(ConnectStep.IMPLIED, SendStep.of(bind, null),
                look(CheckStatus.L7_RESPONSE, Protocols::ldapAnswer));
    }

    private static Look.Seen ldapAnswer(CheckRun run) {
        byte[] in = run.bytes();
        if (run.length() < 14) {
            return run.isComplete() ? Look.Seen.wrong(CheckStatus.L7_RESPONSE, 0, "") : Look.Seen.MORE;
        }
        // a sequence, of short or long length, with message number 1 and the answer to a bind
        int at = in[0] == 0x30 ? afterLength(in, 1, run.length()) : -1;
        boolean first = at > 0 && at + 4 <= run.length() && in[at] == 2 && in[at + 1] == 1 && in[at + 2] == 1
                && in[at + 3] == 0x61;
        at = first ? afterLength(in, at + 4, run.length()) : -1;
        if (at > 0 && at + 3 > run.length()) {
            return Look.Seen.MORE;
        }
        if (at < 0 || in[at] != 10 || in[at + 1] != 1) {
            return Look.Seen.wrong(CheckStatus.L7_RESPONSE, 0, "Not LDAPv3 protocol");
        }
        int code = in[at + 2] & 0xff;
        return code == 0 ? Look.Seen.right(CheckStatus.L7_OK, 0, "Success")
                : Look.Seen.wrong(CheckStatus.L7_STATUS, code,
                        "See RFC: http://tools.ietf.org/html/rfc4511#section-4.1.9");
    }

    /** Where a BER value begins whose length stands there; -1 when there is none such. */
    private static int afterLength(byte[] in, int at, int length) {
        if (at >= length) {
            return -1;
        }
        int more = in[at] >= 0 ? 0 : in[at] & 0x7f;
        return more > 4 || at + 1 + more > length ? -1 : at + 1 + more;
    }

    /** {@code mysql-check}: the server greets, and lets the user in where one is named. */
    public static CheckProgram mysql(byte[] login) {
        Look greeting = look(CheckStatus.L7_RESPONSE, run -> mysqlPacket(run, 0));
        if (login == null) {
            return CheckProgram.prepared(ConnectStep.LINGERING, greeting);
        }
        // one look at each: the greeting is said to be what the server is
        return CheckProgram.prepared(ConnectStep.LINGERING, SendStep.of(login, null), greeting,
                look(CheckStatus.L7_RESPONSE, run -> mysqlPacket(run, packetLength(run, 0))));
    }

    private static int packetLength(CheckRun run, int at) {
        byte[] in = run.bytes();
        return 4 + (in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16);
    }

    private static Look.Seen mysqlPacket(CheckRun run, int at) {
        byte[] in = run.bytes();
        if (run.length() < at + 5 || run.length() < at + packetLength(run, at)) {
            return run.isComplete() ? Look.Seen.wrong(CheckStatus.L7_RESPONSE, 0, "") : Look.Seen.MORE;
        }
        if ((in[at + 4] & 0xff) == 0xff) {
            int code = run.length() < at + 7 ? 0 : in[at + 5] & 0xff | (in[at + 6] & 0xff) << 8;
            return Look.Seen.wrong(CheckStatus.L7_STATUS, code, line(run, at + 7));
        }
        return Look.Seen.right(CheckStatus.L7_OK, 0, line(run, 5));
    }

    /** What logs a user in and out again; old clients know fewer words, new ones say how they authenticate. */
    public static byte[] mysqlLogin(String user, String dialect) {
        String body;
        if (dialect.equals("pre-41")) {
            body = "\u0000\u0080\0\0\u0001" + user + "\0\0";
        } else {
            boolean plugin = dialect.equals("post-80");
            body = "\0\u0082" + (plugin ? "\u0008" : "\0") + "\0\0\u0080\0\u0001!" + "\0".repeat(23) + user + "\0\0"
                    + (plugin ? "mysql_native_password\0" : "");
        }
        return octets((char) body.length() + "\0\0\1" + body + "\1\0\0\0\1");
    }

    /** {@code spop-check}: an agent says hello. */
    public static CheckProgram spop() {
        byte[] hello = octets("\1\0\0\0\1\0\0\22supported-versions\10\0032.0\16max-frame-size\3\374\360\6"
                + "\14capabilities\10\0\13healthcheck\21");
        byte[] frame = octets("\0\0\0" + (char) hello.length + new String(hello, StandardCharsets.ISO_8859_1));
        return CheckProgram.prepared(ConnectStep.IMPLIED, SendStep.of(frame, null),
                look(CheckStatus.L7_RESPONSE, SpopHello::seen));
    }

    /** The words of the agent's refusal, or of its hello. */
    private static final class SpopHello {

        private static final List<String> REASONS = List.of("normal", "I/O error", "a timeout occurred",
                "frame is too big", "invalid frame received", "version value not found",
                "max-frame-size value not found", "capabilities value not found", "unsupported version",
                "max-frame-size too big or too small", "fragmentation not supported", "invalid interlaced frames",
                "frame-id not found", "resource allocation error");
        private static final int AGENT_HELLO = 101;
        private static final int AGENT_DISCONNECT = 102;

        static Look.Seen seen(CheckRun run) {
            byte[] in = run.bytes();
            long size = run.length() < 4 ? 0 : (in[0] & 0xffL) << 24 | (in[1] & 0xff) << 16 | (in[2] & 0xff) << 8
                    | in[3] & 0xff;
            if (run.length() < 4 + Math.max(1, size)) {
                return run.isComplete() ? invalid() : Look.Seen.MORE;
            }
            int type = in[4] & 0xff;
            if (type == AGENT_HELLO) {
                return Look.Seen.right(CheckStatus.L7_OK, 0, "SPOA server is ok");
            }
            int code = type == AGENT_DISCONNECT ? statusCode(run) : -1;
            return code < 0 ? invalid() : Look.Seen.wrong(CheckStatus.L7_RESPONSE, 0,
                    code < REASONS.size() ? REASONS.get(code) : "an unknown error occurred");
        }

        private static Look.Seen invalid() {
            return Look.Seen.wrong(CheckStatus.L7_RESPONSE, 0, "invalid frame received");
        }

        /** The number behind the word {@code status-code}, -1 when there is none. */
        private static int statusCode(CheckRun run) {
            byte[] word = octets("\13status-code");
            for (int i = 4; i + word.length + 2 <= run.length(); i++) {
                if (java.util.Arrays.equals(run.bytes(), i, i + word.length, word, 0, word.length)) {
                    return run.bytes()[i + word.length + 1] & 0xff;
                }
            }
            return -1;
        }
    }
}
