// What the last night did for the whole installation, what failed, and what to do about it.
import { Alert, Code, Stack, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockExclamation,
  IconMoon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Night as LastNight, Nights } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Facts, type Fact } from "@/patterns/Facts";
import { Moment, useLanguage, useNow, useZone } from "@/patterns/Said";
import { Shown } from "@/patterns/Shown";
import { hour, length } from "@/reading/moments";
import { count } from "@/reading/money";
import { failures, standing } from "./night";
import { useNight } from "./queries";
import { settings } from "./words";

const BY_HAND = "innesco nightly";

export function Night() {
  const { t } = useTranslation();
  const nights = useNight();
  return (
    <Card title={t("settings.night.title")} about={t("settings.night.about")}>
      <Shown query={nights}>
        {(told) => (
          <Stack>
            {told.under_way && <UnderWay since={told.under_way} />}
            {told.last ? <Done told={told} last={told.last} /> : <NotYet told={told} />}
          </Stack>
        )}
      </Shown>
    </Card>
  );
}

function UnderWay({ since }: { since: string }) {
  const { t } = useTranslation();
  const at = hour(since, useZone(), useLanguage());
  return (
    <Alert
      color="blue"
      variant="light"
      icon={<IconMoon aria-hidden />}
      title={t("settings.night.underWay", { hour: at })}
    />
  );
}

function NotYet({ told }: { told: Nights }) {
  const { t } = useTranslation();
  const at = hour(told.next, useZone(), useLanguage());
  return (
    <Empty
      icon={IconMoon}
      title={t("settings.night.none")}
      todo={told.runs ? t("settings.night.noneNext", { hour: at }) : t("settings.night.noneIdle")}
      action={<Code>{BY_HAND}</Code>}
    />
  );
}

function Done({ told, last }: { told: Nights; last: LastNight }) {
  const facts = useFacts(told, last);
  return (
    <>
      <Verdict told={told} last={last} />
      <Facts facts={facts} />
    </>
  );
}

function Verdict({ told, last }: { told: Nights; last: LastNight }) {
  const { t } = useTranslation();
  const failed = failures(last);
  switch (standing({ last, under_way: told.under_way ?? null }, useNow(60_000))) {
    case "failed":
      return (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertTriangle aria-hidden />}
          title={t("settings.night.failed", { count: failed.length })}
        >
          <Stack gap="sm">
            {failed.map(({ part, why }) => (
              <div key={part + why}>
                <Text size="sm" fw={600}>
                  {t(`settings.night.part.${part}`)}
                </Text>
                <Text size="sm" className="break">
                  {why}
                </Text>
                <Text size="sm">{t(`settings.night.mend.${part}`)}</Text>
              </div>
            ))}
            <Text size="sm">
              {t("settings.night.others")} <Code>{BY_HAND}</Code>
            </Text>
          </Stack>
        </Alert>
      );
    case "late":
      return (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconClockExclamation aria-hidden />}
          title={t("settings.night.late")}
        >
          {t("settings.night.lateDo")} <Code>{BY_HAND}</Code>
        </Alert>
      );
    default:
      return (
        <Alert
          color="green"
          variant="light"
          icon={<IconCircleCheck aria-hidden />}
          title={t("settings.night.good")}
        />
      );
  }
}

function useFacts(told: Nights, last: LastNight): Fact[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const trimmed = Object.entries(last.trimmed ?? {}).map(([what, rows]) =>
    Object.hasOwn(settings.night.what, what)
      ? t(`settings.night.what.${what as keyof typeof settings.night.what}`, {
          rows: count(rows, language),
        })
      : `${what} ${count(rows, language)}`,
  );
  return [
    [t("settings.night.began"), <Moment key="began" at={last.began} />],
    [t("settings.night.took"), length(last.seconds ?? 0, language)],
    [
      t("settings.night.trimmed"),
      trimmed.length > 0
        ? trimmed.map((one) => <div key={one}>{one}</div>)
        : t("settings.night.nothing"),
    ],
    [t("settings.night.compacted"), count(last.compacted ?? 0, language)],
    [t("settings.night.backup"), last.backup || (last.note && t("settings.night.noBackup"))],
    [
      t("settings.night.pause"),
      `${count(Math.round(1000 * (last.longest_pause ?? 0)), language)} ms`,
    ],
    [
      t("settings.night.lastGood"),
      failures(last).length > 0 && told.good ? <Moment key="good" at={told.good} /> : null,
    ],
    [
      t("settings.night.next"),
      told.runs ? <Moment key="next" at={told.next} /> : t("settings.night.nextIdle"),
    ],
  ];
}
