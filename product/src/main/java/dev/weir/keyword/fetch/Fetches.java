package dev.weir.keyword.fetch;

import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Vocabulary;
import java.util.List;

/** All fetches. */
public final class Fetches {

    private Fetches() {}

    /** Adds them to a vocabulary. */
    public static void addTo(Vocabulary vocabulary) {
        for (List<FetchKeyword> family : List.of(LiteralFetches.ALL, InternalFetches.ALL, ProxyFetches.ALL,
                AddressFetches.ALL, ConnectionFetches.ALL, ExchangeFetches.ALL, BufferFetches.ALL, RdpFetches.ALL,
                HelloFetches.ALL, HeaderFetches.ALL, CookieFetches.ALL, TargetFetches.ALL, BodyFetches.ALL,
                AuthorizationFetches.ALL, MessageFetches.ALL, StickFetches.ALL, TlsFetches.ALL,
                StreamFetches.ALL)) {
            vocabulary.fetches(family);
        }
    }
}
