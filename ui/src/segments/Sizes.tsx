// A segment's size at the end of each day, with who came and went; the numbers stand behind it.
import { Skeleton, Stack } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { SizeOn } from "@/api/schema";
import { BRAND, FONT } from "@/look/theme";
import { Card } from "@/patterns/Card";
import { Chart } from "@/patterns/Chart";
import { useLanguage } from "@/patterns/Said";
import { Shown } from "@/patterns/Shown";
import { TableBehind, type Cell } from "@/patterns/TableBehind";
import { count } from "@/reading/money";
import { calendarDay } from "@/reading/moments";
import type { Language } from "@/words/language";
import type { Say } from "@/words/speak";
import { lived } from "./lived";
import { useSizes } from "./queries";

const DAYS = 30;
const HIGH = 150;

export function Sizes({ segment }: { segment: string }) {
  const query = useSizes(segment, DAYS);
  return (
    <Shown query={query} shape={<Skeleton h={HIGH + 110} radius="md" />}>
      {({ days }) => <Known segment={segment} days={lived(days)} />}
    </Shown>
  );
}

function Known({ segment, days }: { segment: string; days: SizeOn[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const option = useCallback((dark: boolean) => bars(days, language, dark), [days, language]);
  const today = days.at(-1);
  if (!today || days.length < 2) return null;
  const title = answer(days, t, language);
  return (
    <Card
      title={title}
      about={`${t("segments.sizes")} · ${t("segments.today", {
        count: today.left,
        entered: count(today.entered, language),
        shown: count(today.left, language),
      })}`}
    >
      <Stack gap="xs">
        <Chart label={title} height={HIGH} option={option} />
        <TableBehind
          name={`innesco-segment-${segment}`}
          head={[
            t("segments.day"),
            t("segments.people"),
            t("segments.enteredColumn"),
            t("segments.leftColumn"),
          ]}
          rows={[...days].reverse().map((day) => row(day, language))}
        />
      </Stack>
    </Card>
  );
}

function answer(days: SizeOn[], t: Say, language: Language): string {
  const [from = 0, to = 0] = [days[0]?.people, days.at(-1)?.people];
  const said = {
    count: days.length - 1,
    from: count(from, language),
    to: count(to, language),
    days: count(days.length - 1, language),
  };
  return t(from === to ? "segments.sizesStayed" : "segments.sizesGrew", said);
}

function row({ day, people, entered, left }: SizeOn, language: Language): Cell[] {
  const figure = (many: number) => ({ plain: many, shown: count(many, language) });
  return [
    { plain: day, shown: calendarDay(day, language) },
    figure(people),
    figure(entered),
    figure(left),
  ];
}

function bars(days: SizeOn[], language: Language, dark: boolean) {
  const words = dark ? "#d8d1c8" : "#332e29";
  return {
    grid: {
      left: 4,
      right: 4,
      top: 22,
      bottom: 4,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    yAxis: { type: "value", show: false },
    xAxis: {
      type: "category",
      data: days.map(({ day }) => calendarDay(day, language, "short")),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: words, fontSize: 12, fontFamily: FONT, hideOverlap: true },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 28,
        label: {
          show: true,
          position: "top",
          color: words,
          fontFamily: FONT,
          formatter: ({ value, dataIndex }: { value: number; dataIndex: number }) =>
            dataIndex === 0 || dataIndex === days.length - 1 ? count(value, language) : "",
        },
        data: days.map(({ people }, at) => ({
          value: people,
          itemStyle: {
            color: at === days.length - 1 ? BRAND : dark ? "#7d736a" : "#c4b9a9",
            borderRadius: 3,
          },
        })),
      },
    ],
  };
}
