package dev.weir.upkeep.check;

/**
 * How one check ended. Immutable.
 *
 * @param code what the server gave as code, 0 where it gave none
 * @param info what there is to say beyond the status, or empty
 */
public record CheckResult(CheckStatus status, int code, String info) {

    static CheckResult of(CheckStatus status, String info) {
        return new CheckResult(status, 0, info);
    }
}
