package dev.weir.base.log;

import dev.weir.base.address.Address;
import dev.weir.base.text.Place;
import java.util.List;

/**
 * One {@code log} line, as parsed. Immutable.
 *
 * @param target how lines leave the process
 * @param address where to for UDP and UNIX targets; the descriptor of {@code fd@}, {@code stdout} and {@code stderr}
 * @param name the ring of {@code ring@} or the backend of {@code backend@}, else null
 * @param facility 0..23
 * @param maxLevel lines above this level (less severe) are dropped, 0 emerg .. 7 debug
 * @param minLevel lines below this level (more severe) are sent as if they had this level
 * @param maxLength a longer line is cut, in bytes
 * @param sample which of every n lines are sent, ranges of numbers from 1; empty when all are
 * @param sampleSize n of {@code sample}, 0 when all are sent
 * @param profile the {@code log-profile} to write with, or null
 */
public record LogSpec(Target target, Address address, String name, LogFraming framing, int facility, int maxLevel,
        int minLevel, int maxLength, List<int[]> sample, int sampleSize, String profile, Place place) {

    public enum Target { UDP, UNIX_DATAGRAM, DESCRIPTOR, STREAM, RING, BACKEND }

    /** The same in another format. */
    public LogSpec with(LogFraming other) {
        return new LogSpec(target, address, name, other, facility, maxLevel, minLevel, maxLength, sample, sampleSize,
                profile, place);
    }
}
