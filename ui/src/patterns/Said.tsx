// Moments and money inside a sentence or a table, in the reader's language and the shop's zone.
import { Tooltip } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { money } from "@/reading/money";
import { exact, relative } from "@/reading/moments";
import { asLanguage, type Language } from "@/words/language";
import { useShop } from "./shop";

export function useLanguage(): Language {
  return asLanguage(useTranslation().i18n.language) ?? "en";
}

export function useZone(): string {
  return useShop().zone;
}

/** `3 minutes ago`; the exact time and its zone on hover and for a screen reader. */
export function Moment({ at }: { at: string }) {
  const language = useLanguage();
  const zone = useZone();
  const now = useNow(15_000);
  return (
    <Tooltip label={exact(at, zone, language)}>
      <time dateTime={at}>{relative(at, now, language)}</time>
    </Tooltip>
  );
}

export function Money({ minor, currency }: { minor: number; currency: string }) {
  return <>{money(minor, currency, useLanguage())}</>;
}

/** The shop's time, told again every so many milliseconds. */
export function useNow(every: number): Date {
  const { ahead } = useShop();
  const [now, tell] = useState(() => Date.now());
  useInterval(() => tell(Date.now()), every, { autoInvoke: true });
  return new Date(now + ahead);
}
