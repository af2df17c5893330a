package dev.weir.wire.h2;

import dev.weir.wire.http.HeaderList;
import dev.weir.wire.http.Octets;
import java.nio.charset.StandardCharsets;

/** The static table of RFC 7541, appendix A, by index and by name. Immutable. */
final class HpackStatic {

    private static final String[] ROWS = """
            :authority
            :method GET
            :method POST
            :path /
            :path /index.html
            :scheme http
            :scheme https
            :status 200
            :status 204
            :status 206
            :status 304
            :status 400
            :status 404
            :status 500
            accept-charset
            accept-encoding gzip, deflate
            accept-language
            accept-ranges
            accept
            access-control-allow-origin
            age
            allow
            authorization
            cache-control
            content-disposition
            content-encoding
            content-language
            content-length
            content-location
            content-range
            content-type
            cookie
            date
            etag
            expect
            expires
            from
            host
            if-match
            if-modified-since
            if-none-match
            if-range
            if-unmodified-since
            last-modified
            link
            location
            max-forwards
            proxy-authenticate
            proxy-authorization
            range
            referer
            refresh
            retry-after
            server
            set-cookie
            strict-transport-security
            transfer-encoding
            user-agent
            vary
            via
            www-authenticate""".split("\n");

    static final int COUNT = ROWS.length;
    static final int AUTHORITY = 1;
    static final int METHOD_GET = 2;
    static final int METHOD_POST = 3;
    static final int PATH_ROOT = 4;
    static final int SCHEME_HTTP = 6;
    static final int SCHEME_HTTPS = 7;
    static final int STATUS_200 = 8;

    private static final int SLOTS = 256;
    private static final byte[] AREA;
    private static final int[] NAME_AT = new int[COUNT + 1];
    private static final int[] VALUE_AT = new int[COUNT + 1];
    private static final int[] END = new int[COUNT + 1];
    private static final byte[] BY_HASH = new byte[SLOTS];

    static {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= COUNT; i++) {
            String row = ROWS[i - 1];
            int blank = row.indexOf(' ');
            NAME_AT[i] = all.length();
            all.append(row, 0, blank < 0 ? row.length() : blank);
            VALUE_AT[i] = all.length();
            all.append(blank < 0 ? "" : row.substring(blank + 1));
            END[i] = all.length();
        }
        AREA = all.toString().getBytes(StandardCharsets.US_ASCII);
        for (int i = COUNT; i > 0; i--) {
            int slot = slot(hash(i));
            while (BY_HASH[slot] != 0 && !sameName(BY_HASH[slot], i)) {
                slot = slot + 1 & SLOTS - 1;
            }
            BY_HASH[slot] = (byte) i;
        }
    }

    private HpackStatic() {}

    private static int hash(int index) {
        int hash = 0;
        for (int i = NAME_AT[index]; i < VALUE_AT[index]; i++) {
            hash = Octets.hash(hash, AREA[i]);
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 8 ^ hash >>> 16) & SLOTS - 1;
    }

    private static boolean sameName(int one, int other) {
        return ROWS[one - 1].split(" ")[0].equals(ROWS[other - 1].split(" ")[0]);
    }

    static byte[] area() {
        return AREA;
    }

    static int nameAt(int index) {
        return NAME_AT[index];
    }

    static int nameLength(int index) {
        return VALUE_AT[index] - NAME_AT[index];
    }

    static int valueAt(int index) {
        return VALUE_AT[index];
    }

    static int valueLength(int index) {
        return END[index] - VALUE_AT[index];
    }

    /** The first entry with the name of that header, or 0. */
    static int find(HeaderList list, int header) {
        int slot = slot(list.hash(header));
        int length = list.nameLength(header);
        for (int index = BY_HASH[slot]; index != 0; index = BY_HASH[slot]) {
            if (nameLength(index) == length && java.util.Arrays.equals(AREA, NAME_AT[index], VALUE_AT[index],
                    list.area(), list.nameAt(header), list.nameAt(header) + length)) {
                return index;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return 0;
    }
}
