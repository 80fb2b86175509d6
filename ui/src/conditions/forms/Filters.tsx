// Which events are meant: filters on their own properties, or on one line of the order or cart.
import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { IconFilterPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LINES, type LineWhere, type Such, type Where } from "../document";
import { Choice } from "../fields/Choice";
import { OperatorField } from "../fields/OperatorField";
import { Pick } from "../fields/Pick";
import { OPERATORS, operatorsFor, type OperatorName } from "../operators";
import { isMoney, kindOfLine, useFitting, useKinds } from "../seen";

interface Props<Meant extends Such> {
  such: Meant;
  place?: string; // of the event within the condition: `steps[1]`
  timeless?: boolean;
  change: (such: Meant, typed?: string) => void;
}

export function Filters<Meant extends Such>(props: Props<Meant>) {
  const { such, place, timeless, change } = props;
  const { where = [], lines = [] } = such;
  const within = place ? `${place}.` : "";
  const keep = (where: Where[], lines: LineWhere[], typed?: string) => {
    const { where: _, lines: __, ...rest } = such;
    const filters = { ...(where.length > 0 && { where }), ...(lines.length > 0 && { lines }) };
    change({ ...rest, ...filters } as Meant, typed);
  };
  return (
    <>
      {where.map((one, at) => (
        <WhereLine
          key={at}
          at={at}
          place={`${within}where[${at}]`}
          timeless={timeless}
          event={such.event}
          where={one}
          change={(made, typed) => keep(replaced(where, at, made), lines, typed)}
        />
      ))}
      {lines.map((one, at) => (
        <LineLine
          key={at}
          at={at}
          place={`${within}lines[${at}]`}
          line={one}
          change={(made, typed) => keep(where, replaced(lines, at, made), typed)}
        />
      ))}
    </>
  );
}

interface AddProps<Meant extends Such> extends Props<Meant> {
  lines: boolean; // where the event is counted only
  children?: ReactNode; // what else can be added
}

export function AddFilter<Meant extends Such>({ such, lines, change, children }: AddProps<Meant>) {
  const { t } = useTranslation();
  const onEvent = () =>
    change({
      ...such,
      where: [...(such.where ?? []), { property: "", is: { operator: "equals", text: "" } }],
    });
  const onLine = () =>
    change({
      ...such,
      lines: [...(such.lines ?? []), { line: "category", is: { operator: "equals", text: "" } }],
    });
  const alone = !lines && !children;
  const button = (
    <Button
      variant="subtle"
      size="compact-sm"
      h={30}
      leftSection={<IconFilterPlus size={15} aria-hidden />}
      onClick={alone ? onEvent : undefined}
    >
      {t("conditions.addFilter")}
    </Button>
  );
  if (alone) return button;
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEvent}>{t("conditions.filterEvent")}</Menu.Item>
        {lines && <Menu.Item onClick={onLine}>{t("conditions.filterLine")}</Menu.Item>}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}

interface FilterProps<Made> {
  at: number;
  place: string;
  timeless?: boolean;
  change: (made: Made | null, typed?: string) => void;
}

function WhereLine(props: FilterProps<Where> & { event: string; where: Where }) {
  const { at, place, timeless, event, where, change } = props;
  const { t } = useTranslation();
  const kinds = useKinds("property", where.property, event);
  useFitting(where.is, kinds, (is) => change({ ...where, is }, `${place}.property`));
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
        names={timeless ? operatorsFor(kinds).filter(isTimeless) : operatorsFor(kinds)}
        money={isMoney(where.property)}
        wanted={{ of: "value", event, name: where.property }}
        onChange={(is, typed) => change({ ...where, is }, typed ? `${place}.is` : undefined)}
      />
      <Away away={() => change(null)} />
    </Group>
  );
}

function LineLine(props: FilterProps<LineWhere> & { line: LineWhere }) {
  const { at, place, line, change } = props;
  const { t } = useTranslation();
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

/** In a sequence nothing may ask how long ago something was. */
function isTimeless(name: OperatorName): boolean {
  return OPERATORS[name].takes !== "length";
}

export function Away({ away, label }: { away: () => void; label?: string }) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="dimmed"
      size={30}
      onClick={away}
      aria-label={label ?? t("conditions.removeFilter")}
    >
      <IconX size={15} aria-hidden />
    </ActionIcon>
  );
}

/** The list with another one at a place, or without it. */
export function replaced<Made>(list: readonly Made[], at: number, made: Made | null): Made[] {
  return list.flatMap((one, place) => (place !== at ? [one] : made === null ? [] : [made]));
}
