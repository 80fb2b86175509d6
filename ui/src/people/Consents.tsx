// What this person allowed, for which address, with the proof of it.
import { Badge, Box, Button, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconHourglass, IconX, type Icon } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { Json } from "@/patterns/Json";
import { Moment } from "@/patterns/Said";
import { people } from "./words";

export interface Consented {
  channel: string;
  address: string;
  purpose: string;
  state: string;
  basis: string;
  moment: string;
  evidence: unknown;
}

const VIEWS: Record<keyof typeof people.consent, { colour: string; icon: Icon }> = {
  pending: { colour: "yellow", icon: IconHourglass },
  given: { colour: "green", icon: IconCheck },
  withdrawn: { colour: "red", icon: IconX },
};

export function Consents({ consents }: { consents: readonly Consented[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t("people.consents")}>
      {consents.length === 0 && <Text size="sm" c="dimmed">{t("people.noConsents")}</Text>}
      <Stack gap="sm">
        {consents.map((consent) => <One key={`${consent.channel}/${consent.address}/${consent.purpose}/${consent.moment}`} consent={consent} />)}
      </Stack>
    </Card>
  );
}

function One({ consent }: { consent: Consented }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const state = Object.hasOwn(VIEWS, consent.state) ? (consent.state as keyof typeof VIEWS) : "pending";
  const purpose = Object.hasOwn(people.purpose, consent.purpose)
    ? t(`people.purpose.${consent.purpose as keyof typeof people.purpose}`)
    : consent.purpose;
  const { colour, icon: Picture } = VIEWS[state];
  return (
    <Box>
      <Group gap="xs">
        <Text size="sm" fw={600}>{purpose}</Text>
        <Badge variant="light" color={colour} tt="none" leftSection={<Picture size={12} aria-hidden />}>{t(`people.consent.${state}`)}</Badge>
        <Text size="xs" c="dimmed"><Moment at={consent.moment} /></Text>
        <Button size="compact-xs" variant="subtle" ml="auto" aria-expanded={open} onClick={() => setOpen(!open)}>{t("people.proof")}</Button>
      </Group>
      <Text size="xs" c="dimmed" className="break">{consent.channel} · {consent.address} · {consent.basis}</Text>
      {open && <Json value={consent.evidence} />}
    </Box>
  );
}
