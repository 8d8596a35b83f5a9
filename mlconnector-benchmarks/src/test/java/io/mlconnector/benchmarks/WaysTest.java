package io.mlconnector.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is compared does the same. */
class WaysTest {

    private static final byte[] PAGE = InvoicePage.of(700);

    private record Result(Change<Invoice> change, long fingerprint, String form) {}

    private static List<Result> results(Way way) {
        var changes = new ArrayList<Change<Invoice>>();
        way.read(PAGE, changes::add);
        var results = new ArrayList<Result>();
        new WholePath(way)
                .run(
                        PAGE,
                        (fingerprint, form) -> results.add(
                                new Result(changes.get(results.size()), fingerprint, new String(form, UTF_8))));
        return results;
    }

    @TestFactory
    List<DynamicTest> allWaysEndInEqualRecordsAndForms() {
        List<Result> expected = results(new HandInvoices());
        assertThat(expected).hasSize(700);

        return WholePath.ways().entrySet().stream()
                .map(way -> DynamicTest.dynamicTest(way.getKey(), () -> {
                    List<Result> results = results(way.getValue());

                    assertThat(results).extracting(Result::change).isEqualTo(changes(expected));
                    assertThat(results).extracting(Result::form).isEqualTo(forms(expected));
                    assertThat(results).extracting(Result::fingerprint).doesNotHaveDuplicates();
                }))
                .toList();
    }

    @Test
    void theLibraryEndsInTheFingerprintsOfTheOneByHand() {
        assertThat(results(new RuleInvoices())).isEqualTo(results(new HandInvoices()));
    }

    private static List<Change<Invoice>> changes(List<Result> results) {
        return results.stream().map(Result::change).toList();
    }

    private static List<String> forms(List<Result> results) {
        return results.stream().map(Result::form).toList();
    }

    @Test
    void theFloorEndsInTheSameForms() {
        var forms = new ArrayList<String>();
        new ByteSlices().read(PAGE, (form, hash) -> forms.add(new String(form, UTF_8)));

        assertThat(forms).isEqualTo(forms(results(new HandInvoices())));
        assertThat(new ByteSlices().scan(PAGE)).isEqualTo(700);
    }

    @Test
    void aFormNamesWhatIsNeeded() {
        assertThat(results(new RuleInvoices()).get(1).form())
                .isEqualTo("customer=C1&currency=SEK&amount=12044&due_date=1769904000&number=CI-700001"
                        + "&metadata[company]=20&metadata[region]=south+%26+west&metadata[system]=erp");
    }
}
