package dev.weir.flow.expr;

import dev.weir.model.stick.TrackedEntries;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;
import dev.weir.model.value.Workspace;

/**
 * What an expression can read while it is evaluated. Whoever evaluates implements it; what does not exist there, or not
 * yet, is null. Worker-owned.
 */
public interface ExpressionContext {

    Workspace workspace();

    /** Whether no more data will come or be waited for, so that a verdict must be given now. */
    boolean isFinal();

    /** Whether fetches that serve both directions look at the response. */
    boolean isResponse();

    Variables variables(VariableScope scope);

    ProcessFacts process();

    /** Milliseconds that never go back, of the same clock that counts in stick tables. */
    long nowMs();

    /** What the exchange or the session tracks in stick tables, or null. */
    default TrackedEntries tracked() {
        return null;
    }

    /** Whether the request is one to a proxy, whose credentials stand in a header of their own. */
    default boolean asksProxy() {
        return false;
    }

    /** The connection from the client. */
    default ConnectionFacts client() {
        return null;
    }

    /** The connection to the server. */
    default ConnectionFacts server() {
        return null;
    }

    default ProxyFacts frontend() {
        return null;
    }

    /** The frontend's own when no backend is chosen yet. */
    default ProxyFacts backend() {
        return null;
    }

    default ServerFacts chosenServer() {
        return null;
    }

    default HttpHead request() {
        return null;
    }

    default HttpHead response() {
        return null;
    }

    default Contents requestBody() {
        return null;
    }

    default Contents responseBody() {
        return null;
    }

    /** What waits to be forwarded, as it came; null in HTTP proxies. */
    default Contents requestBuffer() {
        return null;
    }

    default Contents responseBuffer() {
        return null;
    }

    default ExchangeFacts exchange() {
        return null;
    }

    /** For the debug converter: a line for one of the event sinks. */
    void debug(String sink, String prefix, Sample value);
}
