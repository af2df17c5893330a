package dev.weir.flow.reply;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The built-in error pages, ready bytes by status (facts.md, "Built-in error pages"): what is sent where no
 * {@code errorfile} says otherwise. Immutable.
 */
public final class ErrorPages {

    private enum Page {
        P200(200, "OK", "Service ready."),
        P400(400, "Bad request", "Your browser sent an invalid request."),
        P401(401, "Unauthorized", "You need a valid user and password to access this content."),
        P403(403, "Forbidden", "Request forbidden by administrative rules."),
        P404(404, "Not Found", "The resource could not be found."),
        P405(405, "Method Not Allowed",
                "A request was made of a resource using a request method not supported by that resource."),
        P407(407, "Unauthorized", "You need a valid user and password to access this content."),
        P408(408, "Request Time-out", "Your browser didn't send a complete request in time."),
        P410(410, "Gone", "The resource is no longer available and will not be available again."),
        P413(413, "Payload Too Large", "The request entity exceeds the maximum allowed."),
        P414(414, "URI Too Long", "The URI provided was too long for the server to process."),
        P421(421, "Misdirected Request", "Request sent to a non-authoritative server."),
        P422(422, "Unprocessable Content", "The server cannot process the contained instructions."),
        P425(425, "Too Early", "Your browser sent early data."),
        P429(429, "Too Many Requests", "You have sent too many requests in a given amount of time."),
        P431(431, "Request Header Fields Too Large", "Request Header Fields Too Large."),
        P500(500, "Internal Server Error", "An internal server error occurred."),
        P501(501, "Not Implemented",
                "The server does not support the functionality required to fulfill the request."),
        P502(502, "Bad Gateway", "The server returned an invalid or incomplete response."),
        P503(503, "Service Unavailable", "No server is available to handle this request."),
        P504(504, "Gateway Time-out", "The server didn't respond in time.");

        final int status;
        final int bodyAt;
        final ByteBuf bytes;
        final Reply reply;

        Page(int status, String title, String text) {
            this.status = status;
            String body = "<html><body><h1>" + status + " " + title + "</h1>\n" + text + "\n</body></html>\n";
            // only these two are sent when nothing more is to be expected from the client
            String close = status == 400 || status == 408 ? "connection: close\r\n" : "";
            String start = status + " " + title;
            String headers = "content-length: " + body.length() + "\r\ncache-control: no-cache\r\n" + close
                    + "content-type: text/html\r\n";
            this.reply = new Reply(start, headers, new Reply.Whole(body.getBytes(StandardCharsets.US_ASCII)));
            String head = "HTTP/1.1 " + start + "\r\n" + headers + "\r\n";
            this.bodyAt = head.length();
            this.bytes = Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(head.length() + body.length())
                            .writeBytes((head + body).getBytes(StandardCharsets.US_ASCII)).asReadOnly());
        }
    }

    private static final Page[] BY_STATUS = new Page[600];

    static {
        for (Page page : Page.values()) {
            BY_STATUS[page.status] = page;
        }
    }

    private ErrorPages() {}

    /** Whether there is a page for the status. */
    public static boolean has(int status) {
        return status >= 0 && status < BY_STATUS.length && BY_STATUS[status] != null;
    }

    /**
     * The whole answer in HTTP/1.1, a fresh view that need not be released. A status without a page of its own gets that
     * of 500.
     */
    public static ByteBuf answer(int status) {
        return page(status).bytes.duplicate();
    }

    /** The same as text. */
    public static String text(int status) {
        return answer(status).toString(StandardCharsets.US_ASCII);
    }

    /** The same as a reply, for a connection that goes on. */
    public static Reply reply(int status) {
        return page(status).reply;
    }

    /** The part of the answer after the head. */
    public static ByteBuf body(int status) {
        Page page = page(status);
        return page.bytes.slice(page.bodyAt, page.bytes.readableBytes() - page.bodyAt);
    }

    private static Page page(int status) {
        return has(status) ? BY_STATUS[status] : Page.P500;
    }
}
