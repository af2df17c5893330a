package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogLine;
import dev.weir.flow.exchange.Exchange;
import dev.weir.net.tls.TlsFacts;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/** What two proxies add to a request, and take from it, before it is sent on. Stateless. */
final class RequestEdits {

    private static final byte[] ONE = {'1'};

    private RequestEdits() {}

    /** False when the request is to be refused. */
    static boolean apply(ExchangeContext context, Head request, FrontendProgram front, BackendProgram back) {
        HttpTerms frontTerms = front.http().terms();
        HttpTerms backTerms = back.http() == null ? HttpTerms.PLAIN : back.http().terms();
        if (!restrict(request, frontTerms.restriction()) || !restrict(request, backTerms.restriction())) {
            return false;
        }
        Exchange exchange = context.record();
        TlsFacts tls = context.client().tls();
        if (tls != null && tls.isEarly()) {
            // RFC 8470: the server may want to hear it again, when nobody can have repeated it
            request.deleteAll(HeaderName.EARLY_DATA);
            request.add(HeaderName.EARLY_DATA, ONE);
        }
        HeaderName uniqueId = front.http().uniqueIdHeader();
        if (uniqueId != null) {
            byte[] id = context.uniqueId();
            request.add(uniqueId, id, 0, id.length);
        }
        if (back.rules().forwarded() != null) {
            LogLine line = back.rules().forwarded().make(context);
            request.add(HeaderName.FORWARDED, line.array(), 0, line.length());
        }
        tell(context, request, frontTerms.forwardedFor(), backTerms.forwardedFor(), exchange.clientAddress());
        tell(context, request, frontTerms.originalTo(), backTerms.originalTo(), exchange.frontendAddress());
        return true;
    }

    /** The backend names the header; either may except addresses; both must be content with one that is there. */
    private static void tell(ExchangeContext context, Head request, HttpTerms.AddressHeader front,
            HttpTerms.AddressHeader back, Address address) {
        HttpTerms.AddressHeader named = back != null ? back : front;
        if (named == null || !address.family().isIp()) {
            return;
        }
        boolean enough = (front == null || front.onlyIfNone()) && (back == null || back.onlyIfNone());
        if (enough && request.find(named.name()) >= 0 || front != null && front.excepts(address)
                || back != null && back.excepts(address)) {
            return;
        }
        LogLine text = context.emptyText();
        text.putHost(address);
        request.add(named.name(), text.array(), 0, text.length());
    }

    private static boolean restrict(Head request, HttpTerms.Restriction restriction) {
        if (restriction == HttpTerms.Restriction.PRESERVE) {
            return true;
        }
        for (int i = request.first(); i >= 0; i = request.after(i)) {
            if (!isUsual(request.area(), request.nameAt(i), request.nameLength(i))) {
                if (restriction == HttpTerms.Restriction.REJECT) {
                    return false;
                }
                request.delete(i);
            }
        }
        return true;
    }

    private static boolean isUsual(byte[] area, int at, int length) {
        for (int i = at; i < at + length; i++) {
            byte c = area[i];
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }
}
