package dev.weir.upkeep.check;

import java.nio.charset.StandardCharsets;

/** Says hello as a client of SSLv3 does, with the time of day in it. */
record SslHelloStep() implements CheckStep {

    private static final String BEFORE = "16030000790100007503" + "00";
    private static final String RANDOM = "HAPROXYSSLCHK\nHAPROXYSSLCHK\n";
    private static final int CIPHERS = 0x1b;
    private static final int FIRST_AES = 0x2f;
    private static final int LAST_AES = 0x3a;

    @Override
    public Progress run(CheckRun run) {
        long seconds = run.context().process().wallMicros() / 1_000_000;
        StringBuilder hello = new StringBuilder(BEFORE).append(hex((int) (seconds >>> 16 & 0xffff)))
                .append(hex((int) (seconds & 0xffff)));
        for (int i = 0; i < RANDOM.length(); i++) {
            hello.append(hex(RANDOM.charAt(i)), 2, 4);
        }
        hello.append("00").append(hex(2 * (CIPHERS + LAST_AES - FIRST_AES + 1)));
        for (int i = 1; i <= CIPHERS; i++) {
            hello.append(hex(i));
        }
        for (int i = FIRST_AES; i <= LAST_AES; i++) {
            hello.append(hex(i));
        }
        byte[] text = hello.append("0100").toString().getBytes(StandardCharsets.US_ASCII);
        run.send(Hexadecimal.read(text, text.length));
        return Progress.NEXT;
    }

    private static String hex(int number) {
        String digits = Integer.toHexString(number);
        return "0000".substring(digits.length()) + digits;
    }
}
