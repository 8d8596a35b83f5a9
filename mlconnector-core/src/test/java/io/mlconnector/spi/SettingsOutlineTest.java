package io.mlconnector.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.spi.SettingsOutline.Kind;
import io.mlconnector.spi.SettingsOutline.Setting;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SettingsOutlineTest {

    private enum Mode {
        DRAFT,
        SEND_NOW
    }

    private static SettingsOutline outline(Consumer<Settings> reader) {
        return SettingsOutline.of(settings -> {
            reader.accept(settings);
            settings.check();
        });
    }

    private static List<String> names(SettingsOutline outline) {
        return outline.settings().stream().map(Setting::name).toList();
    }

    @Test
    void tellsKindDefaultAndRangeOfEachSetting() {
        SettingsOutline outline = outline(settings -> {
            settings.text("company");
            settings.integer("lanes", 4, 1, 64);
            settings.duration("wait", Duration.ofMinutes(5));
            settings.choice("mode", Mode.DRAFT);
            settings.secret("key");
        });

        assertThat(outline.settings())
                .containsExactly(
                        new Setting("company", Kind.TEXT, true, null, 0, 0, List.of(), null),
                        new Setting("lanes", Kind.NUMBER, false, "4", 1, 64, List.of(), null),
                        new Setting("wait", Kind.DURATION, false, "PT5M", 0, 0, List.of(), null),
                        new Setting("mode", Kind.CHOICE, false, "draft", 0, 0, List.of("draft", "send-now"), null),
                        new Setting("key", Kind.SECRET, true, null, 0, 0, List.of(), null));
    }

    @Test
    void findsSettingsThatOnlyCountBesideOthersAndRequiresThemNot() {
        SettingsOutline outline = outline(settings -> {
            if (settings.choice("mode", Mode.DRAFT) == Mode.SEND_NOW && settings.flag("mail", false)) {
                settings.text("sender");
            }
            if (settings.has("hooks")) {
                settings.section("hooks").uri("url");
            }
        });

        assertThat(names(outline)).containsExactly("mode", "mail", "hooks", "sender");
        assertThat(outline.settings()).noneMatch(Setting::required);
        assertThat(outline.settings().get(2).below())
                .satisfies(hooks -> assertThat(names(hooks)).containsExactly("url"));
    }

    @Test
    void tellsWhatStandsBelowFreeNamesAndWhereAnyNameIsAllowed() {
        SettingsOutline outline = outline(settings -> {
            settings.sections("tables").values().forEach(table -> table.text("from"));
            settings.section("any").names();
        });

        assertThat(outline.settings().get(0).below())
                .satisfies(tables -> assertThat(tables.others())
                        .satisfies(others -> assertThat(names(others)).containsExactly("from")));
        assertThat(outline.settings().get(1).below())
                .satisfies(any -> assertThat(any.open()).isTrue());
    }

    @Test
    void goesOnWhereATurnLeadsToSettingsThatDoNotGoTogether() {
        SettingsOutline outline = outline(settings -> {
            if (settings.has("file")) {
                String unused = settings.optionalText("file").orElseThrow();
            }
            settings.text("last");
        });

        assertThat(names(outline)).containsExactly("last", "file");
    }

    @Test
    void givesAwayADefectOfTheReaderItself() {
        assertThatThrownBy(() -> outline(settings -> {
                    String unused = settings.optionalText("file").orElseThrow();
                }))
                .isInstanceOf(NoSuchElementException.class);
    }
}
