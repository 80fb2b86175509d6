// One thing after the other: steps with gaps, nothing in between, the same product, and no sequel.
import { Button, Group, Menu, Stack } from "@mantine/core";
import { IconBan, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Missing, Sequence, Step } from "../document";
import { Choice } from "../fields/Choice";
import { LengthField } from "../fields/LengthField";
import { Pick, PickSeveral } from "../fields/Pick";
import { WindowField } from "../fields/WindowField";
import { AddFilter, Away, Filters, replaced } from "./Filters";
import type { FormProps } from "./forms";

const MOST_STEPS = 10;
const DAY = { days: 1 };

export function SequenceForm({ asks, change }: FormProps<"sequence">) {
  const { t } = useTranslation();
  const { steps, same = [], window = { window: "ever" } } = asks;
  const put = (at: number, step: Step | null, typed?: string) =>
    change({ ...asks, steps: firstFreed(replaced(steps, at, step)) }, typed);
  return (
    <Stack gap={6} flex={1} miw={0}>
      {steps.map((step, at) => (
        <StepLine
          key={at}
          at={at}
          step={step}
          change={(made, typed) => put(at, made, typed)}
          away={steps.length > 1 ? () => put(at, null) : undefined}
        />
      ))}
      <Group gap={6} align="flex-start">
        <span className="glue">{t("conditions.same")}</span>
        <PickSeveral
          label={t("conditions.sameOf")}
          place="same"
          values={same}
          wanted={{ of: "property", event: steps[0]?.event ?? "" }}
          onChange={(same) => {
            const { same: _, ...rest } = asks;
            change(same.length > 0 ? { ...rest, same } : rest);
          }}
        />
        <WindowField
          value={window}
          onChange={(window, typed) => {
            const { window: _, ...rest } = asks;
            const moved = window.window === "ever" ? rest : { ...rest, window };
            change(moved, typed ? "window" : undefined);
          }}
        />
      </Group>
      <Afterwards asks={asks} change={change} />
      <Group gap={6}>
        {steps.length < MOST_STEPS && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => change({ ...asks, steps: [...steps, { event: "" }] })}
          >
            {t("conditions.addStep")}
          </Button>
        )}
        {!asks.afterwards && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconBan size={15} aria-hidden />}
            onClick={() =>
              change({ ...asks, afterwards: { without: [{ event: "" }], length: DAY } })
            }
          >
            {t("conditions.addAfterwards")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Nothing comes before the first step. */
function firstFreed([first, ...others]: Step[]): Step[] {
  if (!first) return [];
  const { within: _, after: __, without: ___, ...free } = first;
  return [free, ...others];
}

interface StepProps {
  at: number;
  step: Step;
  change: (step: Step, typed?: string) => void;
  away?: () => void;
}

function StepLine({ at, step, change, away }: StepProps) {
  const { t } = useTranslation();
  const place = `steps[${at}]`;
  const { within, after, without = [] } = step;
  const drop = (field: "within" | "after") => {
    const { [field]: _, ...rest } = step;
    change(rest);
  };
  const missing = (without: Missing[], typed?: string) => {
    const { without: _, ...rest } = step;
    change(without.length > 0 ? { ...rest, without } : rest, typed);
  };
  return (
    <>
      <Group gap={6} align="flex-start">
        <span className="glue strong">{t(at ? "conditions.then" : "conditions.did")}</span>
        <Pick
          label={t("conditions.event")}
          place={`${place}.event`}
          value={step.event}
          wanted={{ of: "event" }}
          onChange={(event) => change({ ...step, event }, `${place}.event`)}
        />
        {(["within", "after"] as const).map((field) => {
          const length = field === "within" ? within : after;
          if (!length) return null;
          return (
            <Group key={field} gap={6} wrap="nowrap" align="flex-start">
              <span className="glue">{t(`conditions.${field}`)}</span>
              <LengthField
                place={`${place}.${field}`}
                value={length}
                onChange={(length) => change({ ...step, [field]: length }, `${place}.${field}`)}
              />
              <Away away={() => drop(field)} />
            </Group>
          );
        })}
        <AddFilter such={step} change={change} lines>
          {at > 0 && (
            <>
              <Menu.Divider />
              {!within && (
                <Menu.Item onClick={() => change({ ...step, within: DAY })}>
                  {t("conditions.addWithin")}
                </Menu.Item>
              )}
              {!after && (
                <Menu.Item onClick={() => change({ ...step, after: { hours: 1 } })}>
                  {t("conditions.addAfter")}
                </Menu.Item>
              )}
              <Menu.Item onClick={() => missing([...without, { event: "" }])}>
                {t("conditions.addWithout")}
              </Menu.Item>
            </>
          )}
        </AddFilter>
        {away && <Away away={away} label={t("conditions.removeStep")} />}
      </Group>
      <Filters such={step} place={place} timeless change={change} />
      {without.map((one, number) => (
        <MissingLine
          key={number}
          word={t("conditions.without")}
          place={`${place}.without[${number}]`}
          missing={one}
          change={(made, typed) => missing(replaced(without, number, made), typed)}
        />
      ))}
    </>
  );
}

interface MissingProps {
  word: string;
  place: string;
  missing: Missing;
  change: (missing: Missing | null, typed?: string) => void;
}

function MissingLine({ word, place, missing, change }: MissingProps) {
  const { t } = useTranslation();
  return (
    <>
      <Group gap={6} align="flex-start" className="filter">
        <span className="glue">{word}</span>
        <Pick
          label={t("conditions.event")}
          place={`${place}.event`}
          value={missing.event}
          wanted={{ of: "event" }}
          onChange={(event) => change({ ...missing, event }, `${place}.event`)}
        />
        <Choice
          label={t("conditions.whose")}
          value={missing.same ? "ofTheSame" : "ofAny"}
          choices={(["ofAny", "ofTheSame"] as const).map((value) => ({
            value,
            label: t(`conditions.${value}`),
          }))}
          onChange={(whose) => {
            const { same: _, ...rest } = missing;
            change(whose === "ofTheSame" ? { ...rest, same: true } : rest);
          }}
        />
        <AddFilter such={missing} change={change} lines />
        <Away away={() => change(null)} />
      </Group>
      <Filters such={missing} place={place} timeless change={change} />
    </>
  );
}

/** What must not follow the last step, up to now or for a time that must be over. */
function Afterwards({ asks, change }: FormProps<"sequence">) {
  const { t } = useTranslation();
  const { afterwards } = asks;
  if (!afterwards) return null;
  const { without, length } = afterwards;
  const keep = (made: Missing[], typed?: string) => {
    const { afterwards: _, ...rest } = asks;
    const kept: Sequence =
      made.length > 0 ? { ...rest, afterwards: { ...afterwards, without: made } } : rest;
    change(kept, typed);
  };
  return (
    <>
      {without.map((one, at) => (
        <MissingLine
          key={at}
          word={t("conditions.afterwards")}
          place={`afterwards.without[${at}]`}
          missing={one}
          change={(made, typed) => keep(replaced(without, at, made), typed)}
        />
      ))}
      <Group gap={6} className="filter" align="flex-start">
        {length ? (
          <>
            <span className="glue">{t("conditions.inThe")}</span>
            <LengthField
              place="afterwards.length"
              value={length}
              onChange={(length) =>
                change({ ...asks, afterwards: { ...afterwards, length } }, "afterwards.length")
              }
            />
            <span className="glue">{t("conditions.afterThat")}</span>
            <Away away={() => change({ ...asks, afterwards: { without } })} />
          </>
        ) : (
          <Button
            variant="subtle"
            size="compact-sm"
            h={30}
            onClick={() => change({ ...asks, afterwards: { without, length: DAY } })}
          >
            {t("conditions.addLength")}
          </Button>
        )}
      </Group>
    </>
  );
}
