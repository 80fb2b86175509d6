// What else a message may be chosen by: its reason, its journey, its channel, its person.
import { CloseButton, Group, Pill, Select } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useJourneys } from "@/journeys/queries";
import { inLanguage } from "@/journeys/telling";
import { useLanguage } from "@/patterns/Said";
import { named, written } from "@/people/named";
import { usePerson } from "@/people/queries";
import { count } from "@/reading/money";
import type { Say } from "@/words/speak";
import { useMessageCounts, type Chosen } from "./queries";
import { messages } from "./words";

const route = getRouteApi("/messages");
const CHANNELS = ["email"] as const;

export function Filters({ chosen }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const choose = useChoose();
  const journeys = useJourneys().data ?? [];
  const gates = useGates(chosen);
  return (
    <Group gap="xs">
      <Select
        size="xs"
        w={{ base: "100%", xs: 210 }}
        placeholder={t("messages.anyJourney")}
        aria-label={t("messages.journey")}
        data={journeys.map(({ id, name }) => ({ value: id, label: inLanguage(name, language) }))}
        value={chosen.journey ?? null}
        onChange={(journey) => choose({ journey: journey ?? undefined })}
        clearable
        searchable
      />
      {gates.length > 0 && (
        <Select
          size="xs"
          w={{ base: "100%", xs: 300 }}
          placeholder={t("messages.anyReason")}
          aria-label={t("messages.reason")}
          data={gates}
          value={chosen.gate ?? null}
          onChange={(gate) => choose({ gate: gate ?? undefined })}
          clearable
        />
      )}
      <Select
        size="xs"
        w={{ base: "100%", xs: 150 }}
        placeholder={t("messages.anyChannel")}
        aria-label={t("messages.channel")}
        data={[...CHANNELS]}
        value={chosen.channel ?? null}
        onChange={(channel) => choose({ channel: channel ?? undefined })}
        clearable
      />
      {chosen.person && <Whose person={chosen.person} />}
    </Group>
  );
}

function useChoose() {
  const navigate = route.useNavigate();
  return (more: Chosen) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...more }).filter(([, value]) => value !== undefined),
        ),
    });
}

/** The gates that decided, of the chosen state, the most frequent first. */
function useGates({ state }: Chosen): { value: string; label: string }[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const gates = useMessageCounts().data?.gates ?? {};
  const sums = new Map<string, number>();
  for (const [of, many] of Object.entries(gates))
    if (!state || of === state)
      for (const [gate, number] of Object.entries(many))
        sums.set(gate, (sums.get(gate) ?? 0) + number);
  return [...sums]
    .sort(([, one], [, other]) => other - one)
    .map(([gate, many]) => ({
      value: gate,
      label: `${because(gate, t)} · ${count(many, language)}`,
    }));
}

/** `No marketing consent`; a gate of a newer server goes by its own name. */
function because(gate: string, t: Say): string {
  return Object.hasOwn(messages.because, gate)
    ? t(`messages.because.${gate as keyof typeof messages.because}`)
    : gate;
}

function Whose({ person }: { person: string }) {
  const { t } = useTranslation();
  const choose = useChoose();
  const { data } = usePerson(person);
  const who = data
    ? named({ ...data, name: written(data.attributes) || null }, t("people.unknown")).name
    : person;
  return (
    <Group gap={2}>
      <Pill size="md">
        {t("messages.person")}: {who}
      </Pill>
      <CloseButton
        size="sm"
        aria-label={t("messages.anyPerson")}
        onClick={() => choose({ person: undefined })}
      />
    </Group>
  );
}
