// How runs ended, the most frequent reason first.
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { useLanguage } from "@/patterns/Said";
import { count } from "@/reading/money";
import { reasonIn } from "@/words/reasons";

export function Outcomes({ left }: { left: Record<string, number> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const reasons = Object.entries(left).sort(([, one], [, other]) => other - one);
  return (
    <Card title={t("journeys.outcomes")}>
      {reasons.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("journeys.nobodyLeft")}
        </Text>
      )}
      <Stack gap={4}>
        {reasons.map(([reason, many]) => (
          <Group key={reason} justify="space-between" wrap="nowrap" align="baseline">
            <Text size="sm" className="break">
              {reason ? reasonIn(reason, language) : t("journeys.reachedEnd")}
            </Text>
            <Text size="sm" fw={600}>
              {count(many, language)}
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
