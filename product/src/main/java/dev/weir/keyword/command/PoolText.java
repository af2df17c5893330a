package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Text;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * {@code show pools}: the areas of memory that the JVM keeps, in HAProxy's form. An area of the heap counts bytes; buffers
 * outside it have a size on average. Stateless.
 */
final class PoolText {

    private static final Comparator<Pool> BY_NAME = Comparator.comparing(Pool::name);
    private static final Comparator<Pool> BY_SIZE = Comparator.comparingLong(Pool::size).reversed();
    private static final Comparator<Pool> BY_USAGE = Comparator.comparingLong(Pool::taken).reversed();

    private PoolText() {}

    /** Of things of one size: how many there are, and how many of them are in use. */
    private record Pool(String name, long size, long count, long used) {

        long taken() {
            return size * count;
        }
    }

    static Answer of(Call call) {
        List<Pool> pools = new ArrayList<>(pools());
        long most = Long.MAX_VALUE;
        for (int i = 2; i < call.words().size(); i++) {
            switch (call.word(i)) {
                case "byname" -> pools.sort(BY_NAME);
                case "bysize" -> pools.sort(BY_SIZE);
                case "byusage" -> {
                    pools.removeIf(each -> each.count() == 0);
                    pools.sort(BY_USAGE);
                }
                case "detailed" -> { }
                case "match" -> {
                    String prefix = call.word(++i);
                    pools.removeIf(each -> !each.name().startsWith(prefix));
                }
                default -> {
                    if (!Whole.is(call.word(i))) {
                        return Text.error("Expects either 'byname', 'bysize', 'byusage', 'match <pfx>', 'detailed', or a max "
                                + "number of output lines.");
                    }
                    most = Whole.large(call.word(i));
                }
            }
        }
        return Text.dump(text(pools, most));
    }

    private static String text(List<Pool> pools, long most) {
        StringBuilder out = new StringBuilder("Dumping pools usage. Use SIGQUIT to flush them.\n");
        long taken = 0;
        long used = 0;
        for (int i = 0; i < pools.size(); i++) {
            Pool pool = pools.get(i);
            taken += pool.taken();
            used += pool.size() * pool.used();
            if (i < most || most == 0) {
                out.append("  - Pool ").append(pool.name()).append(" (").append(pool.size()).append(" bytes) : ")
                        .append(pool.count()).append(" allocated (").append(pool.taken()).append(" bytes), ")
                        .append(pool.used()).append(" used (~0 by thread caches), needed_avg ").append(pool.used())
                        .append(", 0 failures, 1 users [SHARED]\n");
            }
        }
        return out.append("Total: ").append(pools.size()).append(" pools, ").append(taken).append(" bytes allocated, ")
                .append(used).append(" used (~0 by thread caches).\n").toString();
    }

    private static List<Pool> pools() {
        List<Pool> pools = new ArrayList<>();
        for (MemoryPoolMXBean each : ManagementFactory.getMemoryPoolMXBeans()) {
            if (each.getUsage() != null) {
                pools.add(new Pool(name(each.getName()), 1, each.getUsage().getCommitted(), each.getUsage().getUsed()));
            }
        }
        for (BufferPoolMXBean each : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            long size = each.getCount() == 0 ? 0 : each.getTotalCapacity() / each.getCount();
            pools.add(new Pool(name("buffers " + each.getName()), size, each.getCount(), each.getCount()));
        }
        return pools;
    }

    /** One word. */
    private static String name(String text) {
        StringBuilder word = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            boolean plain = c >= 'a' && c <= 'z';
            if (plain || !word.isEmpty() && word.charAt(word.length() - 1) != '_') {
                word.append(plain ? c : '_');
            }
        }
        return word.charAt(word.length() - 1) == '_' ? word.substring(0, word.length() - 1) : word.toString();
    }
}
