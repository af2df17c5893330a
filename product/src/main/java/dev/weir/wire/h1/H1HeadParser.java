package dev.weir.wire.h1;

import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;

/**
 * Reads the head of a message as strictly as HAProxy 3.5 does (facts.md, "HTTP/1 as HAProxy accepts it"). The caller
 * cumulates and calls {@link #parse} after each addition, the reader index standing still, or lets go of what was read and
 * says so with {@link #forget}. The head's bytes are copied out; nothing is consumed. Worker-owned.
 */
abstract class H1HeadParser {

    private static final int STATUS = 3;
    private static final int VERSION = 8;

    final H1Limits limits;
    final H1Head facts = new H1Head();
    private final H1Lines lines;
    private final H1Section section;
    private final H1Fields fields;
    private Head head;
    private boolean afterStartLine;
    private H1Error error;

    H1HeadParser(H1Limits limits, H1Fields fields) {
        this.limits = limits;
        this.fields = fields;
        lines = new H1Lines(limits.maxHead());
        section = new H1Section(limits);
    }

    /** Before a message, which is read into that head. */
    public void begin(Head into) {
        into.clear();
        head = into;
        facts.begin(into);
        fields.begin(facts);
        lines.begin(into);
        section.begin(into);
        afterStartLine = false;
        error = null;
    }

    /** Lets go of the head. */
    public void end() {
        head = null;
    }

    public boolean isUnderWay() {
        return head != null;
    }

    public H1Head head() {
        return facts;
    }

    /** After BAD. */
    public H1Error error() {
        return error;
    }

    /** After BAD: what came, of which this was given last. */
    public H1BadHead badHead(ByteBuf in) {
        int before = lines.forgotten();
        byte[] bytes = java.util.Arrays.copyOf(head.area(), before + Math.min(in.readableBytes(), limits.maxHead()));
        in.getBytes(in.readerIndex(), bytes, before, bytes.length - before);
        return H1BadHead.of(bytes, lines.start(), error, this instanceof H1RequestParser);
    }

    /** Whether anything but line ends has been seen. */
    public boolean hasStartLine() {
        return afterStartLine || lines.taken() > lines.start();
    }

    /** After NEED_MORE: what was given has been taken and will not be given again. */
    public void forget() {
        lines.forget();
    }

    /** After DONE: how many bytes of what is given now belong to the head. */
    public int pending() {
        return lines.pending();
    }

    public H1Progress parse(ByteBuf in) {
        while (error == null) {
            boolean whole = lines.next(in);
            if (!afterStartLine) {
                error = startLineBegun(lines.start(), whole ? lines.end() - 1 : lines.taken());
                if (error != null) {
                    break;
                }
            }
            if (!whole) {
                if (!lines.isFull()) {
                    return H1Progress.NEED_MORE;
                }
                error = afterStartLine ? H1Error.HEAD_TOO_LARGE : H1Error.TARGET_TOO_LONG;
            } else if (line(lines.start(), lines.textEnd())) {
                facts.length = lines.end();
                head.filled(lines.end());
                if (fits()) {
                    return H1Progress.DONE;
                }
                error = startTexts() > limits.room() ? H1Error.TARGET_TOO_LONG : H1Error.HEAD_TOO_LARGE;
            }
        }
        return H1Progress.BAD;
    }

    /** Most heads are so small that their bytes need not be counted one by one. */
    private boolean fits() {
        return lines.end() + head.headers() * H1Limits.EACH <= limits.room() || texts() <= limits.room();
    }

    private int texts() {
        int texts = startTexts();
        for (int i = head.first(); i >= 0; i = head.after(i)) {
            texts += H1Limits.EACH + head.nameLength(i) + head.valueLength(i);
        }
        return texts;
    }

    private int startTexts() {
        return VERSION + (head.isRequest() ? head.methodLength() + head.targetLength() : STATUS + head.reasonLength());
    }

    /** True at the end of the head; errors are left in the field. */
    private boolean line(int start, int end) {
        if (!afterStartLine) {
            if (end > start) {
                error = startLine(head, start, end);
                afterStartLine = true;
            }
            return error == null && afterStartLine && endsWithStartLine();
        }
        boolean last = end == start;
        int whole = last ? section.finish() : section.line(start, end);
        // what an earlier header means is wrong before what a later one is
        error = whole >= 0 ? fields.added(whole) : null;
        error = error == null ? section.error() : error;
        if (last && error == null) {
            error = fields.finish();
        }
        return last && error == null;
    }

    /** Looks at what has arrived of the first line, so that what is no message at all is refused at its first byte. */
    abstract H1Error startLineBegun(int start, int end);

    abstract H1Error startLine(Head into, int start, int end);

    /** Whether the line just read is all there is. */
    boolean endsWithStartLine() {
        return false;
    }
}
