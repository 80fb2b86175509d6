// Said beside a figure over everybody when the newest events are not in it yet.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/patterns/Said";
import { length } from "@/reading/moments";
import { SOON } from "./needing";

export function CountedUpTo({ seconds }: { seconds: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (seconds < SOON) return null;
  return (
    <Text span inherit fw={600}>
      · {t("home.countedUpTo", { length: length(seconds, language) })}
    </Text>
  );
}
