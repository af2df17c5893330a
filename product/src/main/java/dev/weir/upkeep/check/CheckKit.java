package dev.weir.upkeep.check;

import dev.weir.flow.drive.RuleKit;
import dev.weir.flow.rule.ProxyViews;
import dev.weir.net.loop.Worker;

/**
 * What all checks share. Owned by the Conductor.
 *
 * @param rules what expressions need, the Conductor's own
 * @param bufferSize how much of an answer is looked at
 * @param node the name of this machine or process that servers are told
 * @param spreadPercent by how much intervals vary at random
 * @param maxSpreadMs within what time all first checks are made, 0 for any time
 * @param keepsEnvironment whether processes that check get our environment
 */
public record CheckKit(Worker conductor, RuleKit rules, ProxyViews views, int bufferSize, String node,
        int spreadPercent, int maxSpreadMs, boolean keepsEnvironment) {}
