// Why this person got what they got, or did not: each step and check, with the values of its moment.
import { Anchor, Box, Group, Select, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { PersonPage } from "@/api/schema";
import { useJourneyName, useJourneys } from "@/journeys/queries";
import { Gates } from "@/messages/Gates";
import { tellValues } from "@/messages/gate";
import { useMessage } from "@/messages/queries";
import { Card } from "@/patterns/Card";
import { Moment, useLanguage, useZone } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { AsOf } from "@/why/AsOf";
import { JourneyTold } from "@/why/JourneyTold";
import type { When } from "@/why/queries";
import { toRun } from "@/why/told";
import type { Say } from "@/words/speak";
import { opened, shownValues, story, topics, type Decision } from "./decisions";
import { useMessagesOf, useWhy } from "./queries";
import { people } from "./words";

const route = getRouteApi("/people/$person");
const MESSAGE = "sent:";
const JOURNEY = "journey/";

export function Why({ person }: { person: PersonPage }) {
  const { t } = useTranslation();
  const { why: asked = "", seq, at, run } = route.useSearch();
  const navigate = route.useNavigate();
  const choices = useChoices(person.id);
  // whoever asks "why then?" at an event means a journey: the first one, until one is chosen
  const first = choices
    .flatMap(({ items }) => items)
    .find(({ value }) => value.startsWith(JOURNEY));
  const why = asked || (seq !== undefined ? (first?.value ?? "") : "");
  const when: When = {
    ...(seq ? { seq } : {}),
    ...(at ? { at } : {}),
    ...(run ? { run } : {}),
  };
  const about = (value: string, then: When) =>
    void navigate({ search: { ...(value ? { why: value } : {}), ...then }, replace: true });
  return (
    <Card title={t("people.why")} about={t("people.whyAbout")}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <Select
            label={t("people.whyChoose")}
            placeholder={t("people.whyAll")}
            data={choices}
            value={why || null}
            onChange={(value) => about(value ?? "", { ...when, run: undefined })}
            clearable
            searchable
            flex={1}
            miw={220}
          />
          {why.startsWith(JOURNEY) && <AsOf when={when} goTo={(then) => about(why, then)} />}
        </Group>
        {why.startsWith(MESSAGE) ? (
          <OfMessage message={why.slice(MESSAGE.length)} />
        ) : why.startsWith(JOURNEY) ? (
          <JourneyTold
            person={person.id}
            journey={why.slice(JOURNEY.length)}
            when={when}
            goTo={(then) => about(why, then)}
          />
        ) : (
          <Decisions person={person.id} about={why} />
        )}
      </Stack>
    </Card>
  );
}

function useChoices(person: string) {
  const { t } = useTranslation();
  const topic = useTopicName();
  const journeys = useJourneys().data ?? [];
  const decided = topics(useWhy(person, "").data?.decisions ?? []);
  const messages = useMessagesOf(person).data?.pages.flatMap((page) => page.items) ?? [];
  const all = [...decided, ...journeys.map(({ id }) => JOURNEY + id)];
  return [
    {
      group: t("people.whyJourneys"),
      items: [...new Set(all)].map((value) => ({ value, label: topic(value) })),
    },
    {
      group: t("people.whyMessages"),
      items: messages.map(({ key, subject, template, state }) => ({
        value: MESSAGE + key,
        label: `${subject || template} · ${t(`messages.state.${state}`)}`,
      })),
    },
  ].filter(({ items }) => items.length > 0);
}

/** `journey/cart-recovery` by the journey's own name; anything else as it is called. */
function useTopicName(): (about: string) => string {
  const journey = useJourneyName();
  return (about) => (about.startsWith(JOURNEY) ? journey(about.slice(JOURNEY.length)) : about);
}

function Decisions({ person, about }: { person: string; about: string }) {
  const { t } = useTranslation();
  const why = useWhy(person, "");
  return (
    <Shown query={why} shape={<Lines many={3} high={28} />}>
      {({ decisions }) => {
        const told = story(decisions, about);
        if (told.length === 0)
          return (
            <Text size="sm" c="dimmed">
              {t("people.whyNothing")}
            </Text>
          );
        return (
          <Stack component="ol" gap={8} p={0} m={0}>
            {told.map((decision, place) => (
              <One key={place} decision={decision} all={about === ""} />
            ))}
          </Stack>
        );
      }}
    </Shown>
  );
}

function One({ decision, all }: { decision: Decision; all: boolean }) {
  const { t } = useTranslation();
  const topic = useTopicName();
  const values = tellValues(shownValues(decision), useZone(), useLanguage());
  const lets = opened(decision);
  const Picture = lets ? IconCircleCheck : IconCircleX;
  const colour = lets
    ? "light-dark(var(--mantine-color-green-8), var(--mantine-color-green-4))"
    : "light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))";
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Picture
        size={18}
        color={colour}
        style={{ flexShrink: 0, marginTop: 1 }}
        role="img"
        aria-label={t(lets ? "people.passed" : "people.failed")}
      />
      <Box miw={0} flex={1}>
        <Text size="sm" fw={550} className="break">
          {kind(decision.kind, t)}
          {all && ` · ${topic(decision.about)}`}
        </Text>
        {values && (
          <Text size="xs" c="dimmed" className="break">
            {values}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          <Moment at={decision.moment} /> · {t("people.asOf", { seq: decision.seq })}
        </Text>
      </Box>
    </Group>
  );
}

function kind(said: string, t: Say): string {
  return Object.hasOwn(people.decided, said)
    ? t(`people.decided.${said as keyof typeof people.decided}`)
    : said;
}

function OfMessage({ message }: { message: string }) {
  const { t } = useTranslation();
  const story = useMessage(message);
  return (
    <Shown query={story} shape={<Lines many={4} high={24} />}>
      {({ gates, as_of, message: { person, journey, run } }) => (
        <Stack gap="xs">
          <Group gap="sm">
            <Text size="sm" fw={600}>
              {t(as_of === "now" ? "why.gatesNow" : "why.gatesThen")}
            </Text>
            {journey && (
              <Anchor component={Link} size="sm" to={toRun(person, journey, run)}>
                {t("why.theWay")}
              </Anchor>
            )}
          </Group>
          <Gates gates={gates} />
        </Stack>
      )}
    </Shown>
  );
}
