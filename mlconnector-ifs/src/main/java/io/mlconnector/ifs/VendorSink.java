package io.mlconnector.ifs;

import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.ifs.VendorSettings.Numbering;
import io.mlconnector.ifs.WritableSet.Stored;
import io.mlconnector.model.Address;
import io.mlconnector.model.TaxId;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links vendors to suppliers that are there, keeps those up to date, and creates missing ones where that is allowed. What a
 * supplier is linked to is not overwritten until the vendor changes.
 */
final class VendorSink implements Sink<Vendor> {

    /** Which columns each canonical field is written to. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "name", List.of("name"),
            "email", List.of("email"),
            "phone", List.of("phone"),
            "address", List.of("line1", "line2", "city", "region", "postalCode", "country"),
            "taxIds", List.of("vat", "registration"),
            "currency", List.of("currency"),
            "paymentTerms", List.of("paymentTerms"),
            "active", List.of("active"));

    private final VendorSettings settings;
    private final WritableSet suppliers;
    private final RowChanger changer;
    private final String company;

    VendorSink(VendorSettings settings, WritableSet suppliers, RowChanger changer, String company) {
        this.settings = settings;
        this.suppliers = suppliers;
        this.changer = changer;
        this.company = company;
    }

    @Override
    public Class<Vendor> type() {
        return Vendor.class;
    }

    @Override
    public Duration settleTime() {
        return settings.settleTime();
    }

    @Override
    public Lineage lineage() {
        var rules = new LinkedHashMap<String, String>();
        PARTS.forEach((field, parts) -> {
            var columns = new ArrayList<String>();
            parts.forEach(part -> settings.columns().of(part).ifPresent(columns::add));
            if (!columns.isEmpty()) {
                rules.put(field, String.join(", ", columns) + " <- " + field);
            }
        });
        return new Lineage("ifs.vendors", rules);
    }

    @Override
    public List<WriteOutcome> write(List<Write<Vendor>> batch) {
        return batch.stream().map(this::write).toList();
    }

    private WriteOutcome write(Write<Vendor> write) {
        try {
            return write.match(new Write.Cases<Vendor, WriteOutcome>() {
                @Override
                public WriteOutcome create(Write.Create<Vendor> create) {
                    return linkOrCreate(create.record());
                }

                @Override
                public WriteOutcome update(Write.Update<Vendor> update) {
                    return changer.change(
                            update,
                            company,
                            update.key().toString(),
                            row -> checked(update.record(), update.changedFields()));
                }

                @Override
                public WriteOutcome remove(Write.Remove<Vendor> remove) {
                    return deactivate(remove);
                }
            });
        } catch (EndedException e) {
            return e.outcome();
        } catch (MappingException e) {
            return new WriteOutcome.Rejected(write.key() + ": " + e.getMessage(), null);
        } catch (OutcomeUnknownException e) {
            return new WriteOutcome.Ambiguous(e.evidence());
        } catch (ConfigurationException e) {
            throw stopping(e);
        }
    }

    private WriteOutcome linkOrCreate(Vendor vendor) {
        Optional<TargetRef> known = existing(vendor);
        if (known.isPresent()) {
            return new WriteOutcome.Applied(known.get(), null);
        }
        if (!settings.create()) {
            throw EndedException.rejected(vendor.key() + ": there is no supplier "
                    + (settings.numbering() == Numbering.SOURCE
                            ? "with the number '" + vendor.number() + "'"
                            : "that comes from it")
                    + ", and vendors.create is off, because suppliers that create themselves are a risk of fraud: create"
                    + " the supplier in IFS, or set vendors.create to true");
        }
        Map<String, @Nullable Object> columns = checked(vendor, PARTS.keySet());
        settings.columns().of("partyType").ifPresent(column -> columns.put(column, "Supplier"));
        settings.columns().of("reference").ifPresent(column -> columns.put(column, reference(vendor)));
        List<String> key = settings.numbering() == Numbering.SOURCE ? List.of(vendor.number()) : List.of();
        try {
            Stored created = suppliers.create(key, columns, vendor.key().toString());
            return new WriteOutcome.Applied(new TargetRef(created.id(), created.version()), created.requestId());
        } catch (EndedException e) {
            return existing(vendor) // somebody else was faster
                    .<WriteOutcome>map(found -> new WriteOutcome.Applied(found, null))
                    .orElse(e.outcome());
        }
    }

    /** The supplier that comes from the vendor, or has its number. */
    private Optional<TargetRef> existing(Vendor vendor) {
        Optional<String> reference = settings.columns().of("reference");
        if (settings.numbering() == Numbering.SOURCE) {
            return suppliers.read(company, vendor.number()).map(row -> new TargetRef(vendor.number(), row.version()));
        }
        return reference.flatMap(column -> suppliers.alike(company, Map.of(column, reference(vendor))).stream()
                .findFirst()
                .map(row -> new TargetRef(row.id(), row.version())));
    }

    private static String reference(Vendor vendor) {
        return vendor.key().connection() + "/" + vendor.key().id();
    }

    private WriteOutcome deactivate(Write.Remove<Vendor> remove) {
        Optional<String> column = settings.columns().of("active");
        if (column.isEmpty()) {
            return new WriteOutcome.Rejected(
                    remove.key() + " is gone at its source, and its supplier "
                            + remove.target().id()
                            + " stays: suppliers are not deleted, and vendors.columns.active names no column to end it",
                    null);
        }
        var inactive = new LinkedHashMap<String, @Nullable Object>();
        inactive.put(column.get(), false);
        return changer.change(company, remove.target().id(), remove.key().toString(), row -> inactive);
    }

    /** The columns for fields of a vendor; what they do not take is refused before anything is sent. */
    private Map<String, @Nullable Object> checked(Vendor vendor, Set<String> fields) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        Map<String, @Nullable Object> values = values(vendor);
        var faults = new ArrayList<String>();
        for (String field : PARTS.keySet().stream().sorted().toList()) {
            for (String part : fields.contains(field) ? PARTS.getOrDefault(field, List.of()) : List.<String>of()) {
                settings.columns().of(part).ifPresent(column -> {
                    Object value = values.get(part);
                    if (value instanceof String text) {
                        suppliers.length(column).ifPresent(length -> {
                            if (text.length() > length) {
                                faults.add(part + " has " + text.length() + " characters, and " + column + " takes "
                                        + length + ": '" + text + "'");
                            }
                        });
                    }
                    columns.put(column, value);
                });
            }
        }
        if (!faults.isEmpty()) {
            throw EndedException.rejected(vendor.key() + ": " + String.join("; ", faults));
        }
        return columns;
    }

    private static Map<String, @Nullable Object> values(Vendor vendor) {
        Address address = vendor.address();
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("name", vendor.name());
        values.put("email", vendor.email());
        values.put("phone", vendor.phone());
        values.put("line1", address == null ? null : address.line1());
        values.put("line2", address == null ? null : address.line2());
        values.put("city", address == null ? null : address.city());
        values.put("region", address == null ? null : address.region());
        values.put("postalCode", address == null ? null : address.postalCode());
        values.put("country", address == null ? null : address.country());
        values.put("vat", taxId(vendor, TaxId.Kind.VAT));
        values.put("registration", taxId(vendor, TaxId.Kind.REGISTRATION));
        values.put("currency", vendor.currency());
        values.put("paymentTerms", vendor.paymentTerms());
        values.put("active", vendor.active());
        return values;
    }

    private static @Nullable String taxId(Vendor vendor, TaxId.Kind kind) {
        return vendor.taxIds().stream()
                .filter(id -> id.kind() == kind)
                .map(TaxId::value)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Lookup find(Write<Vendor> write) {
        try {
            return write.match(new Write.Cases<Vendor, Lookup>() {
                @Override
                public Lookup create(Write.Create<Vendor> create) {
                    return existing(create.record())
                            .<Lookup>map(Lookup.Found::new)
                            .orElse(Lookup.ABSENT);
                }

                @Override
                public Lookup update(Write.Update<Vendor> update) {
                    boolean done = changer.holds(
                            company, update.target().id(), row -> checked(update.record(), update.changedFields()));
                    return done ? new Lookup.Found(TargetRef.of(update.target().id())) : Lookup.ABSENT;
                }

                @Override
                public Lookup remove(Write.Remove<Vendor> remove) {
                    return Lookup.ABSENT;
                }
            });
        } catch (EndedException | MappingException e) {
            return new Lookup.CannotTell(write.key() + ": " + e.getMessage());
        } catch (ConfigurationException e) {
            throw stopping(e);
        }
    }

    private static UnavailableException stopping(ConfigurationException fault) {
        return new UnavailableException(String.valueOf(fault.getMessage()), Details.NONE, fault);
    }
}
