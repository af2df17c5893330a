package dev.weir.flow.drive;

import dev.weir.flow.reply.Reply;
import dev.weir.flow.reply.Request;
import dev.weir.flow.reply.Responder;
import dev.weir.flow.rule.CaptureLayout;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Service;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.server.Count;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The way of a request up to the choice of a server. */
final class RequestRoad extends Road<RequestRoad.Phase> {

    /** The stops in their order. */
    enum Phase {
        FRONT_CONTENT, FRONT_BUFFER, MONITOR, FRONT_REQUEST, FRONT_SERVICE, FRONT_REDIRECT, FRONT_ANSWER, SWITCH,
        BACK_BUFFER, BACK_CONTENT, BACK_REQUEST, BACK_SERVICE, BACK_REDIRECT, BACK_ANSWER, EDIT, DISPATCH, OVER
    }

    /** The header leaves with what the engine writes, and is counted all the same: name and value. */
    private static final int CLOSE_BYTES = "connectionclose".length();
    private static final Reply.Field CLOSE = new Reply.Field("connection".getBytes(StandardCharsets.US_ASCII),
            "close".getBytes(StandardCharsets.US_ASCII));
    private static final Phase[] PHASES = Phase.values();

    private final HttpExchange owner;
    private Head head;
    private boolean bodyComes;
    private BackendProgram back;
    private Service service;

    RequestRoad(HttpExchange owner, ExchangeContext context, FrontendProgram front) {
        super(context, front, PHASES);
        this.owner = owner;
    }

    /** @param already the backend that has been chosen before HTTP was spoken, or null */
    void begin(Head request, BackendProgram already) {
        head = request;
        back = already;
        service = null;
        bodyComes = hasBody();
        begin(already == null ? Phase.FRONT_CONTENT : Phase.SWITCH);
    }

    private boolean hasBody() {
        return head.framing() == Framing.CHUNKED || head.framing() == Framing.LENGTH && head.bodyLength() > 0;
    }

    /** Whether conditions must be decided with what is there: all of HTTP's, and others once their time is over. */
    boolean isFinal() {
        return stop() != Phase.FRONT_CONTENT && stop() != Phase.BACK_CONTENT || isDelayOver() || owner.hasWholeRequest();
    }

    @Override
    void arrive() {
        owner.dispatch();
    }

    @Override
    boolean enter(Phase phase) {
        if (bodyComes && (phase == Phase.FRONT_CONTENT ? looksAtRequests(front.rules()) || !front.rules().switches().isEmpty()
                : phase == Phase.BACK_CONTENT && looksAtRequests(backRules()))) {
            bodyComes = false;
            return awaitTurn();
        }
        return switch (phase) {
            case FRONT_CONTENT -> content(front.rules().content(), front.times().inspect());
            case FRONT_BUFFER -> buffer(front.http().terms());
            case MONITOR -> monitor();
            case FRONT_REQUEST -> decide(context.run(front.rules().request()));
            case FRONT_REDIRECT -> decide(context.run(front.rules().redirects()));
            case FRONT_SERVICE -> service(front.http().services());
            case FRONT_ANSWER, BACK_ANSWER -> answer();
            case SWITCH -> switches();
            case BACK_BUFFER -> buffer(back.http() == null ? null : back.http().terms());
            case BACK_CONTENT -> content(backRules().content(), back.times().inspect());
            case BACK_REQUEST -> decide(context.run(backRules().request()));
            case BACK_REDIRECT -> decide(context.run(backRules().redirects()));
            case BACK_SERVICE -> service(isSame() || back.http() == null ? List.of() : back.http().services());
            case EDIT -> edit();
            default -> false;
        };
    }

    private static boolean looksAtRequests(ProxyRules rules) {
        return !rules.content().isEmpty() || !rules.request().isEmpty() || !rules.redirects().isEmpty();
    }

    private boolean isSame() {
        return front.isSameAs(back);
    }

    private ProxyRules backRules() {
        return isSame() ? ProxyRules.NONE : back.rules();
    }

    private boolean content(RuleSet rules, int inspectMs) {
        if (rules.isEmpty()) {
            return next();
        }
        Verdict verdict = inspect(rules, inspectMs);
        if (verdict != Verdict.WAIT) {
            inspected();
        }
        return decide(verdict);
    }

    private boolean decide(Verdict verdict) {
        switch (verdict) {
            case CONTINUE, STOP, SWITCH, CLOSE -> {
                return next();
            }
            case WAIT -> {
                return false;
            }
            case REPLY -> {
                if (context.service() != null && context.service().reads(head)) {
                    service = context.service();
                    return skipTo(stop().compareTo(Phase.FRONT_ANSWER) < 0 ? Phase.FRONT_ANSWER : Phase.BACK_ANSWER);
                }
                reply();
            }
            case REJECT, VANISH -> {
                context.countRejected();
                if (stop() == Phase.FRONT_CONTENT) {
                    exchange().http().unread();
                }
                exchange().http().incomplete();
                owner.drop('P', 'R', verdict == Verdict.VANISH);
            }
            case FAIL -> owner.reply(context.errorPage(500), 'P', 'R');
        }
        abandon();
        return false;
    }

    private boolean monitor() {
        Responder monitor = front.http().monitor();
        // the whole target is compared
        Reply reply = monitor == null || head.queryAt() >= 0 ? null : monitor.answer(asked());
        if (reply == null) {
            return next();
        }
        boolean fails = ProxyRules.any(front.rules().monitorFails(), context);
        owner.unlogged();
        exchange().countFront(Count.ANSWERED);
        owner.reply(fails ? context.errorPage(503) : context.errorPage(200), 'L', 'R');
        abandon();
        return false;
    }

    private Request asked() {
        String method = new String(head.area(), head.methodAt(), head.methodLength(), StandardCharsets.ISO_8859_1);
        String path = new String(head.area(), head.pathAt(), head.pathLength(), StandardCharsets.ISO_8859_1);
        int mark = path.indexOf('?');
        return mark < 0 ? new Request(method, path, "")
                : new Request(method, path.substring(0, mark), path.substring(mark + 1));
    }

    private void reply() {
        if (context.service() == null) {
            Reply reply = context.reply();
            if (reply.status() / 100 == 3 && context.cause() == 'L' && hasBody()) {
                // who is sent elsewhere shall send the body there
                reply = reply.with(CLOSE);
                exchange().passedOut(CLOSE_BYTES);
            }
            if (context.cause() == 'L' && isOfFront()) {
                exchange().countFront(Count.ANSWERED);
            }
            owner.reply(reply, context.cause(), context.moment());
        } else {
            owner.serve(context.service());
        }
    }

    /** Whether the frontend answers, be it as the backend that it is too. */
    private boolean isOfFront() {
        return back == null || back.backend().spec() == front.frontend().spec();
    }

    /** Finds out whether the request is for a service of the proxy, whose own rules it passes then. */
    private boolean service(List<Service> services) {
        for (int i = 0; i < services.size(); i++) {
            if (services.get(i).isFor(head)) {
                service = services.get(i);
                exchange().servedBy(service.name());
                return decide(context.run(service.rules()));
            }
        }
        return next();
    }

    private boolean answer() {
        if (service == null) {
            return next();
        }
        if (service.reads(head) && !isThere()) {
            return false;
        }
        abandon();
        owner.serve(service);
        return false;
    }

    /** Whether as much of the body is there as can be; one that does not come in time is answered for. */
    private boolean isThere() {
        if (owner.hasBody(false, 0)) {
            return true;
        }
        int timeout = front.times().request();
        if (timeout != 0 && context.hasWaited(timeout)) {
            abandon();
            context.record().http().incomplete();
            owner.reply(context.errorPage(408), 'c', 'R');
        }
        return false;
    }

    private boolean switches() {
        if (back == null) {
            back = front.routes().choose(context);
        }
        if (back == null) {
            abandon();
            owner.reply(context.errorPage(503), 'S', 'C');
            return false;
        }
        exchange().enterBackend(back.backend());
        context.entered(back);
        if (back.http() != null && back.http().cookie() != null) {
            exchange().http().cookieLetters('N', 'N');
        }
        owner.enter(back);
        return next();
    }

    /** Waits for the whole body, or as much as fits, for as long as a request may take. */
    private boolean buffer(HttpTerms terms) {
        boolean wanted = terms != null && terms.buffersRequest();
        if (!wanted) {
            return next();
        }
        if (!isThere()) {
            return false;
        }
        exchange().http().complete();
        return next();
    }

    private boolean edit() {
        if (!RequestEdits.apply(context, head, front, back)) {
            abandon();
            context.countDenied();
            owner.reply(context.errorPage(403), 'P', 'R');
            return false;
        }
        return next();
    }

    /** Captures what the frontend wants of the request's head as it came. */
    static void capture(CaptureLayout.Slot[] slots, Head head, byte[][] into) {
        for (int i = 0; i < slots.length; i++) {
            int found = slots[i].header() == null ? -1 : head.findLast(slots[i].header());
            if (found >= 0) {
                int length = Math.min(head.valueLength(found), slots[i].length());
                into[i] = java.util.Arrays.copyOfRange(head.area(), head.valueAt(found),
                        head.valueAt(found) + length);
            }
        }
    }

}
