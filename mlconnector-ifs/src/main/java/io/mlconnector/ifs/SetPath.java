package io.mlconnector.ifs;

import java.util.regex.Pattern;

/**
 * Where an entity set is, below the base URL, with gateway and kind.
 *
 * @param text such as {@code main/ifsapplications/projection/v1/CustomerHandling.svc/CustomerSet}
 */
record SetPath(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_.-]+)*\\.svc/[A-Za-z_]\\w*");

    SetPath {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("must be the path of a set below baseUrl, without leading slash, such as"
                    + " main/ifsapplications/projection/v1/CustomerHandling.svc/CustomerSet: '" + text + "'");
        }
    }

    /** The path of the service that has the set. */
    String service() {
        return text.substring(0, text.lastIndexOf('/'));
    }

    String set() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    String projection() {
        String service = service();
        return service.substring(service.lastIndexOf('/') + 1, service.length() - ".svc".length());
    }

    @Override
    public String toString() {
        return projection() + "/" + set();
    }
}
