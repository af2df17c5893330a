package dev.weir.wire.h1;

/** How far a parser of HTTP/1 has come with what it was given. */
public enum H1Progress { NEED_MORE, DONE, BAD }
