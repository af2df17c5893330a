package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.base.address.Address;
import dev.weir.config.compile.Generation;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.BadMessage;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code show errors}: the last messages that broke the protocol (management.txt 9.3). */
final class ErrorCommands {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss.SSS", Locale.ROOT);
    private static final int BUFFER = 16_384;
    /** No line of the dump is longer. */
    private static final int WIDTH = 79;

    private final Site site;

    private ErrorCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        table.add(new Command("show errors", Level.OPERATOR, "show errors [<px>] [request|response]",
                "report last request and/or response errors for each proxy", new ErrorCommands(site)::show));
    }

    private Answer show(Call call) {
        String first = call.word(2);
        String kind = call.word(3);
        int id = !call.has(2) ? -1 : Whole.is(first) ? Whole.leading(first) : numberOf(first);
        if (id == Integer.MIN_VALUE) {
            return Text.error("No such proxy.");
        }
        StringBuilder out = new StringBuilder("Total events captured on [")
                .append(date(site.runtime().conductor().wallMicros())).append("] : ")
                .append(site.runtime().totals().badMessages().get()).append('\n');
        Generation now = site.now();
        for (ProxySpec spec : now.proxies()) {
            Frontend frontend = now.frontendOf(spec);
            Backend backend = now.backendOf(spec);
            BadMessage request = frontend == null ? null : frontend.badRequest();
            BadMessage response = backend == null ? null : backend.badResponse();
            if (request != null && !kind.equals("response") && (id == -1 || concerns(request, id))) {
                report(out, request);
            }
            if (response != null && !kind.equals("request") && (id == -1 || concerns(response, id))) {
                report(out, response);
            }
        }
        return Text.dump(out);
    }

    private int numberOf(String name) {
        for (ProxySpec spec : site.now().proxies()) {
            if (spec.name().equals(name)) {
                return spec.id();
            }
        }
        return Integer.MIN_VALUE;
    }

    private static boolean concerns(BadMessage message, int id) {
        return message.frontend().id() == id || message.backend() != null && message.backend().id() == id;
    }

    private static String date(long wallMicros) {
        return DATE.format(Instant.ofEpochMilli(wallMicros / 1000).atZone(ZoneId.systemDefault()));
    }

    private static void report(StringBuilder out, BadMessage message) {
        Frontend frontend = message.frontend();
        Backend backend = message.backend();
        String behind = backend == null ? "<NONE> (#-1)" : backend.name() + " (#" + backend.id() + ")";
        out.append(" \n[").append(date(message.wallMicros()));
        if (message.isResponse()) {
            out.append("] backend ").append(behind).append(": invalid response\n  frontend ").append(frontend.name())
                    .append(" (#").append(frontend.id()).append(')');
        } else {
            out.append("] frontend ").append(frontend.name()).append(" (#").append(frontend.id())
                    .append("): invalid request\n  backend ").append(behind);
        }
        int length = message.bytes().length;
        out.append(", server ").append(message.server() == null ? "<NONE>" : message.server()).append(" (#")
                .append(message.server() == null ? -1 : message.serverId()).append("), event #")
                .append(message.number()).append(", src ").append(source(message.source()))
                .append("\n  buffer starts at 0 (including 0 out), ").append(Math.max(0, BUFFER - length))
                .append(" free,\n  len ").append(length).append(", wraps at ").append(BUFFER - 40)
                .append(", error at position ").append(message.fault())
                .append("\n  H1 connection flags 0x00000000, H1 stream flags 0x00000810\n  H1 msg state ")
                .append(message.state()).append(", H1 msg flags 0x").append(message.isResponse() ? "00001404" : "00001400")
                .append("\n  H1 chunk len ").append(message.chunkLeft()).append(" bytes, H1 body len ")
                .append(message.bodyLength()).append(" bytes :\n  \n");
        dump(out, message.bytes());
    }

    private static String source(Address address) {
        return address.family().isIp() ? address.toString() : "unix:0";
    }

    /** A line of input on each line, long ones in pieces. */
    private static void dump(StringBuilder out, byte[] bytes) {
        int at = 0;
        boolean continued = false;
        while (at < bytes.length) {
            int begin = out.length();
            out.append("  ").append(Integer.toString(100_000 + at), 1, 6).append(continued ? "+ " : "  ");
            continued = true;
            while (at < bytes.length && continued && out.length() - begin + width(bytes[at]) <= WIDTH) {
                continued = bytes[at] != '\n';
                escape(out, bytes[at++]);
            }
            out.append('\n');
        }
    }

    private static int width(byte b) {
        boolean letter = b == '\t' || b == '\n' || b == '\r' || b == 27 || b == '\\';
        return letter ? 2 : b >= ' ' && b < 127 ? 1 : 4;
    }

    private static void escape(StringBuilder out, byte b) {
        switch (b) {
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case 27 -> out.append("\\e");
            case '\\' -> out.append("\\\\");
            default -> {
                if (b >= ' ' && b < 127) {
                    out.append((char) b);
                } else {
                    out.append("\\x").append(digit(b >> 4)).append(digit(b));
                }
            }
        }
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value & 15, 16));
    }
}
