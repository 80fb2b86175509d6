// The condition in words as it is being built, or the way to what is still missing.
import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { inLanguage } from "@/journeys/telling";
import { useLanguage } from "@/patterns/Said";
import type { Builder } from "./useBuilder";
import type { Live } from "./useLive";

export function Sentence({ builder, live }: { builder: Builder; live: Live }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { wrong, goTo, showEverything } = builder;
  const [first] = wrong;
  if (first)
    return (
      <Text size="sm" c="dimmed">
        {t("conditions.missing", { count: wrong.length })}.{" "}
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => {
            showEverything();
            goTo({ key: first.key, at: "field" });
          }}
        >
          {t("conditions.toMissing")}
        </Anchor>
      </Text>
    );
  const said = live.sentence.data;
  return (
    <Text
      fw={550}
      className="break"
      c={live.current && !live.sentence.isPlaceholderData ? undefined : "dimmed"}
    >
      {said ? capital(inLanguage(said, language)) : " "}
    </Text>
  );
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
