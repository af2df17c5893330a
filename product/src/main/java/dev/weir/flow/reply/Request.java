package dev.weir.flow.reply;

/**
 * A request as a responder of ours sees it. Such requests are rare, so plain text is good enough. Immutable.
 *
 * @param path the path alone
 * @param query what stands behind the question mark, or empty
 */
public record Request(String method, String path, String query) {

    public boolean isHead() {
        return method.equals("HEAD");
    }
}
