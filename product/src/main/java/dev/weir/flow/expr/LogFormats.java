package dev.weir.flow.expr;

import dev.weir.base.log.LogClock;

/**
 * Compiles log formats for one worker, and has the ones that need no {@code log-format}. Worker-owned.
 */
public final class LogFormats {

    /** {@code option tcplog}. */
    public static final String TCP = "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";

    /** {@code option tcplog clf}. */
    public static final String TCP_CLF = "%{+Q}o %{-Q}ci - - [%T] \"TCP \" 000 %B \"\" \"\" %cp %ms %ft %b %s %Th %Tw %Tc %Tt"
            + " %U %ts-- %ac %fc %bc %sc %rc %sq %bq \"\" \"\" ";

    /** {@code option httplog}. */
    public static final String HTTP = "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc "
            + "%ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r";

    /** {@code option httplog clf}. */
    public static final String HTTP_CLF = "%{+Q}o %{-Q}ci - - [%trg] %r %ST %B \"\" \"\" %cp %ms %ft %b %s %TR %Tw %Tc "
            + "%Tr %Ta %tsc %ac %fc %bc %sc %rc %sq %bq %CC %CS %hrl %hsl";

    /** {@code option httpslog}. */
    public static final String HTTPS = HTTP + " %[fc_err]/%[ssl_fc_err,hex]/%[ssl_c_err]/%[ssl_c_ca_err]"
            + "/%[ssl_fc_is_resumed] %[ssl_fc_sni]/%sslv/%sslc";

    /** No option at all: a line when the connection arrives. */
    private static final String CONNECT = "Connect from %ci:%cp to %fi:%fp (%f/";

    /** Aliases of our own, which no user can write since they are no names. */
    static final String LISTENER = "\0listener";
    static final String ERROR_TEXT = "\0error";

    /**
     * The answer to {@link #compile}.
     *
     * @param format null when the text is wrong
     * @param error what is wrong, for the user, else null
     */
    public record Compiled(LogFormat format, String error) {}

    private final LogAliases aliases;
    private final LogValues values;
    private final boolean http;

    /** @param http whether aliases that tell of a request may be used */
    public LogFormats(LogClock clock, String hostname, long pid, LogValues values, boolean http) {
        this.aliases = new LogAliases(clock, hostname, pid);
        this.values = values;
        this.http = http;
    }

    /** {@code log-format}, {@code error-log-format}, {@code log-format-sd}: blanks merge. */
    public Compiled compile(String text) {
        return compiler(text).compile(true);
    }

    /** {@code unique-id-format}: blanks merge too, and the text is safe to stand in a header. */
    public Compiled compileForHeader(String text) {
        return compiler(text).encoding().compile(true);
    }

    /** Everywhere else: blanks are kept as written. */
    public Compiled compileKeepingBlanks(String text) {
        return compiler(text).compile(false);
    }

    /** The line of a frontend without any log option, {@code mode} being TCP or HTTP. */
    public LogFormat connect(String mode) {
        return compile(CONNECT + mode + ")").format();
    }

    /** The line of a session that died before it became one: {@code 127.0.0.1:56059 [date] frt/f1: why}. */
    public LogFormat error() {
        LogFormatCompiler compiler = compiler("%ci:%cp [%t] %f/");
        compiler.compile(true);
        compiler.alias(LISTENER);
        compiler.literal(": ");
        compiler.alias(ERROR_TEXT);
        return compiler.format(true);
    }

    private LogFormatCompiler compiler(String text) {
        return new LogFormatCompiler(text, aliases, values, http);
    }
}
