package dev.weir.flow.expr;

/** What expressions can ask about the process. */
public interface ProcessFacts {

    long wallMicros();

    long uptimeSeconds();

    long pid();

    byte[] hostname();

    /** The position of the worker. */
    int thread();

    boolean isStopping();

    long activeConnections();

    /** 64 random bits, not for secrets. */
    long random();

    /** How busy this worker, or all of them, were lately, in percent. */
    long cpuUsage(boolean all);

    /** A frontend by a name that comes from traffic, or null. */
    ProxyFacts frontend(byte[] name, int at, int length);

    ProxyFacts backend(byte[] name, int at, int length);

    ServerFacts server(ProxyFacts backend, byte[] name, int at, int length);
}
