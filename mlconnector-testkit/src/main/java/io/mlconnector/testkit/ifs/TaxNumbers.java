package io.mlconnector.testkit.ifs;

import java.util.random.RandomGenerator;

/** Makes tax numbers that pass the check of their country. */
final class TaxNumbers {

    private final RandomGenerator random;

    TaxNumbers(RandomGenerator random) {
        this.random = random;
    }

    /** Nine digits, the last by ISO 7064 modulo 11,10. */
    String german() {
        String digits = digits(8);
        int product = 10;
        for (int at = 0; at < digits.length(); at++) {
            int sum = (digit(digits, at) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return "DE" + digits + (11 - product) % 10;
    }

    /** The ten digits of a Swedish organisation, the last by Luhn. */
    String swedishOrganisation() {
        String digits = "556" + digits(6);
        return digits + luhn(digits);
    }

    /** Nine digits, the last two modulo 97. */
    String british() {
        String digits = digits(7);
        int sum = 0;
        for (int at = 0; at < digits.length(); at++) {
            sum += digit(digits, at) * (8 - at);
        }
        int check = (97 - sum % 97) % 97;
        return "GB" + digits + twoDigits(check);
    }

    /** The nine digits of a French company, the last by Luhn. */
    String frenchCompany() {
        String digits = digits(8);
        return digits + luhn(digits);
    }

    String french(String company) {
        int key = (12 + 3 * (Integer.parseInt(company) % 97)) % 97;
        return "FR" + twoDigits(key) + company;
    }

    /** T and thirteen digits, the first of which is the check digit. */
    String japanese() {
        String digits = digits(12);
        int sum = 0;
        for (int at = 0; at < digits.length(); at++) {
            sum += digit(digits, digits.length() - 1 - at) * (at % 2 == 0 ? 1 : 2);
        }
        return "T" + (9 - sum % 9) + digits;
    }

    /** Nine digits, the last modulo 11. */
    String swiss() {
        int[] weights = {5, 4, 3, 2, 7, 6, 5, 4};
        while (true) {
            String digits = digits(8);
            int sum = 0;
            for (int at = 0; at < digits.length(); at++) {
                sum += digit(digits, at) * weights[at];
            }
            int check = (11 - sum % 11) % 11;
            if (check != 10) {
                String all = digits + check;
                return "CHE-" + all.substring(0, 3) + "." + all.substring(3, 6) + "." + all.substring(6) + " MWST";
            }
        }
    }

    String american() {
        return (10 + random.nextInt(80)) + "-" + digits(7);
    }

    String digits(int count) {
        StringBuilder digits = new StringBuilder();
        digits.append((char) ('1' + random.nextInt(9)));
        while (digits.length() < count) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static int luhn(String digits) {
        int sum = 0;
        for (int at = 0; at < digits.length(); at++) {
            int doubled = digit(digits, digits.length() - 1 - at) * (at % 2 == 0 ? 2 : 1);
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return (10 - sum % 10) % 10;
    }

    private static int digit(String digits, int at) {
        return digits.charAt(at) - '0';
    }
}
