package dev.weir.flow.drive;

import dev.weir.model.proxy.ProxySpec.Splice;

/** In which directions a proxy lets the kernel move bytes ({@code option splice-*}). Immutable. */
public record Splices(Splice request, Splice response) {

    /** What either proxy asks for is done. */
    Splice request(Splices other) {
        return more(request, other.request);
    }

    Splice response(Splices other) {
        return more(response, other.response);
    }

    private static Splice more(Splice one, Splice other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
