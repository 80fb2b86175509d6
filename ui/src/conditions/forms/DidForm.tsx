// What she did: the event, what is counted of it, when, and the filters on which are meant.
import { ActionIcon, Button, Group, Menu, Stack } from "@mantine/core";
import { IconFilterPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { FIGURES, LINES, type LineWhere, type Where } from "../document";
import { Choice } from "../fields/Choice";
import { OperatorField } from "../fields/OperatorField";
import { Pick } from "../fields/Pick";
import { WindowField } from "../fields/WindowField";
import { askedOf, asking, type Asked } from "../kinds";
import { operatorsFor } from "../operators";
import { isMoney, kindOfLine, useKinds } from "../seen";
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
        <MoreFilters asks={asks} change={change} />
      </Group>
      <Filters asks={asks} change={change} />
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

function Filters({ asks, change }: FormProps<"did">) {
  const { where = [], lines = [] } = asks;
  const keep = (where: Where[], lines: LineWhere[], typed?: string) => {
    const { where: _, lines: __, ...rest } = asks;
    change(
      { ...rest, ...(where.length > 0 && { where }), ...(lines.length > 0 && { lines }) },
      typed,
    );
  };
  return (
    <>
      {where.map((one, at) => (
        <WhereLine
          key={at}
          at={at}
          event={asks.event}
          where={one}
          change={(made, typed) => keep(replaced(where, at, made), lines, typed)}
        />
      ))}
      {lines.map((one, at) => (
        <LineLine
          key={at}
          at={at}
          line={one}
          change={(made, typed) => keep(where, replaced(lines, at, made), typed)}
        />
      ))}
    </>
  );
}

interface FilterProps<Made> {
  at: number;
  change: (made: Made | null, typed?: string) => void;
}

function WhereLine(props: FilterProps<Where> & { event: string; where: Where }) {
  const { at, event, where, change } = props;
  const { t } = useTranslation();
  const kinds = useKinds("property", where.property, event);
  const place = `where[${at}]`;
  return (
    <Group gap={6} align="flex-start" className="filter">
      <span className="glue">{t(at ? "conditions.andWhere" : "conditions.where")}</span>
      <Pick
        label={t("conditions.property")}
        place={`${place}.property`}
        value={where.property}
        wanted={{ of: "property", event }}
        onChange={(property) => change({ ...where, property }, `${place}.property`)}
      />
      <OperatorField
        place={`${place}.is`}
        value={where.is}
        names={operatorsFor(kinds)}
        money={isMoney(where.property)}
        wanted={{ of: "value", event, name: where.property }}
        onChange={(is, typed) => change({ ...where, is }, typed ? `${place}.is` : undefined)}
      />
      <Away away={() => change(null)} />
    </Group>
  );
}

function LineLine(props: FilterProps<LineWhere> & { line: LineWhere }) {
  const { at, line, change } = props;
  const { t } = useTranslation();
  const place = `lines[${at}]`;
  const kind = kindOfLine(line.line);
  const seen = kind === "text" ? (line.line as "product" | "category" | "brand") : "value";
  return (
    <Group gap={6} align="flex-start" className="filter">
      <span className="glue">{t(at ? "conditions.andLine" : "conditions.lineHas")}</span>
      <Choice
        label={t("conditions.lineOf")}
        value={line.line}
        choices={LINES.map((value) => ({ value, label: t(`conditions.lines.${value}`) }))}
        onChange={(name) =>
          change({
            line: name,
            is:
              kindOfLine(name) === kind
                ? line.is
                : kindOfLine(name) === "text"
                  ? { operator: "equals", text: "" }
                  : { operator: ">=", number: null },
          })
        }
      />
      <OperatorField
        place={`${place}.is`}
        value={line.is}
        names={operatorsFor([kind])}
        money={line.line === "price"}
        whole={line.line === "quantity"}
        wanted={{ of: seen }}
        onChange={(is, typed) => change({ ...line, is }, typed ? `${place}.is` : undefined)}
      />
      <Away away={() => change(null)} />
    </Group>
  );
}

function Away({ away }: { away: () => void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="dimmed"
      size={30}
      onClick={away}
      aria-label={t("conditions.removeFilter")}
    >
      <IconX size={15} aria-hidden />
    </ActionIcon>
  );
}

/** Filters on the event itself, or, where it is counted, on one line of the order or cart. */
function MoreFilters({ asks, change }: FormProps<"did">) {
  const { t } = useTranslation();
  const { where = [], lines = [] } = asks;
  const onEvent = () =>
    change({ ...asks, where: [...where, { property: "", is: { operator: "equals", text: "" } }] });
  const onLine = () =>
    change({
      ...asks,
      lines: [...lines, { line: "category", is: { operator: "equals", text: "" } }],
    });
  const target = (
    <Button
      variant="subtle"
      size="compact-sm"
      h={30}
      leftSection={<IconFilterPlus size={15} aria-hidden />}
    >
      {t("conditions.addFilter")}
    </Button>
  );
  if (asks.of && asks.of.figure !== "times")
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        h={30}
        leftSection={<IconFilterPlus size={15} aria-hidden />}
        onClick={onEvent}
      >
        {t("conditions.addFilter")}
      </Button>
    );
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEvent}>{t("conditions.filterEvent")}</Menu.Item>
        <Menu.Item onClick={onLine}>{t("conditions.filterLine")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function replaced<Made>(list: readonly Made[], at: number, made: Made | null): Made[] {
  return list.flatMap((one, place) => (place !== at ? [one] : made === null ? [] : [made]));
}
