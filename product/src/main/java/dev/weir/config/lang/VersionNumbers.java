package dev.weir.config.lang;

/** The version numbers that are printed and compared. A test keeps them and pom.xml equal. */
public final class VersionNumbers {

    /** Weir's own version. */
    public static final String WEIR = "0.1.0";
    /** The branch of HAProxy whose language and commands are spoken. */
    public static final String BRANCH = "3.5";
    /** Its version without the commit, as {@code -vqs} prints it. */
    public static final String SHORT = BRANCH + ".0";
    /** What stands where HAProxy prints its version. */
    public static final String COMPATIBLE = SHORT + "-weir" + WEIR;
    public static final String RELEASE_DATE = "2026/01/01";

    private VersionNumbers() {}
}
