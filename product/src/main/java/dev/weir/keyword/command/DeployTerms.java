package dev.weir.keyword.command;

/**
 * How a deployment goes about it. Immutable.
 *
 * @param stepPercent how much of the servers is replaced at a time
 * @param drainMs how long old servers may finish what they have, before it is cut off
 * @param healthyWithinMs how long new servers may take to pass a check
 * @param limit when to give up, or null
 */
record DeployTerms(int stepPercent, long drainMs, long healthyWithinMs, Limit limit) {

    /** {@code errors > 1%} or {@code errors > 10}; thousandths of a percent, or a number. */
    record Limit(long most, boolean relative) {

        private static final int THOUSAND = 1000;

        static Limit of(String subject, String comparison, String value) {
            boolean relative = value.endsWith("%");
            String number = relative ? value.substring(0, value.length() - 1) : value;
            if (!subject.equals("errors") || !comparison.equals(">") || number.isEmpty() || number.length() > 9) {
                return null;
            }
            long thousandths = 0;
            int decimals = -1;
            for (int i = 0; i < number.length(); i++) {
                char c = number.charAt(i);
                if (c == '.' && decimals < 0 && relative) {
                    decimals = 0;
                } else if (c < '0' || c > '9' || decimals == 3) {
                    return null;
                } else {
                    thousandths = thousandths * 10 + c - '0';
                    decimals = decimals < 0 ? decimals : decimals + 1;
                }
            }
            for (int i = Math.max(0, decimals); i < 3 && relative; i++) {
                thousandths *= 10;
            }
            return new Limit(thousandths, relative);
        }

        boolean isExceeded(long errors, long requests) {
            return relative ? errors * 100 * THOUSAND > most * Math.max(requests, errors) : errors > most;
        }
    }
}
