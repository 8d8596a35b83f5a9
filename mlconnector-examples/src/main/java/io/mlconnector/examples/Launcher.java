package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.MlConnectorException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs integrations from the command line.
 *
 * <p>Exit codes: 0 all is well, 1 something failed or does not balance, 2 the call or the configuration is wrong.
 */
@Command(
        name = "mlconnector",
        mixinStandardHelpOptions = true,
        version = "ml-connector 0.1.0-SNAPSHOT",
        description = "Keeps finance records in step between an ERP and the payment systems around it.",
        footer = {
            "",
            "Exit codes: 0 all is well, 1 something failed or does not balance, 2 the call or the configuration is wrong."
        },
        subcommands = {
            DemoCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            RunCommand.class,
            WatchCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            DeadCommands.class,
            DoubtCommands.class,
            AuditCommands.class,
            MappingCommands.class,
            ReconcileCommand.class,
            SecretCommands.class,
            PositionCommands.class,
            ResyncCommand.class,
            SchemaCommand.class
        })
public final class Launcher implements Runnable {

    private final InputStream in;
    private final PrintStream out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Launcher(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * Runs one command and exits.
     *
     * @param arguments the command and what it works on
     */
    public static void main(String[] arguments) {
        System.exit(new Launcher(System.in, System.out).run(arguments));
    }

    int run(String... arguments) {
        return new CommandLine(this)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, words) -> misunderstood(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is needed: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()) + "; see --help");
    }

    PrintStream out() {
        return out;
    }

    Integration.Builder integrations() {
        return Integration.builder();
    }

    /** Reads a secret where it does not show: from the terminal without echo, or from the input where there is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // later JDKs have a console that reads the input where there is no terminal
    String readSecret(String prompt) {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("%s: ", prompt);
            return typed == null ? "" : new String(typed);
        }
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + prompt, e);
        }
    }

    private int misunderstood(ParameterException e) {
        out.println(e.getMessage());
        if (e instanceof UnmatchedArgumentException unknown
                && !unknown.getSuggestions().isEmpty()) {
            out.println("did you mean " + String.join(" or ", unknown.getSuggestions()) + "?");
        }
        return 2;
    }

    private int failed(Exception e) throws Exception {
        if (e instanceof ConfigurationException || e instanceof IllegalArgumentException) {
            out.println(e.getMessage());
            return 2;
        }
        if (e instanceof UncheckedIOException) {
            out.println(e.getMessage() + ": " + e.getCause());
            return 1;
        }
        if (e instanceof MlConnectorException || e instanceof IllegalStateException) {
            out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            return 1;
        }
        throw e;
    }
}
