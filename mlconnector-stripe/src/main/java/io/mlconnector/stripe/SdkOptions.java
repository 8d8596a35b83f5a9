package io.mlconnector.stripe;

import com.stripe.net.Authenticator;
import com.stripe.net.StripeResponseGetterOptions;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import org.jspecify.annotations.NullUnmarked;

/** What the SDK is told: where Stripe is, and that everything else is the transport's business, the key included. */
@NullUnmarked
final class SdkOptions extends StripeResponseGetterOptions {

    private static final Authenticator BY_THE_TRANSPORT = request -> request;

    private final String baseUrl;

    SdkOptions(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    @Override
    public Authenticator getAuthenticator() {
        return BY_THE_TRANSPORT;
    }

    @Override
    public String getClientId() {
        return null;
    }

    @Override
    public int getConnectTimeout() {
        return 0;
    }

    @Override
    public Proxy getConnectionProxy() {
        return null;
    }

    @Override
    public int getMaxNetworkRetries() {
        return 0;
    }

    @Override
    public PasswordAuthentication getProxyCredential() {
        return null;
    }

    @Override
    public String getApiBase() {
        return baseUrl;
    }

    @Override
    public String getFilesBase() {
        return baseUrl;
    }

    @Override
    public String getConnectBase() {
        return baseUrl;
    }

    @Override
    public String getMeterEventsBase() {
        return baseUrl;
    }

    @Override
    public int getReadTimeout() {
        return 0;
    }

    @Override
    public String getStripeAccount() {
        return null;
    }

    @Override
    public String getStripeContext() {
        return null;
    }
}
