package dev.weir.admin.web;

import dev.weir.flow.expr.Contents;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Service;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code use-service weir-api}: what the runtime socket can do, as JSON over HTTP, for those who show a token that
 * {@code weir.api-token} names. What changes something is told to the log. The document that describes it is for everybody.
 * Immutable.
 */
public final class ApiService implements Service {

    private static final byte[] NAME = "<API>".getBytes(StandardCharsets.US_ASCII);
    private static final HeaderName AUTHORIZATION = HeaderName.of("authorization");
    private static final String ROOT = "/api/v1";
    private static final String BEARER = "bearer ";
    private static final String JSON = "cache-control: no-store\r\ncontent-type: application/json\r\n"
            + "x-content-type-options: nosniff\r\n";

    private final Supplier<ApiDoor> door;

    public ApiService(Supplier<ApiDoor> door) {
        this.door = door;
    }

    @Override
    public byte[] name() {
        return NAME;
    }

    @Override
    public boolean reads(Head request) {
        return true;
    }

    @Override
    public boolean passesResponseRules() {
        return true;
    }

    @Override
    public Reply answer(RuleContext context, Consumer<Reply> later) {
        Head request = context.requestHead();
        String target = new String(request.area(), request.pathAt(), request.pathLength(), StandardCharsets.ISO_8859_1);
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        if (path.equals(ROOT + "/openapi.json")) {
            return reply("200 OK", document());
        }
        ApiDoor.Account account = account(request);
        if (account == null) {
            return new Reply("401 Unauthorized", JSON + "www-authenticate: Bearer\r\n", new Reply.Whole(
                    bytes(ApiJson.problem("A token is needed, as the configuration names it."))));
        }
        ApiCall call = read(context, request, path, mark < 0 ? "" : target.substring(mark + 1));
        if (call.problem() != null) {
            return reply(call.status() + (call.status() == 404 ? " Not Found" : call.status() == 405 ? " Method Not Allowed"
                    : " Bad Request"), ApiJson.problem(call.problem()));
        }
        byte[] frontend = context.frontend().name();
        door.get().run(account, call.words(), call.payload(), outcome -> {
            boolean denied = outcome.text().equals("Permission denied\n");
            boolean right = ApiJson.isRight(outcome);
            if (!call.words().getFirst().equals("show")) {
                door.get().audit(frontend, "API: " + account.name() + " (" + account.level().word() + ") asked '"
                        + String.join(" ", call.words()) + "': " + (denied ? "denied" : right ? "done" : "refused") + ".");
            }
            later.accept(denied ? reply("403 Forbidden", ApiJson.problem("Permission denied"))
                    : call.shape() == ApiCall.Shape.SAID ? reply(right ? "200 OK" : "422 Unprocessable Content",
                            ApiJson.of(call, outcome))
                    : right ? reply("200 OK", ApiJson.of(call, outcome))
                            : reply("404 Not Found", ApiJson.problem(outcome.text().strip())));
        });
        return null;
    }

    private static ApiCall read(RuleContext context, Head request, String path, String query) {
        String method = new String(request.area(), request.methodAt(), request.methodLength(), StandardCharsets.ISO_8859_1);
        List<String> parts = new ArrayList<>();
        boolean below = path.startsWith(ROOT + "/");
        for (String part : below ? path.substring(ROOT.length() + 1).split("/", -1) : new String[0]) {
            parts.add(decoded(part));
        }
        Map<String, String> asked = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            asked.put(decoded(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        Contents body = context.requestBody();
        boolean whole = body != null && body.length() > 0 && body.announcedLength() <= body.length();
        return ApiCall.of(method, parts, asked, whole ? Json.object(
                new String(body.bytes(), body.at(), body.length(), StandardCharsets.UTF_8)) : null);
    }

    /** Who shows a token that is known; takes as long whichever it is. */
    private ApiDoor.Account account(Head request) {
        int at = request.find(AUTHORIZATION);
        String said = at < 0 ? "" : new String(request.area(), request.valueAt(at), request.valueLength(at),
                StandardCharsets.ISO_8859_1);
        boolean bearer = said.regionMatches(true, 0, BEARER, 0, BEARER.length());
        byte[] token = bearer ? said.substring(BEARER.length()).strip().getBytes(StandardCharsets.ISO_8859_1) : new byte[0];
        ApiDoor.Account found = null;
        for (ApiDoor.Account each : door.get().accounts()) {
            if (MessageDigest.isEqual(each.token(), token)) {
                found = each;
            }
        }
        return found;
    }

    private static String decoded(String text) {
        byte[] out = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            out[length++] = (byte) (low >= 0 ? high << 4 | low : c);
            i += low >= 0 ? 2 : 0;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static Reply reply(String start, String json) {
        return new Reply(start, JSON, new Reply.Whole(bytes(json)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String document() {
        try (InputStream in = ApiService.class.getResourceAsStream("openapi.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
