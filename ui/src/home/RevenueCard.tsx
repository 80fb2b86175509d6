// What was ordered, day by day; its title is the answer, and beside it what a message led to.
import { Anchor, Stack, Text } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Revenue, SoldOn } from "@/api/schema";
import { BRAND, FONT } from "@/look/theme";
import { Card } from "@/patterns/Card";
import { Chart } from "@/patterns/Chart";
import { Empty } from "@/patterns/Empty";
import { useLanguage } from "@/patterns/Said";
import { TableBehind } from "@/patterns/TableBehind";
import { calendarDay } from "@/reading/moments";
import { count, major, money } from "@/reading/money";
import type { Language } from "@/words/language";
import { CountedUpTo } from "./CountedUpTo";
import { trend } from "./revenue";

export function RevenueCard({ revenue }: { revenue: Revenue }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sold, before, days, currency } = revenue;
  const inMoney = (minor: number) => money(minor, currency, language);
  const option = useCallback(
    (dark: boolean) => bars(days, currency, language, dark),
    [days, currency, language],
  );
  if (sold.orders + before.orders + sold.claimed === 0)
    return (
      <Card title={t("home.revenue")}>
        <Empty icon={IconReceipt} title={t("home.revenueEmpty")} todo={t("home.revenueEmptyDo")} />
      </Card>
    );
  const title = t(`home.sold.${trend(sold, before)}`, {
    count: sold.orders,
    value: inMoney(sold.value),
    before: inMoney(before.value),
  });
  return (
    <Card
      title={title}
      about={
        <>
          {t("home.revenueAbout")} <CountedUpTo seconds={revenue.behind_seconds} />
        </>
      }
    >
      <Stack gap="xs">
        <Text size="sm">
          {t("home.afterClick", {
            count: sold.after_click,
            value: inMoney(sold.value_after_click),
            days: revenue.soon_hours / 24,
          })}
        </Text>
        {sold.claimed > 0 && (
          <Text size="sm" c="dimmed">
            {t("home.claimed", { count: sold.claimed, value: inMoney(sold.value_claimed) })}{" "}
            <Anchor component={Link} to="/settings" inherit>
              {t("home.claimedDo")}
            </Anchor>
          </Text>
        )}
        <Chart
          label={days
            .map(({ day, value }) => `${spelled(day, language)}: ${inMoney(value)}`)
            .join(", ")}
          height={150}
          option={option}
        />
        <TableBehind
          name="innesco-revenue"
          head={[t("home.dayColumn"), t("home.ordersColumn"), `${t("home.revenue")} (${currency})`]}
          rows={days.map(({ day, orders, value }) => [
            { plain: day, shown: spelled(day, language) },
            { plain: orders, shown: count(orders, language) },
            { plain: major(value, currency), shown: inMoney(value) },
          ])}
        />
      </Stack>
    </Card>
  );
}

function spelled(day: string, language: Language): string {
  return calendarDay(day, language);
}

function bars(days: SoldOn[], currency: string, language: Language, dark: boolean) {
  const words = dark ? "#d8d1c8" : "#332e29";
  const most = Math.max(...days.map(({ value }) => value));
  return {
    grid: { left: 0, right: 0, top: 22, bottom: 22 },
    yAxis: { type: "value", show: false },
    xAxis: {
      type: "category",
      data: days.map(({ day }) => calendarDay(day, language, "short")),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: words, fontSize: 12, fontFamily: FONT, interval: 0 },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 44,
        label: {
          show: true,
          position: "top",
          color: words,
          fontFamily: FONT,
          formatter: ({ value }: { value: number }) =>
            value > 0 && value === most ? money(value, currency, language) : "",
        },
        data: days.map(({ value }, place) => ({
          value,
          itemStyle: {
            color: place === days.length - 1 ? BRAND : dark ? "#7d736a" : "#c4b9a9",
            borderRadius: 4,
          },
        })),
      },
    ],
  };
}
