package dev.weir.flow.reply;

/** {@code monitor-uri}: answers that the proxy is alive, without any server. Immutable. */
public final class MonitorResponder implements Responder {

    private final String uri;

    public MonitorResponder(String uri) {
        this.uri = uri;
    }

    /** Monitors ask every few seconds for ever. */
    @Override
    public boolean isLogged() {
        return false;
    }

    @Override
    public Reply answer(Request request) {
        boolean same = request.path().equals(uri) || !request.query().isEmpty()
                && (request.path() + "?" + request.query()).equals(uri);
        return same ? ErrorPages.reply(200) : null;
    }
}
