// Language and appearance: chosen once, kept on this browser.
import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/patterns/Said";
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "@/words/language";
import { changeLanguage } from "@/words/speak";

export function LanguageChoice() {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("frame.language")}
      value={useLanguage()}
      onChange={(language) => void changeLanguage(language as Language)}
      data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
    />
  );
}

export function SchemeChoice() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("frame.scheme")}
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
      data={[
        { value: "light", label: t("frame.light") },
        { value: "dark", label: t("frame.dark") },
        { value: "auto", label: t("frame.auto") },
      ]}
    />
  );
}
