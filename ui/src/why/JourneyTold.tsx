// Why somebody is, was or was never in a journey: each gate, the run, its messages, other times.
import { Alert, Anchor, Box, Button, Stack, Text, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Check, MessageTold, Passage, Tried, Unheard, Walked, WhyJourney } from "@/api/schema";
import { STEP_VIEWS } from "@/journeys/StepBox";
import { tellValues } from "@/messages/gate";
import { Gates } from "@/messages/Gates";
import { MessageState } from "@/messages/MessageRow";
import { Moment, useLanguage, useZone } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { exact } from "@/reading/moments";
import { reasonIn } from "@/words/reasons";
import { Condition } from "./Condition";
import { Passed } from "./Passed";
import { useWhyJourney, type When } from "./queries";
import { gateOfWay } from "./told";

interface Props {
  person: string;
  journey: string;
  when: When;
  goTo: (when: When) => void;
}

export function JourneyTold({ person, journey, when, goTo }: Props) {
  const why = useWhyJourney(person, journey, when);
  return (
    <Shown query={why} shape={<Lines many={6} high={24} />}>
      {(told) => <Told told={told} goTo={goTo} />}
    </Shown>
  );
}

function Told({
  told: { answer, messages, unheard = [] },
  goTo,
}: {
  told: WhyJourney;
  goTo: Props["goTo"];
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const others = answer.tries.filter(
    (one) => one.seq !== answer.tried?.seq && (one.entered || !one.run),
  );
  return (
    <Stack gap="md">
      <Text fw={650}>{t(`why.verdict.${answer.verdict}`)}</Text>
      {(answer.missing ?? []).map(({ because }) => (
        <Alert key={because} color="yellow" variant="light">
          {reasonIn(because, language)}
        </Alert>
      ))}
      <Part title={t("why.wayIn")}>
        <Checks checks={answer.gates} />
      </Part>
      {answer.run && <Run run={answer.run} messages={messages} />}
      {unheard.length > 0 && (
        <Part title={t("why.unheard")}>
          <NotLearnt unheard={unheard} />
        </Part>
      )}
      {others.length > 0 && (
        <Part title={t("why.others")}>
          <Others tries={others} goTo={goTo} />
        </Part>
      )}
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Box>
      <Text size="sm" fw={600} mb={6}>
        {title}
      </Text>
      {children}
    </Box>
  );
}

function Checks({ checks }: { checks: readonly Check[] }) {
  const language = useLanguage();
  const zone = useZone();
  return (
    <Stack component="ol" gap={6} p={0} m={0}>
      {checks.map(({ gate, passed, because, values = {}, condition }) => (
        <Passed
          key={gate}
          passed={passed}
          question={gateOfWay(gate, language)}
          because={because && reasonIn(because, language)}
          values={tellValues(values, zone, language)}
        >
          {condition && <Condition answered={condition} />}
        </Passed>
      ))}
    </Stack>
  );
}

function Run({ run, messages }: { run: Walked; messages: readonly MessageTold[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const moment = (at: string) => exact(at, zone, language);
  const where = run.left
    ? `${t("why.left", { moment: moment(run.left) })}: ${reasonIn(run.because, language)}`
    : [
        t("why.stands", { node: run.node ?? "–" }),
        run.until && t("why.until", { moment: moment(run.until) }),
      ]
        .filter(Boolean)
        .join(", ");
  return (
    <Part title={run.key ? t("why.runOf", { key: run.key }) : t("why.run")}>
      <Stack component="ol" gap={8} p={0} m={0}>
        {run.passages.map((passage, place) => (
          <Step
            key={place}
            passage={passage}
            message={messages.find(({ key }) => key === passage.message)}
          />
        ))}
      </Stack>
      <Text size="sm" fw={550} mt="xs" className="break">
        {where}
      </Text>
    </Part>
  );
}

function Step({ passage, message }: { passage: Passage; message: MessageTold | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Box component="li" style={{ listStyle: "none", borderLeft: "2px solid var(--line)" }} pl="sm">
      <Text size="sm" className="break">
        <Text span inherit fw={600}>
          {passage.node}
        </Text>{" "}
        · {useKind()(passage.kind)}
        {passage.to && `, ${t("why.goesTo", { node: passage.to })}`}
      </Text>
      <Text size="xs" c="dimmed" className="break">
        <Moment at={passage.moment} />
        <Waiting passage={passage} />
        {passage.because && ` · ${reasonIn(passage.because, language)}`}
      </Text>
      {passage.condition && <Condition answered={passage.condition} />}
      {message && <Message message={message} />}
    </Box>
  );
}

function useKind(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    if (kind === "stay" || kind === "absent") return t(`why.kind.${kind}`);
    return Object.hasOwn(STEP_VIEWS, kind)
      ? String(t(STEP_VIEWS[kind as keyof typeof STEP_VIEWS].word))
      : kind;
  };
}

function Waiting({ passage: { waits_until, ended, event } }: { passage: Passage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  if (!waits_until) return null;
  const moment = exact(ended ?? waits_until, zone, language);
  return (
    <>
      {` · ${t(ended ? "why.waited" : "why.waits", { moment })}`}
      {event && `, ${t("why.endedBy", { event })}`}
    </>
  );
}

function Message({ message }: { message: MessageTold }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <Box mt={4}>
      <Anchor
        component={Link}
        to={`/messages/story?key=${encodeURIComponent(message.key)}`}
        size="sm"
        mr="xs"
      >
        {message.template}
      </Anchor>
      <MessageState state={message.state} />
      {message.reason && (
        <Text size="xs" c="dimmed" className="break">
          {reasonIn(message.reason, language)}
        </Text>
      )}
      <Button
        variant="subtle"
        size="compact-xs"
        ml={-6}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t(message.as_of === "now" ? "why.gatesNow" : "why.gatesThen")}
      </Button>
      {open && <Gates gates={message.gates} />}
    </Box>
  );
}

function NotLearnt({ unheard }: { unheard: readonly Unheard[] }) {
  const language = useLanguage();
  const zone = useZone();
  return (
    <Stack component="ul" gap={6} p={0} m={0}>
      {unheard.map((one) => (
        <Passed
          key={one.seq}
          passed={false}
          question={one.event}
          because={[one.event, reasonIn(one.because, language)].filter(Boolean).join(": ")}
          values={exact(one.moment, zone, language)}
        />
      ))}
    </Stack>
  );
}

function Others({ tries, goTo }: { tries: readonly Tried[]; goTo: Props["goTo"] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [many, setMany] = useState(5);
  return (
    <Stack gap={4} align="flex-start">
      {tries.slice(0, many).map((one) => (
        <UnstyledButton key={`${one.seq} ${one.event}`} onClick={() => goTo({ seq: one.seq })}>
          <Text size="sm" c="var(--mantine-color-anchor)" className="break">
            {one.event}: {one.entered ? t("why.entered") : reasonIn(one.because, language)}
          </Text>
          <Text size="xs" c="dimmed">
            <Moment at={one.moment} />
          </Text>
        </UnstyledButton>
      ))}
      {tries.length > many && (
        <Button size="compact-xs" variant="subtle" onClick={() => setMany(many + 20)}>
          {t("errors.more")}
        </Button>
      )}
    </Stack>
  );
}
