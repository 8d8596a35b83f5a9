package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;

/** docs/operations.md shows how Quartz runs flows; what stands there is this class. */
class QuartzTest {

    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Path SOURCE = Path.of("src/test/java/io/mlconnector/examples/QuartzTest.java");

    // begin
    @DisallowConcurrentExecution
    public static final class SyncJob implements Job {

        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                Object engine =
                        requireNonNull(context.getScheduler().getContext().get("engine"), "engine");
                FlowReport report =
                        ((SyncEngine) engine).run(context.getMergedJobDataMap().getString("flow"));
                if (!report.completed()) {
                    throw new JobExecutionException(report.failureReason().orElseThrow());
                }
            } catch (SchedulerException e) {
                throw new JobExecutionException(e);
            }
        }
    }
    // end

    @Test
    void thePageShowsTheJobThatIsCompiledHere() throws IOException {
        String source = Files.readString(SOURCE);
        String job =
                source.substring(source.indexOf("// begin\n") + "// begin\n".length(), source.indexOf("    // end"));

        assertThat(Files.readString(PAGE))
                .contains("```java\n" + job.stripTrailing().stripIndent() + "\n```");
    }

    @Test
    void quartzTakesTheJobForOneThatNeverRunsBesideItself() {
        JobDetail job = JobBuilder.newJob(SyncJob.class)
                .withIdentity("customers")
                .usingJobData("flow", "customers")
                .build();

        assertThat(job.isConcurrentExecutionDisallowed()).isTrue();
    }
}
