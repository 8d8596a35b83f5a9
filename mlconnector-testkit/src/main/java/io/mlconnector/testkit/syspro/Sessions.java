package io.mlconnector.testkit.syspro;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Operators and their sessions: one for each, and a new one ends the old. Safe for threads. */
final class Sessions {

    private static final int REFUSALS_BEFORE_LOCK = 3;

    private final String operator;
    private final String password;
    private final String company;
    private final Random random = new Random(20_260_101);
    private final Map<String, String> tokens = new HashMap<>();
    private int logons;
    private int refusals;

    Sessions(String operator, String password, String company) {
        this.operator = operator;
        this.password = password;
        this.company = company;
    }

    synchronized String logOn(String who, String secret, String where) {
        if (!who.equalsIgnoreCase(operator)) {
            return "ERROR: Invalid operator '" + who + "'";
        }
        if (refusals >= REFUSALS_BEFORE_LOCK) {
            return "ERROR: Invalid operator: locked after " + refusals + " wrong passwords";
        }
        if (!secret.equals(password)) {
            refusals++;
            return "ERROR: Invalid operator password";
        }
        if (!where.equalsIgnoreCase(company)) {
            return "ERROR: Invalid company id '" + where + "'";
        }
        refusals = 0;
        return start();
    }

    /** Somebody logs on as the operator, at a screen or from another program. */
    synchronized String start() {
        logons++;
        var token = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            token.append("0123456789ABCDEF".charAt(random.nextInt(16)));
        }
        String made = token.append("00  ").toString(); // the blanks belong to it
        tokens.put(operator.toUpperCase(Locale.ROOT), made);
        return made;
    }

    synchronized boolean knows(String token) {
        return tokens.containsValue(token);
    }

    synchronized String logOff(String token) {
        return tokens.values().removeIf(known -> known.equals(token))
                ? "0"
                : "ERROR: Unable to read the SYSPRO base directory registry string BaseDir8";
    }

    synchronized void expire() {
        tokens.clear();
    }

    synchronized int logons() {
        return logons;
    }

    synchronized int open() {
        return tokens.size();
    }
}
