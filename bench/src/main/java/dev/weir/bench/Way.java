package dev.weir.bench;

/** Which listener of a subject a workload goes to; each has a port of its own. */
enum Way {
    TCP, HTTP, RULES, STICK, TLS, TLS_EC, H2_H2, GZIP;

    boolean isHttp() {
        return this != TCP;
    }

    boolean isTls() {
        return this == TLS || this == TLS_EC || this == H2_H2;
    }
}
