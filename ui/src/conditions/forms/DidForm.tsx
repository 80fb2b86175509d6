// What she did: the event, what is counted of it, when, and the filters on which are meant.
import { Group, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FIGURES } from "../document";
import { Choice } from "../fields/Choice";
import { OperatorField } from "../fields/OperatorField";
import { Pick } from "../fields/Pick";
import { WindowField } from "../fields/WindowField";
import { askedOf, asking, type Asked } from "../kinds";
import { operatorsFor } from "../operators";
import { isMoney, useKinds } from "../seen";
import { AddFilter, Filters } from "./Filters";
import type { FormProps } from "./forms";

const ASKED: readonly Asked[] = ["once", "never", "times", ...FIGURES];
const NUMBERS = operatorsFor(["number"]).slice(0, 7); // without whether it is known: it always is

export function DidForm({ asks, change }: FormProps<"did">) {
  const { t } = useTranslation();
  const asked = askedOf(asks);
  return (
    <Stack gap={6} flex={1} miw={0}>
      <Group gap={6} align="flex-start">
        <Choice
          label={t("conditions.counted")}
          value={asked}
          choices={ASKED.map((value) => ({ value, label: t(`conditions.asked.${value}`) }))}
          onChange={(asked) => change(asking(asks, asked))}
          strong
        />
        <OfProperty asks={asks} change={change} />
        <Pick
          label={t("conditions.event")}
          place="event"
          value={asks.event}
          wanted={{ of: "event" }}
          onChange={(event) => change({ ...asks, event }, "event")}
        />
        <HowMany asks={asks} change={change} />
        <WindowField
          value={asks.window ?? { window: "ever" }}
          onChange={(window, typed) => {
            const { window: _, ...rest } = asks;
            const moved = window.window === "ever" ? rest : { ...rest, window };
            change(moved, typed ? "window" : undefined);
          }}
        />
        <AddFilter such={asks} change={change} lines={!asks.of || asks.of.figure === "times"} />
      </Group>
      <Filters such={asks} change={change} />
    </Stack>
  );
}

/** `the sum of [value] of [Order Completed]`. */
function OfProperty({ asks, change }: FormProps<"did">) {
  const { t } = useTranslation();
  const { of } = asks;
  if (!of || of.figure === "times") return null;
  return (
    <>
      <Pick
        label={t("conditions.property")}
        place="of.property"
        value={of.property}
        wanted={{ of: "property", event: asks.event }}
        onChange={(property) => change({ ...asks, of: { ...of, property } }, "of.property")}
      />
      <span className="glue">{t("conditions.ofEvent")}</span>
    </>
  );
}

function HowMany({ asks, change }: FormProps<"did">) {
  const { t } = useTranslation();
  const { of, is } = asks;
  const property = of && of.figure !== "times" ? of.property : "";
  const kinds = useKinds("property", property, asks.event);
  if (!is || askedOf(asks) === "never") return null;
  const single = of?.figure === "first" || of?.figure === "last";
  const money = isMoney(property) && of?.figure !== "distinct";
  return (
    <>
      <OperatorField
        place="is"
        value={is}
        names={single ? operatorsFor(kinds) : NUMBERS}
        money={money}
        whole={!property}
        wanted={{ of: "value", event: asks.event, name: property }}
        onChange={(is, typed) => change({ ...asks, is }, typed ? "is" : undefined)}
      />
      {!property && <span className="glue">{t("conditions.times")}</span>}
    </>
  );
}
