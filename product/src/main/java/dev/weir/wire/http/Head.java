package dev.weir.wire.http;

/**
 * The head of a message: method or status, the parts of the target, headers, and how the body behind it ends. It belongs
 * to the engine that read it, or to the responder that made it, and stays good until the exchange is over; whoever has it
 * on its way may edit it. Recycled by {@link Heads}; worker-owned.
 *
 * <p>HTTP/1 takes a head's bytes out of its input buffer in one copy. That costs a few nanoseconds, lets the buffer go at
 * once, and makes everything that looks at a head plain array work.
 */
public final class Head extends HeaderList {

    static final int USUAL_BYTES = 2048;
    static final int USUAL_HEADERS = 32;
    private static final byte[] SCHEME_END = {':', '/', '/'};

    private Method method;
    private int methodAt;
    private int methodLength;
    private int askedMethodAt;
    private int askedMethodLength;
    private int targetAt;
    private int targetLength;
    private int schemeLength;
    private int authorityAt;
    private int authorityLength;
    private int pathAt;
    private int pathLength;
    private int status;
    private int reasonAt;
    private int reasonLength;
    private int version;
    private int protocolAt;
    private int protocolLength;
    private Framing framing;
    private long bodyLength;

    public Head() {
        super(USUAL_BYTES, USUAL_HEADERS);
        clear();
    }

    /** Before another message. */
    @Override
    public void clear() {
        super.clear();
        limit(Integer.MAX_VALUE);
        method = null;
        status = 0;
        reasonLength = 0;
        targetLength = 0;
        split(0, 0, 0, 0, 0);
        version = 11;
        protocolLength = 0;
        framing = Framing.NONE;
        bodyLength = 0;
    }

    /** Gives the space back that one big message took. */
    void shrink() {
        shrink(4 * USUAL_BYTES, 4 * USUAL_HEADERS);
    }

    public boolean isRequest() {
        return method != null;
    }

    /** Null in a response. */
    public Method method() {
        return method;
    }

    public int methodAt() {
        return methodAt;
    }

    public int methodLength() {
        return methodLength;
    }

    /** The whole target as it was sent, or set. */
    public int targetAt() {
        return targetAt;
    }

    public int targetLength() {
        return targetLength;
    }

    /** 0 unless the target is absolute; the scheme stands at the target's start. */
    public int schemeLength() {
        return schemeLength;
    }

    public int authorityAt() {
        return authorityAt;
    }

    /** Of an absolute target or one of CONNECT, without the default port; else 0. */
    public int authorityLength() {
        return authorityLength;
    }

    public int pathAt() {
        return pathAt;
    }

    /** Path and query; 0 for CONNECT and for an absolute target that ends with its authority. */
    public int pathLength() {
        return pathLength;
    }

    /** Where the query begins, its question mark not included, or -1 without one. */
    public int queryAt() {
        int mark = Octets.indexOf(area(), pathAt, pathAt + pathLength, (byte) '?');
        return mark < 0 ? -1 : mark + 1;
    }

    /** 0 in a request. */
    public int status() {
        return status;
    }

    public int reasonAt() {
        return reasonAt;
    }

    public int reasonLength() {
        return reasonLength;
    }

    /** 9, 10, 11, 20 or 30: what the message was written in, or is to be as far as the other side can. */
    public int version() {
        return version;
    }

    public Framing framing() {
        return framing;
    }

    /** For {@link Framing#LENGTH}; in a head without body what its Content-Length says, or 0. */
    public long bodyLength() {
        return bodyLength;
    }

    public void version(int number) {
        version = number;
    }

    /** Says that the word for the version, which is none of HTTP's, stands in the area and is to be passed on. */
    public void pointProtocol(int at, int length) {
        protocolAt = at;
        protocolLength = length;
    }

    public int protocolAt() {
        return protocolAt;
    }

    /** 0 when the version tells all. */
    public int protocolLength() {
        return protocolLength;
    }

    public void framing(Framing how, long length) {
        framing = how;
        bodyLength = length;
    }

    /** Whether edits have let the head grow beyond its limit. */
    public boolean isTooBig() {
        int start = method == null ? reasonLength : methodLength + Math.max(targetLength, pathLength);
        return start > limit() - size();
    }

    /** Says that the method stands in the area. */
    public void pointMethod(int at, int length) {
        methodAt = at;
        methodLength = length;
        method = Method.of(area(), at, length);
        askedMethodAt = at;
        askedMethodLength = length;
    }

    /** Says that the target stands in the area. */
    public void pointTarget(int at, int length) {
        targetAt = at;
        targetLength = length;
    }

    /** The parts of the target: scheme at its start, authority, path with query. */
    public void split(int scheme, int authority, int authorityCount, int path, int pathCount) {
        schemeLength = scheme;
        authorityAt = authority;
        authorityLength = authorityCount;
        pathAt = path;
        pathLength = pathCount;
    }

    /**
     * Composes a target of parts that stand in the area: an absolute one where there are a scheme and an authority. Of
     * each part its place and its length.
     */
    public void composeTarget(int scheme, int schemeCount, int authority, int authorityCount, int path, int pathCount) {
        boolean absolute = schemeCount > 0 && authorityCount > 0;
        int start = reserve(schemeCount + authorityCount + pathCount + SCHEME_END.length);
        targetAt = start;
        if (absolute) {
            append(area(), scheme, schemeCount);
            append(SCHEME_END, 0, SCHEME_END.length);
        }
        int authorityFrom = authorityCount > 0 ? append(area(), authority, authorityCount) : start;
        int pathFrom = append(area(), path, pathCount);
        targetLength = used() - start;
        split(absolute ? schemeCount : 0, authorityFrom, authorityCount, pathFrom, pathCount);
    }

    /** Lets an absolute target name the host that the header names, after that has been changed. */
    public void followHost() {
        int host = schemeLength > 0 ? find(HeaderName.HOST) : -1;
        if (host >= 0 && valueLength(host) > 0) {
            composeTarget(targetAt, schemeLength, valueAt(host), valueLength(host), pathAt, pathLength);
        }
    }

    /** Leaves a part of the authority out: a port that goes without saying. */
    public void authorityLength(int shorter) {
        authorityLength = shorter;
    }

    public void pointStatus(int code, int at, int length) {
        method = null;
        status = code;
        reasonAt = at;
        reasonLength = length;
    }

    public void setMethod(byte[] text, int from, int length) {
        pointMethod(append(text, from, length), length);
    }

    /** The same by a rule: what has been asked by a method that is listed is remembered. */
    public void renameMethod(byte[] text, int from, int length) {
        int at = askedMethodAt;
        int asked = askedMethodLength;
        boolean remembered = Method.of(area(), at, asked).isListed();
        setMethod(text, from, length);
        if (remembered) {
            askedMethodAt = at;
            askedMethodLength = asked;
        }
    }

    /** The method that the client has named, whatever rules have made of it. */
    public int askedMethodAt() {
        return askedMethodAt;
    }

    public int askedMethodLength() {
        return askedMethodLength;
    }

    /** Replaces path and query and keeps scheme and authority. */
    public void setPath(byte[] text, int from, int length) {
        int path = append(text, from, length);
        if (authorityLength > 0 || schemeLength > 0) {
            composeTarget(targetAt, schemeLength, authorityAt, authorityLength, path, length);
        } else {
            pointTarget(path, length);
            split(0, 0, 0, path, length);
        }
    }

    /** Replaces the target by a path with its query. */
    public void setTarget(byte[] text, int from, int length) {
        targetAt = append(text, from, length);
        targetLength = length;
        split(0, 0, 0, targetAt, length);
    }

    public void setStatus(int code, byte[] reason, int from, int length) {
        pointStatus(code, append(reason, from, length), length);
    }
}
