package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.secret.CredentialFile;
import io.mlconnector.spi.Secret;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "secret",
        description =
                "Credentials, sealed in the file that the configuration names. A value is typed at a prompt or comes from the input.",
        subcommands = {
            SecretCommands.ListThem.class,
            SecretCommands.Set.class,
            SecretCommands.Rotate.class,
            SecretCommands.Remove.class,
            SecretCommands.Reseal.class
        })
final class SecretCommands extends Group {

    /** Needs nothing but the section of credentials, so that they can be set before anything else is there. */
    abstract static class OnCredentials extends OnConfiguration {

        abstract void on(CredentialFile credentials);

        @Override
        int on(Integration integration) {
            throw new IllegalStateException("credentials are opened by themselves");
        }

        @Override
        public Integer call() {
            on(launcher().integrations().loadCredentials(configuration()));
            return 0;
        }

        Secret typed(String name) {
            String value = launcher().readSecret("value of " + name);
            if (value.isBlank()) {
                throw new IllegalArgumentException("no value was given for " + name);
            }
            return Secret.of(value.strip());
        }
    }

    @Command(name = "list", description = "Lists names, versions and times, and no value.")
    static final class ListThem extends OnCredentials {

        @Override
        void on(CredentialFile credentials) {
            var table = new Table("name", "version", "from", "until", "master key");
            credentials
                    .versions()
                    .forEach(version -> table.add(
                            version.name(), version.number(), version.from(), version.until(), version.masterKey()));
            print(table);
        }
    }

    @Command(name = "set", description = "Keeps a value from now on; what was kept under the name before ends.")
    static final class Set extends OnCredentials {

        @Parameters(index = "1", description = "Its name, such as stripe-prod/apiKey.")
        private String name = "";

        @Override
        void on(CredentialFile credentials) {
            credentials.keep(name, typed(name));
            out().println("kept");
        }
    }

    @Command(name = "rotate", description = "Keeps a new value, beside which the old one counts for a while.")
    static final class Rotate extends OnCredentials {

        @Parameters(index = "1", description = "Its name.")
        private String name = "";

        @Option(
                names = "--overlap",
                defaultValue = "PT1H",
                description = "How long the old value still counts; ${DEFAULT-VALUE} if not given.")
        private Duration overlap = Duration.ofHours(1);

        @Override
        void on(CredentialFile credentials) {
            Instant now = Instant.now();
            credentials.add(name, typed(name), now, now.plus(overlap));
            out().println("kept; running processes take it up within a minute");
        }
    }

    @Command(name = "remove", description = "Removes all versions of a credential.")
    static final class Remove extends OnCredentials {

        @Parameters(index = "1", description = "Its name.")
        private String name = "";

        @Override
        void on(CredentialFile credentials) {
            if (!credentials.remove(name)) {
                throw new IllegalArgumentException("there is no credential '" + name + "'");
            }
            out().println("removed");
        }
    }

    @Command(name = "reseal", description = "Seals everything under the current master key; see docs/security.md.")
    static final class Reseal extends OnCredentials {

        @Override
        void on(CredentialFile credentials) {
            out().println(credentials.reseal() + " sealed under the current master key");
        }
    }
}
