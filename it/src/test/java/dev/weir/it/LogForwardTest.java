package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of syslog messages that {@code log-forward} sections receive. Each section is named by its format. */
@ParameterizedClass
@EnumSource(Product.class)
class LogForwardTest {

    private static final Stage STAGE = new Stage();
    private static final String[] FORMATS = {"raw", "short", "timed", "iso", "rfc3164", "rfc5424", "local", "priority"};
    private static Proxy proxy;
    private static Syslog syslog;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.LOGS);
        syslog = STAGE.add(new Syslog());
        // HAProxy 2.6 knows one way with hosts, which is not the default any more
        String keep = product == Product.WEIR ? " option host keep\n" : "";
        StringBuilder text = new StringBuilder();
        section(text, "same", "local3", keep);
        section(text, "err", "local3 err", keep);
        section(text, "floor", "local3 debug err", keep);
        section(text, "cut", "len 80 format raw local3", keep);
        section(text, "sample", "format raw sample 2:2 local3", keep);
        for (String format : FORMATS) {
            section(text, format, "format " + format + " local3", keep);
        }
        if (product == Product.WEIR) {
            for (String rule : new String[] {"replace", "fill", "append"}) {
                section(text, "host_" + rule, "format rfc5424 local3", " option host " + rule + "\n");
            }
            section(text, "unparsed", "format raw local3", " option dont-parse-log\n");
            section(text, "lines", "format raw local3", " option assume-rfc6587-ntf\n timeout client 200ms\n");
        }
        proxy = STAGE.add(product.launch().port("syslog", syslog.port()).start(text.toString()));
    }

    private static void section(StringBuilder text, String name, String log, String more) {
        String port = " 127.0.0.1:{port:" + name + "}\n";
        text.append("log-forward ").append(name).append("\n dgram-bind").append(port).append(" bind").append(port)
                .append(more).append(" log 127.0.0.1:{port:syslog} ").append(log).append('\n');
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @BeforeEach
    void forget() {
        syslog.clear();
    }

    /** Section, datagram, line. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "same ! <34>Oct 11 22:14:15 h su[123]: text ! <34>Oct 11 22:14:15 h su[123]: text",
        "same ! <34>Oct  1 22:14:15 h no tag ! <34>Oct  1 22:14:15 h no tag",
        "same ! <34>no date ! <34>no date", "same ! no priority ! no priority", "same ! <>x ! <0>x",
        "same ! <00>x ! <0>x", "same ! <-1>x ! <-1>x", "same ! <999>x ! <999>x",
        "same ! <165>1 2003-10-11T22:14:15.003Z h a 7 ID [e a=\"1\"] t ! <165>1 2003-10-11T22:14:15.003Z h a 7 ID [e a=\"1\"] t",
        "same ! <165>1 2003-10-11T22:14:15Z - app 1 ID - t ! <165>Oct 11 22:14:15 app[1]: t",
        "same ! <165>1 - - - - - - only text ! <165>only text",
        "same ! <165>1 - h a - - - t ! <165>1 - h a - - - t",
        "same ! <165>2 - h a - - - t ! <165>2 - h a - - - t",
        "err ! <35>x ! <35>x", "err ! no priority ! no priority", "floor ! <32>x ! <35>x", "floor ! <38>x ! <38>x",
        "cut ! <34>0123456789012345678901234567890123456789012345678901234567890123456789012345678901234 ! 01234567890123456789012345678901234567890123456789012345678901234567890123456789",
        "raw ! <34>Oct 11 22:14:15 h su[123]: text ! text", "raw ! <34>Oct 11 22:14:15 h su text ! su text",
        "raw ! <34>Oct 11 22:14:15 h prog[1 x]: text ! prog[1 x]: text", "raw ! <34>Oct 11 22:14:15 h p:t ! p:t",
        "raw ! <34>Oct 1 22:14:15 h p: t ! Oct 1 22:14:15 h p: t", "raw ! <34>Foo 11 22:14:15 h p: t ! Foo 11 22:14:15 h p: t",
        "raw ! <165>1 2003-10-11T22:14:15Z h a - - [e a=\"x\\]y\"][f] t ! t",
        "short ! <34>Oct 11 22:14:15 h su[123]: text ! <2>text", "short ! no priority ! <0>no priority",
        "timed ! <165>1 2003-08-24T05:14:15.000003-07:00 h a 7 - - t ! <5>2003-08-24T05:14:15.000003-07:00 t",
        "timed ! <34>no date ! <2>NOW no date", "iso ! <34>Oct  1 22:14:15 h su: t ! YEAR-10-01T22:14:15-00:00 t",
        "iso ! <165>1 - h a - - - t ! NOW t",
        "rfc3164 ! <165>1 2003-08-04T05:14:15Z h a 7 - - t ! <165>Aug  4 05:14:15 h a[7]: t",
        "rfc3164 ! <165>1 2003-08-14T05:14:15Z h - 7 - - t ! <165>Aug 14 05:14:15 h t",
        "rfc3164 ! <165>1 2003-13-14T05:14:15Z h - - - - t ! <165>DATE h t",
        "rfc3164 ! <34>text ! <34>DATE localhost text", "rfc3164 ! text ! <152>DATE localhost text",
        "rfc5424 ! <34>Oct 11 22:14:15 h su[123]: text ! <34>1 YEAR-10-11T22:14:15-00:00 h su 123 - - text",
        "rfc5424 ! <34>Oct 11 22:14:15 h text ! <34>1 YEAR-10-11T22:14:15-00:00 h - - - - text",
        "rfc5424 ! <34>text ! <34>1 NOW - - - - - text", "rfc5424 ! text ! <152>1 NOW - - - - - text",
        "rfc5424 ! <165>1 - - - - - - text ! <165>1 - - - - - - text",
        "local ! <34>Oct 11 22:14:15 h su[123]: text ! <34>Oct 11 22:14:15 su[123]: text",
        "local ! text ! <152>DATE text", "priority ! <34>Oct 11 22:14:15 h su: t ! <34>t", "priority ! t ! <152>t",
        "host_replace ! <34>Oct 11 22:14:15 h su: t ! <34>1 YEAR-10-11T22:14:15-00:00 127.0.0.1 su - - - t",
        "host_replace ! <34>t ! <34>1 NOW 127.0.0.1 - - - - t",
        "host_fill ! <34>Oct 11 22:14:15 h su: t ! <34>1 YEAR-10-11T22:14:15-00:00 h su - - - t",
        "host_fill ! <165>1 - - a - - - t ! <165>1 - 127.0.0.1 a - - - t",
        "host_append ! <165>1 - h a - - - t ! <165>1 - h,127.0.0.1 a - - - t",
        "host_append ! <34>t ! <34>1 NOW 127.0.0.1 - - - - t",
        "unparsed ! <34>Oct 11 22:14:15 h su: t ! <34>Oct 11 22:14:15 h su: t",
    })
    void convertsADatagram(String section, String datagram, String expected) throws Exception {
        Assumptions.assumeTrue(product == Product.WEIR || !section.matches("host_.*|unparsed"), "newer than 2.6");
        send(section, datagram);
        String line = syslog.next(each -> true);
        assertEquals(expected, mask(line), () -> product + ": " + line);
    }

    /** Section, pieces of a stream, lines. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "raw ! <31>one~<31>two~ ! one,two", "raw ! <31>on|e~<31>tw|o~ ! one,two", "raw ! 7 <31>one8 <31>four ! one,four",
        "raw ! 7| <3|1>one8 <31>|four ! one,four", "raw ! 7 <31>one<31>lf~8 <31>four ! one,lf,four",
        "raw ! <31>one~unfinished ! one", "raw ! 8 <31>one~7 <31>two ! one,two", "raw ! 9 <31>one ! ",
        "raw ! garbage~<31>x~ ! ", "raw ! 07 <31>one ! ", "raw ! 999999999999 <31>one ! ", "raw ! -7 <31>one ! ",
        "raw ! <31>one~~<31>two~ ! one", "raw ! 17000 <31>one ! ",
        "lines ! 7 <31>one~garbage~<31>x~ ! 7 <31>one,garbage,x",
    })
    void cutsAStream(String section, String pieces, String expected) throws Exception {
        Assumptions.assumeTrue(product == Product.WEIR || !section.equals("lines"), "newer than 2.6");
        // at times 2.6 gives up on a count that it has not seen whole
        Assumptions.assumeTrue(product == Product.WEIR || !pieces.startsWith("7|"));
        try (Client client = proxy.connect(section)) {
            for (String piece : pieces.split("\\|")) {
                client.send(piece.replace('~', '\n'));
                Thread.sleep(20);
            }
            for (String line : expected == null ? new String[0] : expected.split(",")) {
                assertEquals(line, syslog.next(each -> true));
            }
            // anything too many would be before this one
            send("raw", "<31>last");
            assertEquals("last", syslog.next(each -> true));
        }
    }

    @ParameterizedTest
    @CsvSource({"sample, 4"})
    void sendsASample(String section, int messages) throws Exception {
        for (int i = 1; i <= messages; i++) {
            send(section, "<31>" + i);
        }
        assertEquals("2", syslog.next(each -> true));
        assertEquals("4", syslog.next(each -> true));
    }

    private static void send(String section, String text) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), proxy.port(section)));
        }
    }

    private static String mask(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}[+]\\d\\d:\\d\\d", "NOW")
                .replaceAll("\\d{4}(?=-\\d\\d-\\d\\dT\\S+-00:00)", "YEAR")
                // the dates of the messages themselves all have one of these times
                .replaceAll("[A-Z][a-z]{2} [ \\d]\\d (?!22:14:15|05:14:15)\\d\\d:\\d\\d:\\d\\d", "DATE");
    }
}
