package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as printf's {@code %g} writes them: six significant digits, an exponent only where it is shorter. */
final class GeneralNumber {

    private static final int DIGITS = 6;
    private static final int LONGEST = 400;

    private GeneralNumber() {}

    static void append(String number, Area out) {
        if (number.length() > LONGEST) {
            out.put("inf");
            return;
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            out.put(value < 0 ? "-inf" : "inf");
            return;
        }
        if (value == 0) {
            out.put('0');
            return;
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < DIGITS) {
            out.put(rounded.toPlainString());
            return;
        }
        String digits = rounded.unscaledValue().abs().toString();
        if (rounded.signum() < 0) {
            out.put('-');
        }
        out.put(digits.charAt(0));
        if (digits.length() > 1) {
            out.put('.').put(digits.substring(1));
        }
        out.put('e').put(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        if (size < 10) {
            out.put('0');
        }
        out.putNumber(size);
    }
}
