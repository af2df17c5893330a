package dev.weir.flow.drive;

/** The two ends of an exchange. */
enum Side {
    CLIENT, SERVER;

    Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
