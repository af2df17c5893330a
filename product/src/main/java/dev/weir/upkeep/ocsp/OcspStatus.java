package dev.weir.upkeep.ocsp;

/** How the last question to an authority ended; the number of a row is what commands and logs show. */
public enum OcspStatus {
    UNKNOWN("Unknown"),
    SUCCESS("Update successful"),
    HTTP("HTTP error"),
    MISSING("Missing \"ocsp-response\" header"),
    CHECK("OCSP response check failure"),
    INSERTION("Error during insertion");

    private final String text;

    OcspStatus(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
