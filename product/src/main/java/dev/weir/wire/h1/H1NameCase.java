package dev.weir.wire.h1;

import dev.weir.wire.http.HeaderList;

/** How names of headers are written for a peer that looks at their case ({@code h1-case-adjust}). Immutable. */
public interface H1NameCase {

    /** The name to write instead of the header's own, of the same length; null to leave it. */
    byte[] adjusted(HeaderList list, int index);
}
