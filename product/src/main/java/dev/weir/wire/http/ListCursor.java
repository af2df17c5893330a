package dev.weir.wire.http;

/**
 * Walks over the comma separated elements of a value, or of all headers of a name as if they were one. Commas inside
 * double quotes separate nothing. Reused; worker-owned.
 */
public final class ListCursor {

    private HeaderList list;
    private HeaderName name;
    private byte[] area;
    private int index;
    private int next;
    private int end;
    private int at;
    private int length;

    /** Begins before the first element of the first header of that name. */
    public void over(HeaderList headers, HeaderName wanted) {
        list = headers;
        name = wanted;
        index = -1;
        next = 1;
        end = 0;
    }

    /** Begins before the first element of one value. */
    public void over(byte[] bytes, int from, int count) {
        list = null;
        area = bytes;
        next = from;
        end = from + count;
    }

    /** Goes to the next element, which may be empty; false when there is none left. */
    public boolean advance() {
        while (next > end) {
            index = list == null ? -1 : list.find(name, index + 1);
            if (index < 0) {
                return false;
            }
            area = list.area();
            next = list.valueAt(index);
            end = next + list.valueLength(index);
        }
        at = next;
        int to = comma();
        next = to + 1;
        while (at < to && Octets.isBlank(area[at])) {
            at++;
        }
        while (to > at && Octets.isBlank(area[to - 1])) {
            to--;
        }
        length = to - at;
        return true;
    }

    private int comma() {
        boolean quoted = false;
        int i = next;
        for (; i < end; i++) {
            byte c = area[i];
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return end;
    }

    /** The header that the element is in; -1 for a single value. */
    public int header() {
        return index;
    }

    public byte[] area() {
        return area;
    }

    /** Where the element begins, blanks around it left out. */
    public int at() {
        return at;
    }

    public int length() {
        return length;
    }

    public boolean is(byte[] lowerCase) {
        return Octets.isWord(area, at, length, lowerCase);
    }
}
