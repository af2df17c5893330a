package dev.weir.flow.compress;

import io.netty.buffer.ByteBuf;

/** One body on its way through a compressor. Worker-owned; what it has written goes to its {@link Outlet}. */
interface Packer {

    /** Where a packer writes. */
    interface Outlet {

        /** The buffer at hand, or a new one if it has not so much room at its end. */
        ByteBuf room(int least);
    }

    /** Takes bytes in; they may stay inside until a pause or the end. */
    void add(ByteBuf bytes, Outlet out);

    /** Writes what is inside, so that a receiver can read all that was added. */
    void pause(Outlet out);

    void finish(Outlet out);

    /** Gives back what it holds; nothing may be added any more. */
    void close();
}
