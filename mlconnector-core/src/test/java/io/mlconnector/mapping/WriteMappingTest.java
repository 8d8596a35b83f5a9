package io.mlconnector.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Address;
import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WriteMappingTest {

    private static final Customer CUSTOMER = Customer.builder()
            .key(new RecordKey("a", "b", "c"))
            .number("1")
            .name("Müller & Söhne [1]")
            .billingAddress(new Address("Hafen 2", null, "Köln", null, "50667", "DE"))
            .build();

    private static final WriteMapping<Customer> MAPPING = WriteMapping.<Customer>named(
                    "test.out", Settings.of("mapping", Map.of()))
            .rule("Name", "name", Customer::name)
            .rule("Address/City", "billingAddress", it -> address(it).city())
            .rule("Email", "email", Customer::email)
            .rule("Address/Geo/Country", "billingAddress", it -> address(it).country())
            .rule("Tags", "number", it -> List.of(1, "zwei"))
            .rule("More", "number", it -> new LinkedHashMap<>(Map.of("limit", new BigDecimal("1E+3"))))
            .built("Lines", "lines", "one by one")
            .build();

    private static Address address(Customer customer) {
        Address address = customer.billingAddress();
        return address == null ? new Address(null, null, null, null, null, null) : address;
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void rendersAFormWithoutAMapInBetween() {
        WriteMapping<Customer> mapping = WriteMapping.<Customer>named("test.form", Settings.of("mapping", Map.of()))
                .rule("name", "name", Customer::name)
                .rule("address[city]", "billingAddress", it -> address(it).city())
                .rule("email", "email", Customer::email)
                .rule("locales", "number", it -> List.of("de", "sv"))
                .rule("metadata", "number", it -> Map.of("a key", new BigDecimal("1E+3")))
                .build();

        assertThat(text(mapping.form(CUSTOMER, null)))
                .isEqualTo("name=M%C3%BCller+%26+S%C3%B6hne+[1]&address[city]=K%C3%B6ln"
                        + "&locales[0]=de&locales[1]=sv&metadata[a+key]=1000");
        assertThat(text(mapping.form(CUSTOMER, Set.of("email")))).isEqualTo("email=");
    }

    @Property
    void writesFormsLikeTheJdkButForSquareBrackets(@ForAll String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%5B", "[")
                .replace("%5D", "]");

        assertThat(text(FormBody.encoded(text))).isEqualTo(encoded);
    }

    @Property
    void writesWholeNumbersLikeTheJdk(@ForAll long number) {
        WriteMapping<Customer> mapping = WriteMapping.<Customer>named("test.form", Settings.of("mapping", Map.of()))
                .rule("n", "number", it -> number)
                .build();

        assertThat(text(mapping.form(CUSTOMER, null))).isEqualTo("n=" + number);
    }

    @Test
    void rendersJsonWithTheParametersOfAnObjectTogether() {
        assertThat(text(MAPPING.json(CUSTOMER, null)))
                .isEqualTo(
                        "{\"Name\":\"Müller & Söhne [1]\",\"Address\":{\"City\":\"Köln\",\"Geo\":{\"Country\":\"DE\"}},"
                                + "\"Tags\":[1,\"zwei\"],\"More\":{\"limit\":1000}}");
        assertThat(text(MAPPING.json(CUSTOMER, Set.of("email", "billingAddress"))))
                .isEqualTo("{\"Address\":{\"City\":\"Köln\",\"Geo\":{\"Country\":\"DE\"}},\"Email\":null}");
        assertThat(text(MAPPING.json(CUSTOMER, Set.of()))).isEqualTo("{}");
    }

    @Test
    void namesEveryParameterThatBreaksItsRule() {
        WriteMapping<Customer> mapping = WriteMapping.<Customer>named("test.bad", Settings.of("mapping", Map.of()))
                .rule("name", "name", it -> {
                    throw new IllegalArgumentException("must be short");
                })
                .rule("email", "email", it -> {
                    throw new IllegalArgumentException("must be there");
                })
                .build();

        assertThatThrownBy(() -> mapping.form(CUSTOMER, null))
                .isInstanceOf(MappingException.class)
                .hasMessage("name (name) must be short; email (email) must be there");
    }
}
