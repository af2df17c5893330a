package dev.weir.flow.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogLine;
import dev.weir.text.Escaped;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines and messages are those of HAProxy 2.6 for the same formats. */
class LogFormatTest {

    /** Knows {@code [src]}, {@code [none]}, {@code [hex(...)]} and nothing else. */
    private static LogValues.Compiled values(String text, int from) {
        int end = text.indexOf(']', from);
        String name = text.substring(from, end < 0 ? text.length() : end);
        if (name.equals("src")) {
            return new LogValues.Compiled((r, out) -> text(out.put(r.source().host())), from + 3, null);
        } else if (name.equals("none")) {
            return new LogValues.Compiled((r, out) -> LogValue.Type.ABSENT, from + 4, null);
        } else if (name.startsWith("hex(")) {
            byte[] bytes = java.util.HexFormat.of().parseHex(name.substring(4, name.length() - 1));
            return new LogValues.Compiled((r, out) -> text(out.put(bytes)), end, null);
        }
        return new LogValues.Compiled(null, from, "unknown fetch method '" + name + "'.");
    }

    private static LogValue.Type text(LogLine out) {
        return LogValue.Type.TEXT;
    }

    private final LogFormats formats = new LogFormats(new LogClock(ZoneId.of("UTC")), "vm", 14717, LogFormatTest::values, false);

    private static String line(LogFormat format, String settings) {
        Map<String, Object> set = new HashMap<>();
        for (String setting : settings == null ? new String[0] : settings.split(";")) {
            String[] part = setting.split("=", 2);
            set.put(part[0], new String(Escaped.bytes(part[1]), StandardCharsets.ISO_8859_1));
        }
        LogLine out = new LogLine();
        format.write(new FakeRecord(set), out);
        return new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1);
    }

    private static final String ALL = "%Ts %T %Tl %t %ms %Tc %Td %Th %Tt %Tu %Tw %B %H %ID %ST %U %ac %b %bc %bi %bp %bq"
            + " %ci %cp %f %fc %fi %fp %ft %lc %hr %hrl %hs %hsl %pid %rc %rt %s %sc %si %sp %sq %ts";

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "%{-Q}o ! 1795252177 21/Nov/2026:09:09:37 +0000 21/Nov/2026:09:09:37 +0000 21/Nov/2026:09:09:37.219 219 0 0 0 0 0 1 0 vm - 0 3 1 g1 0 127.0.0.1 50090 0 127.0.0.1 37724 g1 1 127.0.0.1 7311 g1 0 14717 0 9 a 0 127.0.0.1 7201 0 --",
        "%{+Q}o ! 1795252177 21/Nov/2026:09:09:37 +0000 21/Nov/2026:09:09:37 +0000 21/Nov/2026:09:09:37.219 219 0 0 0 0 0 1 0 \"vm\" \"\" 0 3 1 \"g1\" 0 \"127.0.0.1\" 50090 0 \"127.0.0.1\" 37724 \"g1\" 1 \"127.0.0.1\" 7311 \"g1\" 0 14717 0 9 \"a\" 0 \"127.0.0.1\" 7201 0 --",
        "%{+X}o ! 6B015FD1 21/Nov/2026:09:09:37 +0000 21/Nov/2026:09:09:37 +0000 21/Nov/2026:09:09:37.219 DB 0 0 0 0 0 1 0 vm - 0 3 1 g1 0 7F000001 C3AA 0 7F000001 935C g1 1 7F000001 1C8F g1 0000 397D 0 0009 a 0 7F000001 1C21 0 --"})
    void writesEveryAlias(String flags, String expected) {
        assertEquals(expected.trim(), line(formats.compile(flags.trim() + " " + ALL).format(), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "%b%%! ! g1%", "%%%b! ! %g1", "100%%! ! 100%", "%%%%! ! %%",
        "\\s\\slead\\s%{+Q}s\\s\\s%{+X}cp%{-Q}ci\\send\\s\\s! ! lead \"a\" 935C127.0.0.1 end\\s",
        "a%hr\\sb\\s%hr\\s%hr\\sc\\s[%hr]\\s%hr! ! a b c []\\s",
        "%{Q}b\\s%{Q}o%b\\s%{foo}b\\s%b_c\\s%{-Q}o%b\\s%[src]x! ! g1 g1 g1 g1_c g1 127.0.0.1x",
        "%{+Q,+X}o\\s%cp\\s%{-X}cp\\s%{+X}ci\\s%ID\\s%sslc\\s%sslv\\s%tsc\\s%fi\\s%b%b%b! ! 935C 37724 7F000001 \"\" \"\" \"\" ---- 7F000001 \"g1\"\"g1\"\"g1\"",
        "%(name)b\\s%(n:str)[src]\\s%(n){+Q}b! ! g1 127.0.0.1 \"g1\"",
        "%[hex(41225d5c)]\\s%{+E}[hex(41225d5c)]\\s%{+Q,+E}[hex(41225d5c)]! ! A\"]\\\\ A\\\\\"\\\\]\\\\\\\\ \"A\\\\\"\\\\]\\\\\\\\\"",
        "%[hex(610a1b00ff7f62)]! ! a#0A#1B#00#FF#7Fb",
        "%[none]\\s%{+Q}[none]! ! - \"\"",
        "%s\\s%{+Q}s\\s%{+X}si\\s%sp\\s%bi\\s%bp!srv=null;sdst=null;ssrc=null! <NOSRV> \"<NOSRV>\" - - - -",
        "%ci:%cp\\s%fi:%fp\\s%{+Q}ci\\s%{+X}cp\\s%si:%sp!src=/s;dst=/s;sdst=/d;lid=3! unix:3 unix:3 \"unix\" 3 unix:0",
        "%{+X}o\\s%ci:%cp\\s%{-X}o\\s%ci:%cp!src=::1 46162! 00000000000000000000000000000001:B452 ::1:46162",
        "%Tc\\s%Td\\s%Th\\s%Tt\\s%Tu\\s%Tw\\s%B\\s%U\\s%rc\\s%ts!partial=1;Tw=0;U=0! 0 0 0 +0 +0 0 +0 0 0 --",
        "%rc\\s%ts\\s%Tc!rc=3;redis=1;ts=sC;Tc=-1! +3 sC -1",
        "%{+X}ms\\s%ms!micros=1795252177009000! 09 009",
        "%{+Q}ft\\s%ft\\s%f\\s%OG!tls=1! \"g1~\" g1~ g1 txn_close"})
    void writesWhatTheFormatSays(String format, String settings, String expected) {
        String text = new String(Escaped.bytes(format.trim()), StandardCharsets.ISO_8859_1);
        assertEquals(new String(Escaped.bytes(expected.trim()), StandardCharsets.ISO_8859_1),
                line(formats.compile(text).format(), settings == null || settings.isBlank() ? null : settings.trim()));
    }

    private final LogFormats ofHttp = new LogFormats(new LogClock(ZoneId.of("UTC")), "vm", 14717, LogFormatTest::values,
            true);

    /** Those of requests. The encodings are newer than 2.6. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "%HM\\s%HP\\s%HPO\\s%HQ\\s%HU\\s%HV\\s%{+Q}r! ! GET /a/b /a/b ?c=d /a/b?c=d HTTP/1.1 \"GET /a/b?c=d HTTP/1.1\"",
        "%HM\\s%HPO\\s%{+Q}HQ!line=GET http://h/p HTTP/1.0! GET /p \"\"", "%r\\s%{+Q}HM!line=null! <BADREQ> \"<BADREQ>\"",
        "%r!line=A /\"#{|}\\x01 B! A /#22#23{|}#01 B", "%tr\\s%trg! ! 21/Nov/2026:09:09:38.319 21/Nov/2026:09:09:38 +0000",
        "%Ta/%Ti/%Tq/%TR/%Tr! ! 11/2/5/3/7", "%Ta!partial=1! +11", "%CC\\s%CS\\s%tsc!CC=a=1;ts=sD;cookie=VN! a=1 - sDVN",
        "%hr\\s%hs!hr=a,-,c{d|e}! {a||c#7Bd#7Ce#7D}\\s", "%hrl\\s%{+Q}hrl!hr=a,-,c! a - c \"a\" \"\" \"c\"",
        "%{+Q}hr!hr=a! \"{a}\"",
        "%{+json}o\\sx%(request)r\\s%(t)[src]\\s%B\\s%(b)B\\s%(c)CC!partial=1;B=7! {\"request\": \"GET /a/b?c=d HTTP/1.1\", \"t\": \"127.0.0.1\", \"b\": 7, \"c\": null}",
        "%{+json}o%(a:str)B%(b:bool)B%(c:sint)f%(d)hrl!B=7;hr=a,b! {\"a\": \"7\", \"b\": true, \"c\": 0, \"d\": [\"a\", \"b\"]}",
        "%{+json}f\\s%{+json}B\\s%f!fe=a\"b\\x0ac! \"a\\\\\"b\\\\u000Ac\" 0 a\"b#0Ac",
        "%{+cbor}o%(a)B%(b)ci!B=300! BF616119012C6162693132372E302E302E31FF", "%{+cbor}CC\\s%{+cbor}Tc!Tc=-1! F6 20",
        "%{+cbor,+bin}o%(a)sq! ! \\xbf\\x61a\\x00\\xff", "%{+bin}o%f!fe=a\\x01! a\\x01"})
    void writesRequestsAndEncodings(String format, String settings, String expected) {
        String text = new String(Escaped.bytes(format.trim()), StandardCharsets.ISO_8859_1);
        assertEquals(new String(Escaped.bytes(expected.trim()), StandardCharsets.ISO_8859_1),
                line(ofHttp.compile(text).format(), settings == null || settings.isBlank() ? null : settings.trim()));
    }

    @Test
    void hasTheBuiltInFormats() {
        assertEquals("127.0.0.1:58702 [21/Nov/2026:09:09:37.219] f_local f_local/a 1/0/0 0 -- 1/1/0/0/0 0/0",
                line(formats.compile(LogFormats.TCP).format(), "src=127.0.0.1 58702;fe=f_local;be=f_local"));
        assertEquals("127.0.0.1:46672 [21/Nov/2026:09:09:37.219] g6 g6/a 1/0/+0 +0 -- 1/1/1/1/0 0/0",
                line(formats.compile(LogFormats.TCP).format(), "src=127.0.0.1 46672;fe=g6;be=g6;partial=1;bc=1;sc=1"));
        assertEquals("Connect from 127.0.0.1:57616 to 127.0.0.1:7317 (g7/TCP)",
                line(formats.connect("TCP"), "src=127.0.0.1 57616;dst=127.0.0.1 7317;fe=g7"));
        assertEquals("127.0.0.1:44024 [21/Nov/2026:09:09:37.219] q4/feX: Truncated PROXY protocol header received",
                line(formats.error(), "src=127.0.0.1 44024;fe=q4;lname=feX;err=Truncated PROXY protocol header received"));
        assertEquals("127.0.0.1 - - [21/Nov/2026:09:09:37 +0000] \"TCP \" 000 7 \"\" \"\" 37724 219 \"g1\" \"g1\" \"a\" 0 1 0 0 3"
                + " sC-- 1 1 0 0 0 0 0 \"\" \"\" ", line(formats.compile(LogFormats.TCP_CLF).format(), "B=7;ts=sC"));
    }

    @Test
    void keepsBlanksWhereTheyCount() {
        assertEquals("  a  g1 ", line(formats.compileKeepingBlanks("  a  %b ").format(), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "%zz ! no such format variable 'zz'. If you wanted to emit the '%' character verbatim, you need to use '%%'.",
        "%ci%cpfoo ! no such format variable 'cpfoo'. If you wanted to emit the '%' character verbatim, you need to use '%%'.",
        "%r ! format variable 'r' is reserved for HTTP mode.", "x %HU ! format variable 'HU' is reserved for HTTP mode.",
        "%{+Q ! truncated line after '+Q'.", "a% ! truncated line after '%'.",
        "%{+Q} ! parse argument modifier without variable name near '%{+Q}'.",
        "%{+Q}%b ! parse argument modifier without variable name near '%{+Q}'.",
        "%5 ! unexpected variable name near '5' at position 1 line : '%5'. Maybe you want to write a single '%', use the syntax '%%'.",
        "%(a:float)b ! unexpected output type 'float' near '%(a:float)'.",
        "%[src ! missing ']' after 'src'.", "%[nosuch] ! unknown fetch method 'nosuch'."})
    void saysWhatIsWrong(String format, String error) {
        LogFormats.Compiled compiled = formats.compile(format.trim());
        assertNull(compiled.format());
        assertEquals(error.trim(), compiled.error());
    }
}
