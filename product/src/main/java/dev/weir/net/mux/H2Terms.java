package dev.weir.net.mux;

/**
 * How one side speaks HTTP/2: {@code tune.h2.*}. Immutable.
 *
 * @param window what a stream may be sent before we have taken any of it
 * @param mostWindow what that may grow to while it is taken as fast as it comes
 * @param maxStreams how many streams there may be at once, 0 for any number
 * @param totalStreams after so many the peer is asked to connect anew, 0 for never
 * @param glitches after so many oddities the connection ends, 0 for never
 * @param websockets whether clients are told that they may ask for them
 * @param shared what streams that keep up may be lent together, beyond what each may have anyway
 */
public record H2Terms(int window, int mostWindow, int maxStreams, int maxFrame, int tableSize, int totalStreams,
        int glitches, boolean websockets, int shared) {

    /** What holds when the file says nothing. */
    public static final H2Terms USUAL = new H2Terms(16384, 256 * 1024, 100, 16384, 4096, 0, 0, true, 1_400_000);

    int streams() {
        return maxStreams > 0 ? maxStreams : Integer.MAX_VALUE;
    }
}
