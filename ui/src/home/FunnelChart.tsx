// The way to an order: its title is the break that costs most; the table stands behind it.
import { Button, Stack, Table, Text } from "@mantine/core";
import { IconChartFunnel } from "@tabler/icons-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { BRAND, FONT } from "@/look/theme";
import { Card } from "@/patterns/Card";
import { Chart } from "@/patterns/Chart";
import { Empty } from "@/patterns/Empty";
import { useLanguage } from "@/patterns/Said";
import { count, share } from "@/reading/money";
import type { Say } from "@/words/speak";
import type { Language } from "@/words/language";
import { home } from "./words";
import { breaks, shares, type Step } from "./funnel";

export function FunnelChart({ steps }: { steps: Step[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const empty = (steps[0]?.people ?? 0) === 0;
  const title = answer(steps, t, language);
  const option = useCallback(
    (dark: boolean) => bars(steps, t, language, dark),
    [steps, t, language],
  );
  if (empty) {
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
    <Card title={title} about={t("home.funnel")}>
      <Stack gap="xs">
        <Chart label={title} height={44 * steps.length + 8} option={option} />
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(open ? "home.hideTable" : "home.table")}
        </Button>
        {open && <FunnelTable steps={steps} />}
      </Stack>
    </Card>
  );
}

function FunnelTable({ steps }: { steps: Step[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("home.stepColumn")}</Table.Th>
          <Table.Th className="figure">{t("home.peopleColumn")}</Table.Th>
          <Table.Th className="figure">{t("home.fromBefore")}</Table.Th>
          <Table.Th className="figure">{t("home.ofAll")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shares(steps).map(({ event, people, before, all }) => (
          <Table.Tr key={event}>
            <Table.Td>{named(event, t)}</Table.Td>
            <Table.Td className="figure">{count(people, language)}</Table.Td>
            <Table.Td className="figure">
              <Text size="sm" title={`${people} / ${before}`}>
                {share(people, before, language)}
              </Text>
            </Table.Td>
            <Table.Td className="figure">
              <Text size="sm" title={`${people} / ${all}`}>
                {share(people, all, language)}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
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
