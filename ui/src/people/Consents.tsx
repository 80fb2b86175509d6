// What this person allowed, for which address, with the proof of it.
import { Badge, Box, Button, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconHourglass, IconX, type Icon } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Proof, Standing } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Json } from "@/patterns/Json";
import { Moment } from "@/patterns/Said";
import type { Say } from "@/words/speak";
import { people } from "./words";

const VIEWS: Record<keyof typeof people.consent, { colour: string; icon: Icon }> = {
  pending: { colour: "yellow", icon: IconHourglass },
  given: { colour: "green", icon: IconCheck },
  withdrawn: { colour: "red", icon: IconX },
};

interface Props {
  consents: readonly Standing[];
  proofs: readonly Proof[];
}

export function Consents({ consents, proofs }: Props) {
  const { t } = useTranslation();
  const about = (one: Standing | Proof) => `${one.channel}/${one.address}/${one.purpose}`;
  return (
    <Card title={t("people.consents")}>
      {consents.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("people.noConsents")}
        </Text>
      )}
      <Stack gap="sm">
        {consents.map((consent) => (
          <One
            key={about(consent)}
            consent={consent}
            proofs={proofs.filter((proof) => about(proof) === about(consent))}
          />
        ))}
      </Stack>
    </Card>
  );
}

function One({ consent, proofs }: { consent: Standing; proofs: readonly Proof[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const purpose = purposeOf(consent.purpose, t);
  return (
    <Box>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {purpose}
        </Text>
        <State state={consent.state} />
        <Text size="xs" c="dimmed">
          <Moment at={consent.since} />
        </Text>
        {proofs.length > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            ml="auto"
            aria-expanded={open}
            aria-label={`${t("people.proof")}: ${purpose}`}
            onClick={() => setOpen(!open)}
          >
            {t("people.proof")}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed" className="break">
        {consent.channel} · {consent.address || t("people.noAddressYet")} ·{" "}
        {basisOf(consent.basis, t)}
      </Text>
      {open &&
        proofs.map((proof) => (
          <Box key={proof.seq} mt={4}>
            <Group gap="xs">
              <State state={proof.state} />
              <Text size="xs" c="dimmed">
                <Moment at={proof.moment} />
              </Text>
            </Group>
            <Json value={proof.evidence} />
          </Box>
        ))}
    </Box>
  );
}

function State({ state }: { state: string }) {
  const { t } = useTranslation();
  if (!Object.hasOwn(VIEWS, state))
    return (
      <Badge variant="light" color="gray" tt="none">
        {state}
      </Badge>
    );
  const known = state as keyof typeof VIEWS;
  const { colour, icon: Picture } = VIEWS[known];
  return (
    <Badge variant="light" color={colour} tt="none" leftSection={<Picture size={12} aria-hidden />}>
      {t(`people.consent.${known}`)}
    </Badge>
  );
}

function purposeOf(purpose: string, t: Say): string {
  return Object.hasOwn(people.purpose, purpose)
    ? t(`people.purpose.${purpose as keyof typeof people.purpose}`)
    : purpose;
}

function basisOf(basis: string, t: Say): string {
  return Object.hasOwn(people.basis, basis)
    ? t(`people.basis.${basis as keyof typeof people.basis}`)
    : basis;
}
