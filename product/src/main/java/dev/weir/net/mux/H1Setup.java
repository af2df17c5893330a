package dev.weir.net.mux;

import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1NameCase;
import dev.weir.wire.http.Heads;

/**
 * What the engines of HTTP/1 of one worker share. Worker-owned.
 *
 * @param limits what is accepted
 * @param window how many bytes of a body may be on their way before it is read no further
 * @param names how header names are written, or null for lower case
 * @param heads where heads come from
 */
public record H1Setup(H1Limits limits, int window, H1NameCase names, Heads heads) {}
