package dev.weir.keyword.directive;

import dev.weir.config.compile.Section;
import dev.weir.config.compile.Vocabulary;
import java.util.List;

/** The list of all directive families: what the configuration can say. */
public final class Directives {

    private Directives() {}

    /** What may stand on a {@code server} line. */
    public static List<String> serverOptions() {
        return List.copyOf(ServerOptions.TABLE.names());
    }

    /** What may stand on a {@code bind} line. */
    public static List<String> bindOptions() {
        return List.copyOf(BindOptions.TABLE.names());
    }

    /** A fresh vocabulary; cheap, since tables are read when a section first needs them. */
    public static Vocabulary vocabulary() {
        Vocabulary vocabulary = new Vocabulary()
                .with(Section.GLOBAL, new ProcessDirectives())
                .with(Section.GLOBAL, new EnvironmentDirectives())
                .with(Section.GLOBAL, new SocketDirectives())
                .with(Section.GLOBAL, new TuningDirectives())
                .with(Section.GLOBAL, new LogDirectives(true))
                .with(Section.LISTEN, new ProxyDirectives())
                .with(Section.LISTEN, new BalanceDirectives())
                .with(Section.LISTEN, new BindDirectives())
                .with(Section.LISTEN, new ServerDirectives())
                .with(Section.LISTEN, new TimeoutDirectives())
                .with(Section.LISTEN, new OptionDirectives())
                .with(Section.LISTEN, new CheckDirectives())
                .with(Section.LISTEN, new LogDirectives(false))
                .with(Section.LISTEN, new StatsDirectives())
                .with(Section.LISTEN, new RuleDirectives())
                .with(Section.LISTEN, new RemovedDirectives())
                .with(Section.RESOLVERS, new ResolversDirectives());
        for (Section section : Section.values()) {
            if (section.isOther()) {
                vocabulary.with(section, switch (section) {
                    case PEERS -> new PeersDirectives();
                    case RING -> new RingDirectives();
                    case LOG_FORWARD -> new LogForwardDirectives();
                    case LOG_PROFILE -> new LogProfileDirectives();
                    default -> new OtherSections(section);
                });
            }
        }
        return vocabulary;
    }
}
