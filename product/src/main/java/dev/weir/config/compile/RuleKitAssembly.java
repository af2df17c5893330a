package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.time.Clock;
import dev.weir.flow.drive.RuleKit;
import dev.weir.flow.rule.ProcessView;
import dev.weir.model.stick.StatusCodes;
import dev.weir.model.value.ProcessVariables;
import dev.weir.model.value.VariableBudget;
import dev.weir.model.value.Workspace;
import dev.weir.net.loop.Worker;
import java.util.List;

/** Makes what the rules of each worker share. */
final class RuleKitAssembly {

    private RuleKitAssembly() {}

    /** {@code tune.vars.<scope>-max-size} in bytes, 0 for none. */
    private static long limit(Settings global, String scope) {
        return Math.max(0, KeptLines.number(global, "tune.vars." + scope + "-max-size", 0));
    }

    private static StatusCodes codes(Settings global, String keyword, StatusCodes codes) {
        for (Phrase line : global.get(Draft.KEPT)) {
            if (line.words().getFirst().equals(keyword)) {
                line.words().subList(1, line.words().size()).forEach(codes::apply);
            }
        }
        return codes;
    }

    static RuleKit[] of(Runtime runtime, Configuration configuration) {
        Settings global = configuration.global();
        VariableBudget all = runtime.budget(limit(global, "global"));
        ProcessVariables variables = runtime.variables(limit(global, "proc"));
        RuleKit.Limits limits = new RuleKit.Limits(limit(global, "sess"),
                limit(global, "txn"), limit(global, "reqres"));
        RuleKit.Tracking tracking = new RuleKit.Tracking(configuration.rules().stickCounters(),
                codes(global, "http-err-codes", StatusCodes.errors()),
                codes(global, "http-fail-codes", StatusCodes.failures()));
        long startedMs = Clock.SYSTEM.millis();
        List<Worker> workers = runtime.everyone();
        RuleKit[] kits = new RuleKit[workers.size()];
        for (int i = 0; i < kits.length; i++) {
            Workspace workspace = new Workspace(global.get(GlobalSpec.TUNE_BUFSIZE));
            kits[i] = new RuleKit(workspace, new ProcessView(workers.get(i), runtime.totals(),
                    configuration.rules().views(), runtime.identity().hostName(), runtime.identity().pid(), startedMs),
                    variables, all, limits, tracking);
        }
        return kits;
    }
}
