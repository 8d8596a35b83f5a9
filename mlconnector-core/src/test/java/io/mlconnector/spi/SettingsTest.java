package io.mlconnector.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void readsEveryKindOfValue() {
        Settings settings = Settings.of(
                "connections.x",
                Map.of(
                        "url",
                        "https://a.example/b",
                        "key",
                        "s3cret",
                        "pages",
                        50,
                        "pause",
                        "PT5M",
                        "on",
                        true,
                        "action",
                        "create",
                        "list",
                        List.of("a", "b"),
                        "table",
                        Map.of("1", "one"),
                        "deep",
                        Map.of("name", "n")));

        assertThat(settings.uri("url")).isEqualTo(URI.create("https://a.example/b"));
        assertThat(settings.secret("key").reveal()).isEqualTo("s3cret");
        assertThat(settings.integer("pages", 1, 1, 100)).isEqualTo(50);
        assertThat(settings.duration("pause", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.flag("on", false)).isTrue();
        assertThat(settings.choice("action", Action.UPDATE)).isEqualTo(Action.CREATE);
        assertThat(settings.texts("list")).containsExactly("a", "b");
        assertThat(settings.table("table")).containsEntry("1", "one");
        assertThat(settings.section("deep").text("name")).isEqualTo("n");
        settings.check();
    }

    @Test
    void listsAllFaultsAtOnceAndNamesTheNearestSetting() {
        var values = new LinkedHashMap<String, Object>();
        values.put("pages", 500);
        values.put("pause", "5 minutes");
        values.put("action", "destroy");
        values.put("url", "ftp://x");
        values.put("cleintId", "x");
        values.put("deep", Map.of("colour", "red"));
        Settings settings = Settings.of("connections.x", values);

        settings.integer("pages", 1, 1, 100);
        settings.duration("pause", Duration.ZERO);
        settings.choice("action", Action.UPDATE);
        settings.uri("url");
        settings.text("clientId");
        settings.secret("clientSecret");
        settings.section("deep").text("color", "");

        assertThatThrownBy(settings::check)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        fault -> assertThat(fault.faults())
                                .containsExactly(
                                        "connections.x.pages must be a whole number from 1 to 100: 500",
                                        "connections.x.pause must be a duration such as PT5M, at most ten years: 5 minutes",
                                        "connections.x.action must be one of create, update, remove: destroy",
                                        "connections.x.url must be an absolute http or https address: ftp://x",
                                        "connections.x.clientId is missing",
                                        "connections.x.clientSecret is missing",
                                        "connections.x.cleintId is not a setting; did you mean clientId?",
                                        "connections.x.deep.colour is not a setting; did you mean color?"));
    }

    @Test
    void aSecretNeverPrints() {
        assertThat(Secret.of("s3cret")).hasToString("***").isEqualTo(Secret.of("s3cret"));
        assertThat(String.valueOf(new Object[] {Secret.of("s3cret")}[0])).doesNotContain("s3cret");
    }
}
