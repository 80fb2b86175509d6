// What is known of this person, since when, said by whom, and what it was before.
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { Facts } from "@/patterns/Facts";
import { Moment } from "@/patterns/Said";
import { people } from "./words";

type Value = string | number | boolean | null | undefined;

export interface Known {
  value: Value;
  moment: string;
  source: string;
  past: readonly { value: Value; moment: string }[];
}

export function Attributes({ attributes }: { attributes: Record<string, Known> }) {
  const { t } = useTranslation();
  const names = Object.keys(attributes).sort();
  return (
    <Card title={t("people.attributes")}>
      {names.length === 0 && <Text size="sm" c="dimmed">{t("people.noAttributes")}</Text>}
      <Facts facts={names.map((name) => [name, <One key={name} known={attributes[name]!} />])} />
    </Card>
  );
}

function One({ known: { value, moment, source, past } }: { known: Known }) {
  const { t } = useTranslation();
  const said = Object.hasOwn(people.from, source)
    ? t(`people.from.${source as keyof typeof people.from}`)
    : source;
  return (
    <Stack gap={0}>
      <Text size="sm" fw={550}>{String(value ?? "–")}</Text>
      <Text size="xs" c="dimmed"><Moment at={moment} /> · {said}</Text>
      {past.map((one) => (
        <Text key={one.moment} size="xs" c="dimmed">
          {t("people.before", { value: String(one.value ?? "–") })} · <Moment at={one.moment} />
        </Text>
      ))}
    </Stack>
  );
}
