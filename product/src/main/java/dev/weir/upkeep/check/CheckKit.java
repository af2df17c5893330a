package dev.weir.upkeep.check;

import dev.weir.base.collect.Settings;
import dev.weir.flow.drive.Errand;
import dev.weir.flow.drive.HttpTerms;
import dev.weir.flow.drive.RuleKit;
import dev.weir.flow.rule.ProxyViews;
import dev.weir.net.loop.Worker;
import java.util.List;
import java.util.function.Function;

/**
 * What all checks share. Owned by the Conductor.
 *
 * @param rules what expressions need, the Conductor's own
 * @param bufferSize how much of an answer is looked at
 * @param node the name of this machine or process that servers are told
 * @param spreadPercent by how much intervals vary at random
 * @param maxSpreadMs within what time all first checks are made, 0 for any time
 * @param keepsEnvironment whether processes that check get our environment
 * @param neverLocal whether PROXY headers of version 2 say that a check is a client's connection
 * @param places the workers, whose connections checks may borrow
 * @param peers how servers of a backend are spoken with, by its settings
 */
public record CheckKit(Worker conductor, RuleKit rules, ProxyViews views, int bufferSize, String node,
        int spreadPercent, int maxSpreadMs, boolean keepsEnvironment, boolean neverLocal,
        List<Errand.Place> places,
        Function<Settings, HttpTerms.Peer> peers) {}
