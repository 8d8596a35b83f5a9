package io.mlconnector.bill;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Address;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How vendors are read. What concerns their bank is not asked for. */
final class VendorReading implements Reading<Vendor> {

    private final String connection;
    private final Map<String, String> terms = new LinkedHashMap<>();
    private final RecordMapping<Vendor> mapping;
    private final Field<String> id;
    private final Field<String> number;
    private final Field<String> name;
    private final Field<String> email;
    private final Field<String> phone;
    private final Field<String> line1;
    private final Field<String> line2;
    private final Field<String> city;
    private final Field<String> region;
    private final Field<String> postalCode;
    private final Field<String> country;
    private final Field<String> currency;
    private final Field<String> paymentTerms;
    private final Field<Boolean> archived;

    VendorReading(String connection, BillSettings.Coding coding, Settings overrides) {
        this.connection = connection;
        coding.paymentTerms().forEach((code, term) -> terms.put(term, code));
        RecordMapping.Rules<Vendor> rules = RecordMapping.named("bill.vendors", overrides);
        id = rules.required("key", "id", Conversions.id());
        number = rules.field("number", "shortName", Conversions.text());
        name = rules.required("name", "name", Conversions.text());
        email = rules.field("email", "email", Conversions.text());
        phone = rules.field("phone", "phone", Conversions.text());
        line1 = rules.field("address.line1", "address/line1", Conversions.text());
        line2 = rules.field("address.line2", "address/line2", Conversions.text());
        city = rules.field("address.city", "address/city", Conversions.text());
        region = rules.field("address.region", "address/stateOrProvince", Conversions.text());
        postalCode = rules.field("address.postalCode", "address/zipOrPostalCode", Conversions.text());
        country = rules.field("address.country", "address/country", Conversions.country());
        currency = rules.field("currency", "billCurrency", Conversions.currency());
        paymentTerms = rules.field("paymentTerms", "additionalInfo/paymentTermId", Conversions.text());
        archived = rules.field("active", "archived", Conversions.flag());
        rules.alsoRead(UpdatedSet.UPDATED);
        mapping = rules.build(this::vendor);
    }

    RecordMapping<Vendor> rules() {
        return mapping;
    }

    @Override
    public Class<Vendor> type() {
        return Vendor.class;
    }

    @Override
    public String resource() {
        return BillConnector.VENDORS;
    }

    @Override
    public RowLayout layout() {
        return mapping.layout();
    }

    @Override
    public Lineage lineage() {
        return mapping.lineage();
    }

    @Override
    public Function<Row, Vendor> of(List<Row> rows) {
        return mapping::map;
    }

    private Vendor vendor(Values values) {
        Address address = new Address(
                Texts.orNull(line1.orNull(values)),
                Texts.orNull(line2.orNull(values)),
                Texts.orNull(city.orNull(values)),
                Texts.orNull(region.orNull(values)),
                Texts.orNull(postalCode.orNull(values)),
                country.orNull(values));
        String known = Texts.orNull(number.orNull(values));
        String term = paymentTerms.orNull(values);
        return Vendor.builder()
                .key(new RecordKey(connection, resource(), id.of(values)))
                .number(known == null ? id.of(values) : known)
                .name(name.of(values))
                .email(Texts.orNull(email.orNull(values)))
                .phone(Texts.orNull(phone.orNull(values)))
                .address(address.empty() ? null : address)
                .currency(currency.orNull(values))
                .paymentTerms(term == null ? null : terms.get(term))
                .active(!archived.or(values, false))
                .attributes(values.attributes())
                .build();
    }
}
