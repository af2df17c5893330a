package dev.weir.base.log;

/** What a trace can keep to, once it has seen its first event: in the order of their names. */
public enum TraceLock {
    BACKEND, CHECK, CONNECTION, FRONTEND, LISTENER, NOTHING, SERVER, SESSION, STREAM, THREAD
}
