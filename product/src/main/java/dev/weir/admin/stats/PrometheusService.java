package dev.weir.admin.stats;

import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Service;
import dev.weir.wire.http.Head;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code use-service prometheus-exporter}: the metrics in the format of Prometheus 0.0.4. Immutable. */
public final class PrometheusService implements Service {

    /** What there is to tell at the moment of a scrape. */
    public interface Content {

        List<InfoField> process();

        StatsSource rows(boolean hidesMaintenance);

        List<Table> tables();

        List<NameServer> nameServers();
    }

    /** A stick table. */
    public record Table(String name, String type, long size, long used, long updates) {}

    /** A name server of a resolvers section, with its counters by their names. */
    public record NameServer(String resolvers, String name, List<Counter> counters) {

        /** How often something happened. */
        public record Counter(String name, long value) {}
    }

    private static final byte[] NAME = "<PROMEX>".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<Content> content;

    public PrometheusService(Supplier<Content> content) {
        this.content = content;
    }

    @Override
    public byte[] name() {
        return NAME;
    }

    @Override
    public boolean passesResponseRules() {
        return true;
    }

    @Override
    public Reply answer(RuleContext context, Consumer<Reply> later) {
        Head request = context.requestHead();
        String path = new String(request.area(), request.pathAt(), request.pathLength(), StandardCharsets.ISO_8859_1);
        int mark = path.indexOf('?');
        PrometheusQuery query = PrometheusQuery.of(mark < 0 ? "" : path.substring(mark + 1));
        if (query == null) {
            return context.errorPage(400);
        }
        return new Reply("200 OK", "cache-control: no-cache\r\ncontent-type: text/plain; version=0.0.4\r\n",
                new ViewBody(new PrometheusText(content.get(), query)));
    }
}
