package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Rows;
import dev.weir.admin.cli.Terminal;
import dev.weir.admin.cli.Text;
import dev.weir.config.lang.Numbers;
import dev.weir.flow.drive.LiveExchange;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;
import java.util.ArrayList;
import java.util.List;

/** Commands about what is under way: sessions, as their manual calls them. */
final class ExchangeCommands {

    private static final String HELP = """
            Usage: show sess [<id> | all | help] [<option>*]
              <id>           : all that is known of this session
              all            : all that is known of all sessions
              backend <b>    : only sessions that go to this backend
              frontend <f>   : only sessions that came in by this frontend
              older <age>    : only sessions that are older
              server <b>/<s> : only sessions with this server
              show-uri       : add the address that was asked for
            """;

    private final Site site;

    private ExchangeCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        ExchangeCommands own = new ExchangeCommands(site);
        table.add(new Command("show sess", Level.OPERATOR, "show sess [help|<id>|all|susp|older...]",
                "report the list of current streams or dump this exact stream", own::show));
        table.add(new Command("shutdown session", Level.ADMIN, "shutdown session [id]", "kill a specific session",
                own::shutdown));
        table.add(new Command("shutdown sessions server", Level.ADMIN, "shutdown sessions server <bk>/<srv>",
                "kill sessions on a server", own::shutdownServer));
    }

    /** Which exchanges are asked for. */
    private record Wanted(Terminal terminal, long number, boolean whole, boolean uri, String backend, String frontend, String server,
            long olderMs) {

        boolean has(LiveExchange live, Exchange exchange) {
            Server at = exchange.server();
            return (number < 0 || number == live.number())
                    && (frontend == null || frontend.equals(exchange.frontend().name()))
                    && (backend == null || exchange.backend() != null && backend.equals(exchange.backend().name()))
                    && (server == null || at != null && server.equals(at.toString()))
                    && exchange.totalMs() >= olderMs;
        }
    }

    private Answer show(Call call) {
        String frontend = null;
        String backend = null;
        String server = null;
        long number = -1;
        long older = 0;
        boolean whole = false;
        boolean uri = false;
        for (int i = 2; call.has(i); i++) {
            switch (call.word(i)) {
                case "help" -> {
                    return Text.dump(HELP);
                }
                case "all" -> whole = true;
                case "show-uri" -> uri = true;
                case "susp" -> older = Long.MAX_VALUE;
                case "frontend" -> frontend = call.word(++i);
                case "backend" -> backend = call.word(++i);
                case "server" -> server = call.word(++i);
                case "older" -> {
                    older = Numbers.time(call.word(++i), Numbers.Unit.S, Numbers.Unit.MS);
                    if (older < 0) {
                        return Text.error("Invalid age.");
                    }
                }
                default -> {
                    number = number(call.word(i));
                    whole |= number >= 0;
                }
            }
        }
        Wanted wanted = new Wanted(call.terminal(), number, whole, uri, backend, frontend, server, older);
        return Everywhere.<String>ask(site, call, (live, out) -> describe(wanted, live, out),
                rows -> listed(wanted, rows));
    }

    /** With the session that asks at the end, when nothing says which ones are wanted. */
    private static Answer listed(Wanted wanted, List<String> rows) {
        if (rows.isEmpty() && wanted.number >= 0) {
            return Text.error("Session not found.");
        }
        List<String> all = new ArrayList<>(rows);
        boolean any = wanted.frontend == null && wanted.backend == null && wanted.server == null && wanted.olderMs == 0;
        if (any && !wanted.whole && wanted.terminal.client() != null) {
            all.add(ExchangeText.asking(wanted.terminal));
        }
        return new Rows<>("", all, StringBuilder::append);
    }

    /** On the worker of the exchange. */
    private static void describe(Wanted wanted, LiveExchange live, List<String> out) {
        if (wanted.has(live, live.exchange())) {
            StringBuilder text = new StringBuilder();
            if (wanted.whole) {
                ExchangeText.whole(text, live);
            } else {
                ExchangeText.line(text, live, wanted.uri, wanted.terminal);
            }
            out.add(text.toString());
        }
    }

    /** {@code 0x..}, or -1. */
    private static long number(String word) {
        if (!word.startsWith("0x") || word.length() < 3 || word.length() > 17) {
            return -1;
        }
        for (int i = 2; i < word.length(); i++) {
            if (Character.digit(word.charAt(i), 16) < 0) {
                return -1;
            }
        }
        return Long.parseLong(word, 2, word.length(), 16);
    }

    private Answer shutdown(Call call) {
        long number = number(call.word(2));
        if (number <= 0) {
            return Text.error("Session pointer expected (use 'show sess').");
        }
        return Everywhere.<LiveExchange>ask(site, call, (live, out) -> {
            if (live.number() == number) {
                live.kill('K');
                out.add(live);
            }
        }, killed -> killed.isEmpty() ? Text.error("No such session (use 'show sess').") : Text.NOTHING);
    }

    private Answer shutdownServer(Call call) {
        Proxies.Found found = Proxies.server(site, call.word(3));
        if (found.error() != null) {
            return found.error();
        }
        Server server = found.server();
        if (server.state().inMaintenance()) {
            IdleConnections.close(site, server);
        }
        return Everywhere.<LiveExchange>ask(site, call, (live, out) -> {
            if (live.exchange().server() == server) {
                live.kill('K');
            }
        }, killed -> Text.NOTHING);
    }
}
