// Who stands at a step of the journey, each with a link to why.
import { Anchor, Select, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NodeCounts, StandingHere } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Moment, useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { named } from "@/people/named";
import { toRun } from "@/why/told";
import type { Journey } from "./journey";
import { usePeopleAt } from "./queries";
import { STEP_VIEWS } from "./StepBox";
import { tellNode, type Told } from "./telling";

interface Props {
  journey: Journey;
  counts: Record<string, NodeCounts>;
  told: Told;
}

export function Here({ journey, counts, told }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [chosen, choose] = useState("");
  const waits = Object.keys(journey.nodes).filter((node) => (counts[node]?.waiting ?? 0) > 0);
  const first = waits[0] ?? "";
  const node = chosen || first;
  const steps = Object.entries(journey.nodes)
    .filter(([, { type }]) => type.startsWith("wait"))
    .map(([value, one]) => ({
      value,
      label: `${t(STEP_VIEWS[one.type].word)}: ${tellNode(value, one, told, { say: t, language })}`,
    }));
  if (steps.length === 0) return null;
  return (
    <Card title={t("journeys.here")} about={t("journeys.hereAbout")}>
      <Stack gap="sm">
        <Select
          aria-label={t("journeys.step")}
          data={steps}
          value={node || null}
          onChange={(value) => choose(value ?? "")}
          allowDeselect={false}
        />
        {node ? <At journey={journey.id} node={node} /> : <Nobody />}
      </Stack>
    </Card>
  );
}

function At({ journey, node }: { journey: string; node: string }) {
  const here = usePeopleAt(journey, node);
  return (
    <Shown query={here} shape={<Lines many={2} high={36} />}>
      {(standing) => (standing.runs.length === 0 ? <Nobody /> : <Standing standing={standing} />)}
    </Shown>
  );
}

function Nobody() {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed">
      {t("journeys.hereNobody")}
    </Text>
  );
}

function Standing({ standing: { runs, people } }: { standing: StandingHere }) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {runs.map((run) => {
        const known = people.find(({ id }) => id === run.person);
        const { name } = named(
          known ?? { id: run.person, name: null, email: null, user: null },
          t("people.unknown"),
        );
        return (
          <li key={run.id}>
            <Anchor
              component={Link}
              to={toRun(run.person, run.journey, run.id)}
              size="sm"
              className="break"
            >
              {name} · {t("people.why")}
            </Anchor>
            <Text size="xs" c="dimmed" className="break">
              {t("journeys.hereSince")} <Moment at={run.changed} />
              {run.key && ` · ${run.key}`}
            </Text>
          </li>
        );
      })}
    </Stack>
  );
}
