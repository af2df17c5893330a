package dev.weir.flow.exchange;

import dev.weir.wire.http.ContentCoding;
import dev.weir.wire.http.Head;

/**
 * What is remembered of a request and its answer in HTTP mode beyond their connection: the request line, when which part
 * came, the status, captures. One per client connection, begun anew for each request. Worker-owned.
 */
public final class HttpFacts {

    /** How HAProxy counts a start line and the end of a head, beside the bytes of their texts. */
    private static final int START_LINE = 20;
    private static final int VERSION = 8;

    private int longestLine;
    private byte[] line = {};
    private int methodLength;
    private int targetAt;
    private int targetLength;
    private int pathAt;
    private int queryAt;
    private int lineLength;
    private int lineEnd;

    private boolean first = true;
    private long idleMicros;
    private long idleWallMicros;
    private long firstByteMicros = Exchange.NOT_YET;
    private long headMicros = Exchange.NOT_YET;
    private long responseMicros = Exchange.NOT_YET;

    private int status;
    private ContentCoding coding;
    private byte[] requestCookie;
    private boolean complete;
    private boolean unread;
    private boolean hinted;
    private byte[] responseCookie;
    private char cookieIn = '-';
    private char cookieOut = '-';
    private byte[][] requestCaptures = new byte[0][];
    private byte[][] responseCaptures = new byte[0][];

    /** @param longestLine how much of a request line is kept */
    public HttpFacts(int longestLine) {
        this.longestLine = longestLine;
    }

    /** So much of a request line is kept from the next one on. */
    public void longestLine(int bytes) {
        longestLine = bytes;
    }

    /** What the answer's body may be coded in for this client. */
    public void coding(ContentCoding accepted) {
        coding = accepted;
    }

    /** Null when nothing was found out about it. */
    public ContentCoding coding() {
        return coding;
    }

    /** The connection is ready for its first request. */
    public void ready(long nowMicros) {
        idleMicros = nowMicros;
    }

    /** The answer is complete, and what was known of it is forgotten. */
    public void idle(long nowMicros, long wallMicros) {
        first = false;
        idleMicros = nowMicros;
        idleWallMicros = wallMicros;
        firstByteMicros = Exchange.NOT_YET;
        headMicros = Exchange.NOT_YET;
        responseMicros = Exchange.NOT_YET;
        lineLength = 0;
        complete = false;
        unread = false;
        hinted = false;
        status = 0;
        coding = null;
        requestCookie = null;
        responseCookie = null;
        cookieIn = '-';
        cookieOut = '-';
        clear(requestCaptures);
        clear(responseCaptures);
    }

    private static void clear(byte[][] captures) {
        for (int i = 0; i < captures.length; i++) {
            captures[i] = null;
        }
    }

    /** The first byte of a request has come. */
    public void began(long nowMicros) {
        firstByteMicros = nowMicros;
    }

    /** What was waited for beyond the head did not come: the request has no time. */
    public void incomplete() {
        if (!complete) {
            headMicros = Exchange.NOT_YET;
        }
    }

    /** Its body was waited for, so that whatever comes of it, it has its time. */
    public void complete() {
        complete = true;
    }

    /** It was refused for its bytes, before anybody looked at it as a request. */
    public void unread() {
        incomplete();
        unread = true;
        lineLength = 0;
        methodLength = 0;
        clear(requestCaptures);
        requestCookie = null;
    }

    /** Whether there is a request to tell of, if only of its being refused. */
    public boolean isThere() {
        return lineLength > 0 || unread;
    }

    /** The request's head is whole; its line is kept as the client wrote it. */
    public void requested(Head head, long nowMicros) {
        headMicros = nowMicros;
        complete = false;
        unread = false;
        lineLength = 0;
        int wanted = Math.min(longestLine, head.methodLength() + head.targetLength() + VERSION + 2);
        if (wanted > line.length) {
            line = new byte[wanted];
        }
        lineEnd = wanted;
        methodLength = keep(head.area(), head.methodAt(), head.methodLength());
        keep((byte) ' ');
        targetAt = lineLength;
        targetLength = keep(head.area(), head.targetAt(), head.targetLength());
        queryAt = targetAt;
        int targetEnd = targetAt + targetLength;
        while (queryAt < targetEnd && line[queryAt] != '?') {
            queryAt++;
        }
        int path = head.pathLength() == 0 ? targetLength : head.pathAt() - head.targetAt();
        pathAt = targetAt + Math.min(targetLength, Math.max(0, path));
        if (pathAt < targetEnd && line[pathAt] != '/') {
            // the asterisk is no path
            pathAt = targetEnd;
        }
        keep((byte) ' ');
        keep((byte) 'H');
        keep((byte) 'T');
        keep((byte) 'T');
        keep((byte) 'P');
        keep((byte) '/');
        keep((byte) ('0' + head.version() / 10));
        keep((byte) '.');
        keep((byte) ('0' + head.version() % 10));
    }

    private int keep(byte[] area, int at, int length) {
        int fits = Math.min(length, lineEnd - lineLength);
        System.arraycopy(area, at, line, lineLength, fits);
        lineLength += fits;
        return fits;
    }

    private void keep(byte value) {
        if (lineLength < lineEnd) {
            line[lineLength++] = value;
        }
    }

    /** A final answer's head is there, ours or the server's. */
    /** Whether the client asked for a head alone, whatever the rules have made of its method. */
    public boolean isForHead() {
        return methodLength == 4 && line[0] == 'H' && line[1] == 'E' && line[2] == 'A' && line[3] == 'D';
    }

    public void status(int code) {
        status = code;
    }

    /** The server's final head has come. */
    public void responded(int code, long nowMicros) {
        status = code;
        responseMicros = nowMicros;
    }

    /** What the proxy did with persistence cookies: the third and fourth termination letters. */
    public void cookieLetters(char in, char out) {
        cookieIn = in;
        cookieOut = out;
    }

    public void requestCookie(byte[] nameAndValue) {
        requestCookie = nameAndValue;
    }

    public void responseCookie(byte[] nameAndValue) {
        responseCookie = nameAndValue;
    }

    /** How many captures the frontend declares for requests and for answers. */
    public void captures(int ofRequest, int ofResponse) {
        requestCaptures = new byte[ofRequest][];
        responseCaptures = new byte[ofResponse][];
    }

    /** The slots of captured request headers, null where nothing was captured. */
    public byte[][] requestCaptures() {
        return requestCaptures;
    }

    public byte[][] responseCaptures() {
        return responseCaptures;
    }

    /** The bytes of a head as HAProxy counts them: in its own form, whatever was on the wire. */
    public static int size(Head head) {
        int size = START_LINE + VERSION + 1 + (head.isRequest() ? head.methodLength() + head.targetLength()
                : 3 + head.reasonLength());
        for (int i = head.first(); i >= 0; i = head.after(i)) {
            size += head.nameLength(i) + head.valueLength(i);
        }
        return size;
    }

    public boolean isFirst() {
        return first;
    }

    public byte[] line() {
        return line;
    }

    /** 0 when no request line was understood. */
    public int lineLength() {
        return lineLength;
    }

    public int methodLength() {
        return methodLength;
    }

    public int targetAt() {
        return targetAt;
    }

    public int targetLength() {
        return targetLength;
    }

    /** Where the path begins, the end of the target without one. */
    public int pathAt() {
        return pathAt;
    }

    /** Where the question mark stands, or the end of the target. */
    public int queryAt() {
        return queryAt;
    }

    public int status() {
        return status;
    }

    /** The status as it is logged: -1 for a request without an answer, 0 where early hints were all it got. */
    public int loggedStatus() {
        return status == 0 && !hinted ? -1 : status;
    }

    /** Early hints have left. */
    public void hinted() {
        hinted = true;
    }

    public byte[] requestCookie() {
        return requestCookie;
    }

    public byte[] responseCookie() {
        return responseCookie;
    }

    public char cookieIn() {
        return cookieIn;
    }

    public char cookieOut() {
        return cookieOut;
    }

    /** When the connection was ready for this request. */
    public long idleSinceMicros() {
        return idleMicros;
    }

    /** The same as wall time; of later requests than the first only. */
    public long idleSinceWallMicros() {
        return idleWallMicros;
    }

    public long firstByteMicros() {
        return firstByteMicros;
    }

    public long headMicros() {
        return headMicros;
    }

    /** We answer instead of a server, which counts as if it had not answered. */
    public void replaced(int code) {
        status = code;
        responseMicros = Exchange.NOT_YET;
    }

    public long responseMicros() {
        return responseMicros;
    }
}
