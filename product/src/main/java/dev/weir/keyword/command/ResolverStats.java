package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Text;
import dev.weir.admin.stats.TypedValues;
import dev.weir.upkeep.resolve.DnsCounter;
import dev.weir.upkeep.resolve.NameService;
import java.util.List;
import java.util.Locale;

/** {@code show stat domain resolvers}: the counters of each name server in the three forms. Stateless. */
final class ResolverStats {

    private static final String ID_TAGS = "CGPV";
    private static final String TAGS = "MGPV";

    private ResolverStats() {}

    /** How one name server is written. */
    private interface Form {
        void write(StringBuilder out, String name, NameService service, int index);
    }

    static Answer show(Site site, List<String> words) {
        boolean json = words.contains("json");
        boolean described = words.contains("desc");
        StringBuilder out = new StringBuilder();
        if (json) {
            out.append('[');
            each(site, out, ResolverStats::json);
            out.append("]\n");
        } else if (words.contains("typed")) {
            each(site, out, (to, name, service, index) -> typed(to, name, service, index, described));
        } else {
            out.append("# id,pid,");
            for (DnsCounter counter : DnsCounter.values()) {
                out.append(name(counter)).append(',');
            }
            out.append('\n');
            each(site, out, ResolverStats::csv);
        }
        return Text.dump(out);
    }

    private static void each(Site site, StringBuilder out, Form form) {
        for (NameService service : site.resolvers().get()) {
            for (int i = 0; i < service.spec().nameservers().size(); i++) {
                form.write(out, service.spec().nameservers().get(i).name(), service, i);
            }
        }
    }

    private static String name(DnsCounter counter) {
        return counter.name().toLowerCase(Locale.ROOT);
    }

    private static void csv(StringBuilder out, String name, NameService service, int index) {
        out.append(name).append(',').append(service.spec().name()).append(',');
        for (DnsCounter counter : DnsCounter.values()) {
            out.append(service.count(index, counter)).append(',');
        }
        out.append('\n');
    }

    private static void typed(StringBuilder out, String name, NameService service, int index, boolean described) {
        out.append("N.0.id:").append(ID_TAGS).append(":str:").append(name).append(described ? ":\"ID\"\n" : "\n");
        out.append("N.1.pid:").append(ID_TAGS).append(":str:").append(service.spec().name())
                .append(described ? ":\"Parent ID\"\n" : "\n");
        for (DnsCounter counter : DnsCounter.values()) {
            out.append("N.").append(counter.ordinal() + 2).append('.').append(name(counter)).append(':').append(TAGS)
                    .append(":u64:").append(service.count(index, counter));
            out.append(described ? ":\"" + name(counter).replace('_', ' ') + "\"\n" : "\n");
        }
    }

    private static void json(StringBuilder out, String name, NameService service, int index) {
        out.append(out.length() > 1 ? ",[{" : "[{");
        TypedValues.json(out, 0, "id", ID_TAGS);
        TypedValues.jsonText(out, name);
        out.append("},{");
        TypedValues.json(out, 1, "pid", ID_TAGS);
        TypedValues.jsonText(out, service.spec().name());
        for (DnsCounter counter : DnsCounter.values()) {
            out.append("},{");
            TypedValues.json(out, counter.ordinal() + 2, name(counter), TAGS);
            TypedValues.jsonNumber(out, "u64", service.count(index, counter));
        }
        out.append("}]");
    }
}
