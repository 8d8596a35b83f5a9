package io.mlconnector.stampli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record: where the accepted form of it stands, and a later form that was refused.
 *
 * @param accepted the form that was delivered, or that says the record is void; null if there is none
 * @param refused the last form that became a dead letter; null if there is none
 */
record RecordNote(@Nullable Accepted accepted, @Nullable Place refused) {

    static final RecordNote NONE = new RecordNote(null, null);

    /**
     * A document in a file.
     *
     * @param sha256 the file
     * @param ordinal the document's number in it
     */
    record Place(String sha256, int ordinal) {}

    /**
     * A form that counts.
     *
     * @param place where it stands
     * @param hash of its content
     * @param revision as the file says
     * @param exportedAt in seconds since 1970; 0 if the file does not say
     * @param delivered whether it was delivered; otherwise it was void before anything was
     * @param corrected whether it took the place of an earlier form
     */
    record Accepted(Place place, String hash, int revision, long exportedAt, boolean delivered, boolean corrected) {}

    static RecordNote read(String text) {
        List<String> fields = Fields.split(text);
        int at = 0;
        Accepted accepted = null;
        if (fields.get(0).equals("a")) {
            accepted = new Accepted(
                    place(fields, 1),
                    fields.get(3),
                    Integer.parseInt(fields.get(4)),
                    Long.parseLong(fields.get(5)),
                    fields.get(6).equals("1"),
                    fields.get(7).equals("1"));
            at = 8;
        }
        return new RecordNote(accepted, fields.size() > at + 2 ? place(fields, at + 1) : null);
    }

    private static Place place(List<String> fields, int at) {
        return new Place(fields.get(at), Integer.parseInt(fields.get(at + 1)));
    }

    String text() {
        String first = accepted == null
                ? ""
                : Fields.join(
                        "a",
                        accepted.place.sha256,
                        accepted.place.ordinal,
                        accepted.hash,
                        accepted.revision,
                        accepted.exportedAt,
                        accepted.delivered ? 1 : 0,
                        accepted.corrected ? 1 : 0);
        String second = refused == null ? "" : Fields.join("r", refused.sha256, refused.ordinal);
        return first.isEmpty() || second.isEmpty() ? first + second : first + "\t" + second;
    }

    /** Returns where the latest form stands; null if nothing is known. */
    @Nullable Place latest() {
        return refused != null ? refused : accepted == null ? null : accepted.place;
    }
}
