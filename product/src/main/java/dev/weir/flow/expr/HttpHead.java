package dev.weir.flow.expr;

/**
 * The head of a message for reading: all texts are places in one array, header names are in lower case. Only what its
 * kind has is asked for: a target of requests, a status of responses.
 */
public interface HttpHead {

    byte[] bytes();

    int methodAt();

    int methodLength();

    /** The method that the client has named, whatever rules have made of it. */
    default int askedMethodAt() {
        return methodAt();
    }

    default int askedMethodLength() {
        return methodLength();
    }

    /** As on the request line. */
    int targetAt();

    int targetLength();

    /** The authority of an absolute target or of CONNECT; length 0 without one. */
    int authorityAt();

    int authorityLength();

    /** Path and query; length 0 for CONNECT, {@code *}, and an absolute target without any. */
    int pathAt();

    int pathLength();

    int status();

    int reasonAt();

    int reasonLength();

    int majorVersion();

    int minorVersion();

    int headers();

    int nameAt(int index);

    int nameLength(int index);

    int valueAt(int index);

    int valueLength(int index);
}
