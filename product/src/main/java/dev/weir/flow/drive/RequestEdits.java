package dev.weir.flow.drive;

import dev.weir.wire.http.Head;

/** What a proxy adds to the requests that it passes on. Immutable. */
@FunctionalInterface
public interface RequestEdits {

    RequestEdits NONE = (context, request) -> { };

    void apply(ExchangeContext context, Head request);

    /** This one, then another. */
    default RequestEdits then(RequestEdits next) {
        if (this == NONE || next == NONE) {
            return this == NONE ? next : this;
        }
        return (context, request) -> {
            apply(context, request);
            next.apply(context, request);
        };
    }
}
