// What is known of this person, since when, said by whom, and what it was before.
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Known } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Facts } from "@/patterns/Facts";
import { Moment } from "@/patterns/Said";
import { people } from "./words";

export function Attributes({ attributes }: { attributes: readonly Known[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t("people.attributes")}>
      {attributes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("people.noAttributes")}
        </Text>
      )}
      <Facts
        facts={attributes.map((known) => [known.name, <One key={known.name} known={known} />])}
      />
    </Card>
  );
}

function One({ known: { value, since, source, past } }: { known: Known }) {
  const { t } = useTranslation();
  const said = Object.hasOwn(people.from, source)
    ? t(`people.from.${source as keyof typeof people.from}`)
    : source;
  return (
    <Stack gap={0}>
      <Text size="sm" fw={550}>
        {String(value ?? "–")}
      </Text>
      <Text size="xs" c="dimmed">
        <Moment at={since} /> · {said}
      </Text>
      {past.map((one) => (
        <Text key={one.moment} size="xs" c="dimmed">
          {t("people.before", { value: String(one.value ?? "–") })} · <Moment at={one.moment} />
        </Text>
      ))}
    </Stack>
  );
}
