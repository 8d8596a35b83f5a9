package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.Settings;

/**
 * Where notes are, and what they hang on. The two calls and their names are known from live systems for instant invoices;
 * for vouchers and customer order invoices package and entity are conventions.
 *
 * @param path the set whose rows lead from a record to its notes
 * @param list the navigation from there to the notes
 * @param packageName the package that keeps the notes of such records
 * @param entity what such a record is called there
 * @param length how many characters a note takes where the metadata does not say
 */
record NoteSettings(SetPath path, String list, String packageName, String entity, int length) {

    static final String KEY = "Objkey";
    static final String PARENT = "ParentObjkey";
    static final String TEXT = "Text";

    static NoteSettings read(Settings settings, Preset preset) {
        boolean cloud = preset == Preset.CLOUD;
        String invoices = Role.INVOICES.path(preset);
        String otherwise = invoices.substring(0, invoices.lastIndexOf('/')) + "/NotesInfoVirtuals";
        return new NoteSettings(
                path(settings, otherwise),
                settings.text("list", "FinNotesArray"),
                settings.text("package", cloud ? "INVOICE_NOTE_API" : "VOUCHER_NOTE_API"),
                settings.text("entity", cloud ? "CustomerOrderInvHead" : "Voucher"),
                settings.integer("length", 2000, 100, 1_000_000));
    }

    static NoteSettings ofBills(Settings settings, Preset preset) {
        boolean cloud = preset == Preset.CLOUD;
        String invoices = Role.SUPPLIER_INVOICES.path(preset);
        String otherwise = invoices.substring(0, invoices.lastIndexOf('/')) + "/NotesInfoVirtuals";
        return new NoteSettings(
                path(settings, otherwise),
                settings.text("list", "FinNotesArray"),
                settings.text("package", "INVOICE_NOTE_API"),
                settings.text("entity", cloud ? "ManSuppInvoice" : "PostingProposalHead"),
                settings.integer("length", 2000, 100, 1_000_000));
    }

    private static SetPath path(Settings settings, String otherwise) {
        String text = settings.text("path", otherwise);
        try {
            return new SetPath(text);
        } catch (IllegalArgumentException e) {
            settings.fault("path", String.valueOf(e.getMessage()));
            return new SetPath(otherwise);
        }
    }
}
