package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Bill;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {

    private final StampliSandbox sandbox = StampliSandbox.start();
    private final TestConnection connection = TestConnection.to(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void trustsNoServerUnseen() {
        connection.without("hostKeys");

        assertThatThrownBy(connection::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("hostKeys or knownHosts or knownHostsFile must tell the key of the server");
    }

    @Test
    void namesTheKeyThatAServerShowsInsteadOfThePinnedOne() {
        String pinned = sandbox.hostKey();
        sandbox.changeHostKey();

        assertThatThrownBy(() -> connection.<Bill>pass("bills"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("shows the host key " + sandbox.hostKey() + " (ecdsa-sha2-nistp256)")
                .hasMessageContaining(pinned)
                .hasMessageNotContaining(sandbox.password());
        assertThat(sandbox.logins()).as("the password was not sent").isZero();
    }

    @Test
    void takesSeveralKeysWhileOneIsChanged() {
        String old = sandbox.hostKey();
        sandbox.changeHostKey();
        connection.with("hostKeys", List.of(old, sandbox.hostKey()));

        assertThat(connection.<Bill>pass("bills").ids()).isEmpty();
    }

    @Test
    void readsKnownHosts() {
        String key = Base64.getEncoder()
                .encodeToString(new Buffer.PlainBuffer().putPublicKey(sandbox.hostPublicKey()).getCompactData());
        connection
                .without("hostKeys")
                .with("knownHosts", "[127.0.0.1]:" + sandbox.port() + " ecdsa-sha2-nistp256 " + key + "\n");

        assertThat(connection.<Bill>pass("bills").ids()).isEmpty();
        sandbox.changeHostKey();
        assertThatThrownBy(() -> connection.<Bill>pass("bills"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining(sandbox.hostKey());
    }

    @Test
    void triesAWrongPasswordOnce() {
        connection.with("password", "wrong");

        assertThatThrownBy(() -> connection.<Bill>pass("bills"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("refuses the account 'mlconnector'")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void logsInWithAPrivateKey() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        sandbox.authorize(pair.getPublic());
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        connection.without("password").with("privateKey", pem);

        assertThat(connection.<Bill>pass("bills").ids()).isEmpty();
        assertThat(sandbox.logins()).isEqualTo(1);
    }

    @Test
    void tellsThatNobodyAnswers() {
        int port = sandbox.port();
        sandbox.close();

        assertThatThrownBy(() -> connection.<Bill>pass("bills"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + port + " cannot be reached");
    }

    @Test
    void takesANewPasswordWhileItIsOpen() {
        Connector connector = connection.open();
        sandbox.password("another");
        connector.replaceSecret("password", Secret.of("another"), Instant.EPOCH);

        assertThat(connector.source("bills", SourceContext.EMPTY).poll(Position.START).last()).isTrue();
    }

    @Test
    void checksServerAccountAndDirectories() {
        sandbox.put("/outbound/invoices/summary.xlsx", "x");
        connection.with("archive", "archive");

        List<Finding> findings = connection.open().check(Set.of("bills"));

        assertThat(findings)
                .extracting(finding -> finding.level() + " " + finding.subject())
                .containsExactly("OK connection", "OK bills.directory", "WARNING bills.pattern", "WARNING bills.archive");
        sandbox.changeHostKey();
        assertThat(connection.open().check(Set.of("bills")))
                .extracting(Finding::level)
                .containsExactly(Finding.Level.FAILED);
    }

    @Test
    void printsNoSecret() {
        var text = new StringWriter();
        text.append(connection.open().toString());
        text.append(new Credentials(Secret.of("hidden"), null, null).toString());

        assertThat(text.toString()).doesNotContain("hidden").doesNotContain(sandbox.password());
    }
}
