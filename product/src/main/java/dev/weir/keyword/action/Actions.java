package dev.weir.keyword.action;

import dev.weir.config.rule.ActionVocabulary;

/** The list of all families of actions. */
public final class Actions {

    private Actions() {}

    public static ActionVocabulary vocabulary() {
        return new ActionVocabulary()
                .with(VerdictActions.ALL)
                .with(ReplyActions.ALL)
                .with(HeaderActions.ALL)
                .with(HeaderRewrites.ALL)
                .with(TargetActions.ALL)
                .with(VariableActions.ALL)
                .with(PatternActions.ALL)
                .with(AddressActions.ALL)
                .with(ExchangeActions.ALL)
                .with(PacketActions.ALL)
                .with(SessionActions.ALL)
                .with(WaitActions.ALL)
                .with(LookupActions.ALL)
                .with(BandwidthActions.ALL)
                .with(CacheActions.ALL)
                .with(ServiceActions.ALL)
                .with(StickActions.ALL);
    }
}
