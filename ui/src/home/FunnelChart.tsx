// The way to an order: its title is the break that costs most; the table stands behind it.
import { Stack } from "@mantine/core";
import { IconChartFunnel } from "@tabler/icons-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Funnel } from "@/api/schema";
import { BRAND, FONT } from "@/look/theme";
import { Card } from "@/patterns/Card";
import { Chart } from "@/patterns/Chart";
import { Empty } from "@/patterns/Empty";
import { useLanguage } from "@/patterns/Said";
import { TableBehind, type Cell } from "@/patterns/TableBehind";
import { count, share } from "@/reading/money";
import type { Say } from "@/words/speak";
import type { Language } from "@/words/language";
import { CountedUpTo } from "./CountedUpTo";
import { breaks, shares, type Step } from "./funnel";
import { home } from "./words";

export function FunnelChart({ funnel: { steps, behind_seconds } }: { funnel: Funnel }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const title = answer(steps, t, language);
  const option = useCallback(
    (dark: boolean) => bars(steps, t, language, dark),
    [steps, t, language],
  );
  if ((steps[0]?.people ?? 0) === 0) {
    return (
      <Card title={t("home.funnel")}>
        <Empty
          icon={IconChartFunnel}
          title={t("home.funnelEmpty")}
          todo={t("home.funnelEmptyDo")}
        />
      </Card>
    );
  }
  return (
    <Card
      title={title}
      about={
        <>
          {t("home.funnel")} · {t("home.funnelOf")} <CountedUpTo seconds={behind_seconds} />
        </>
      }
    >
      <Stack gap="xs">
        <Chart label={spoken(steps, t, language)} height={44 * steps.length + 8} option={option} />
        <TableBehind
          name="innesco-funnel"
          head={[
            t("home.stepColumn"),
            t("home.peopleColumn"),
            t("home.fromBefore"),
            t("home.ofAll"),
          ]}
          rows={rows(steps, t, language)}
        />
      </Stack>
    </Card>
  );
}

function rows(steps: Step[], t: Say, language: Language): Cell[][] {
  const part = (people: number, of: number) => ({
    plain: of > 0 ? Number((people / of).toFixed(4)) : "",
    shown: share(people, of, language),
    hover: `${count(people, language)} / ${count(of, language)}`,
  });
  return shares(steps).map(({ event, people, before, all }) => [
    { plain: named(event, t) },
    { plain: people, shown: count(people, language) },
    part(people, before),
    part(people, all),
  ]);
}

function named(step: string, t: Say): string {
  return Object.hasOwn(home.step, step) ? t(`home.step.${step as keyof typeof home.step}`) : step;
}

function answer(steps: Step[], t: Say, language: Language): string {
  const worst = breaks(steps)[0];
  if (!worst) return t("home.noBreak");
  return t("home.breakAt", {
    lost: count(worst.lost, language),
    before: count(worst.before, language),
    step: named(worst.after, t),
  });
}

/** What a screen reader says instead of the bars: every number of them. */
function spoken(steps: Step[], t: Say, language: Language): string {
  return steps
    .map(({ event, people }) => `${named(event, t)}: ${count(people, language)}`)
    .join(", ");
}

function bars(steps: Step[], t: Say, language: Language, dark: boolean) {
  const worst = breaks(steps)[0]?.after;
  const words = dark ? "#d8d1c8" : "#332e29";
  return {
    grid: {
      left: 0,
      right: 64,
      top: 0,
      bottom: 0,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    xAxis: { type: "value", show: false, max: steps[0]?.people },
    yAxis: {
      type: "category",
      inverse: true,
      data: steps.map((step) => named(step.event, t)),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: words, fontSize: 13, fontFamily: FONT },
    },
    series: [
      {
        type: "bar",
        barWidth: 22,
        label: {
          show: true,
          position: "right",
          color: words,
          fontFamily: FONT,
          formatter: ({ value }: { value: number }) => count(value, language),
        },
        data: steps.map(({ event, people }) => ({
          value: people,
          itemStyle: {
            color: event === worst ? BRAND : dark ? "#7d736a" : "#c4b9a9",
            borderRadius: 4,
          },
        })),
      },
    ],
  };
}
