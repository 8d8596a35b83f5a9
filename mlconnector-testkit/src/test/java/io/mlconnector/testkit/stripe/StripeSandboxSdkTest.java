package io.mlconnector.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceAddLinesParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoicePaymentListParams;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StripeSandboxSdkTest {

    private static boolean telemetry;

    private final StripeSandbox stripe = StripeSandbox.start();
    private final StripeClient client = client(stripe.apiKey());

    @BeforeAll
    static void keepTheSdkFromWritingFiles() {
        telemetry = Stripe.enableTelemetry;
        Stripe.enableTelemetry = false;
    }

    @AfterAll
    static void restoreTelemetry() {
        Stripe.enableTelemetry = telemetry;
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    @Test
    void theSdkWritesAndReadsCustomers() throws StripeException {
        Customer created = customer();
        client.v1()
                .customers()
                .update(
                        created.getId(),
                        CustomerUpdateParams.builder()
                                .setPhone("+49 221 1")
                                .putMetadata("erp", "")
                                .build());

        Customer found = client.v1()
                .customers()
                .list(CustomerListParams.builder().setLimit(5L).build())
                .getData()
                .get(0);

        assertThat(found.getName()).isEqualTo("Nordbau GmbH");
        assertThat(found.getPhone()).isEqualTo("+49 221 1");
        assertThat(found.getMetadata()).isEmpty();
        assertThat(found.getAddress().getCity()).isEqualTo("Köln");
    }

    @Test
    void theSdkTakesAnInvoiceFromDraftToItsPayment() throws StripeException {
        Invoice draft = draft(customer().getId());
        Invoice filled = client.v1().invoices().addLines(draft.getId(), line());
        Invoice open = client.v1().invoices().finalizeInvoice(draft.getId());
        stripe.dashboard().payInvoice(open.getId());
        InvoicePayment payment = client.v1()
                .invoicePayments()
                .list(InvoicePaymentListParams.builder()
                        .setInvoice(open.getId())
                        .build())
                .getData()
                .get(0);
        String charge = client.v1()
                .paymentIntents()
                .retrieve(payment.getPayment().getPaymentIntent())
                .getLatestCharge();
        Charge paid = client.v1().charges().retrieve(charge);

        assertThat(draft.getStatus()).isEqualTo("draft");
        assertThat(filled.getTotal()).isEqualTo(29750);
        assertThat(filled.getLines().getData().get(0).getTaxes().get(0).getAmount())
                .isEqualTo(4750);
        assertThat(open.getStatus()).isEqualTo("open");
        assertThat(open.getHostedInvoiceUrl()).isNotBlank();
        assertThat(paid.getAmount()).isEqualTo(29750);
        assertThat(paid.getBalanceTransaction()).startsWith("txn_");
    }

    @Test
    void theSdkReadsEventsOfTheSameVersion() throws StripeException {
        customer();

        Event event = client.v1().events().list().getData().get(0);

        assertThat(event.getType()).isEqualTo("customer.created");
        assertThat(event.getDataObjectDeserializer().getObject()).isPresent();
    }

    @Test
    void refusalsComeAsTheExceptionsOfTheSdk() throws StripeException {
        String customer = customer().getId();
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("k").build();
        client.v1()
                .customers()
                .create(CustomerCreateParams.builder().setName("a").build(), key);

        assertThatExceptionOfType(IdempotencyException.class)
                .isThrownBy(() -> client.v1()
                        .customers()
                        .create(CustomerCreateParams.builder().setName("b").build(), key));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() ->
                        client.v1().invoices().finalizeInvoice(draft(customer).getId()));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> client.v1().invoices().retrieve("in_gone"))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo("resource_missing"));
        assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(() -> client("sk_test_wrong").v1().customers().retrieve(customer));
    }

    @Test
    void faultsComeAsTheExceptionsOfTheSdk() {
        stripe.failNext(1, StripeFault.rateLimited("global-rate"));
        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(this::customer)
                .satisfies(e -> assertThat(
                                e.getStripeError().getLastResponse().headers().firstValue("Stripe-Rate-Limited-Reason"))
                        .contains("global-rate"));
        stripe.failNext(1, StripeFault.conflict());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(this::customer)
                .satisfies(e -> assertThat(e.getStatusCode()).isEqualTo(409));
        stripe.failNext(1, StripeFault.serverError());
        assertThatExceptionOfType(ApiException.class).isThrownBy(this::customer);
    }

    private Customer customer() throws StripeException {
        return client.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName("Nordbau GmbH")
                        .setEmail("ap@nordbau.example")
                        .setAddress(CustomerCreateParams.Address.builder()
                                .setCity("Köln")
                                .setCountry("DE")
                                .build())
                        .putMetadata("erp", "1001")
                        .build());
    }

    private Invoice draft(String customer) throws StripeException {
        return client.v1()
                .invoices()
                .create(InvoiceCreateParams.builder()
                        .setCustomer(customer)
                        .setCurrency("eur")
                        .setCollectionMethod(InvoiceCreateParams.CollectionMethod.SEND_INVOICE)
                        .setDaysUntilDue(30L)
                        .setAutoAdvance(false)
                        .setPendingInvoiceItemsBehavior(InvoiceCreateParams.PendingInvoiceItemsBehavior.EXCLUDE)
                        .build());
    }

    private static InvoiceAddLinesParams line() {
        var rate = InvoiceAddLinesParams.Line.TaxAmount.TaxRateData.builder()
                .setDisplayName("VAT")
                .setPercentage(new BigDecimal("19"))
                .setInclusive(false)
                .build();
        return InvoiceAddLinesParams.builder()
                .addLine(InvoiceAddLinesParams.Line.builder()
                        .setAmount(25000L)
                        .setDescription("Pump")
                        .addTaxAmount(InvoiceAddLinesParams.Line.TaxAmount.builder()
                                .setAmount(4750L)
                                .setTaxableAmount(25000L)
                                .setTaxRateData(rate)
                                .build())
                        .build())
                .build();
    }

    private StripeClient client(String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(stripe.baseUrl().toString())
                .setMaxNetworkRetries(0)
                .build();
    }
}
