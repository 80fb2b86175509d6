// Which part of the past is meant.
import { useTranslation } from "react-i18next";
import { CALENDAR_UNITS, type CalendarUnit, type Window } from "../document";
import { Amount } from "./Amount";
import { Choice } from "./Choice";
import { LengthField } from "./LengthField";
import { MomentField } from "./MomentField";

const BEGINNINGS: Record<Window["window"], () => Window> = {
  ever: () => ({ window: "ever" }),
  last: () => ({ window: "last", length: { days: 30 } }),
  days: () => ({ window: "days", days: 1 }),
  calendar: () => ({ window: "calendar", unit: "month" }),
  ago: () => ({ window: "ago", start: { days: 30 }, end: { days: 10 } }),
  between: () => ({ window: "between", start: "", end: "" }),
  since: () => ({ window: "since", moment: "" }),
  before: () => ({ window: "before", moment: "" }),
  "this visit": () => ({ window: "this visit" }),
};
const NAMES = Object.keys(BEGINNINGS) as Window["window"][];

interface Props {
  value: Window;
  onChange: (value: Window, typed?: boolean) => void;
}

export function WindowField({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Choice
        label={t("conditions.window")}
        value={value.window}
        choices={NAMES.map((value) => ({ value, label: t(`conditions.windows.${value}`) }))}
        onChange={(name) => onChange(BEGINNINGS[name]())}
      />
      <Ends value={value} onChange={(value) => onChange(value, true)} />
    </>
  );
}

function Ends({ value, onChange }: Props) {
  const { t } = useTranslation();
  switch (value.window) {
    case "last":
      return (
        <LengthField
          place="window"
          value={value.length}
          onChange={(length) => onChange({ ...value, length })}
        />
      );
    case "days":
      return (
        <Amount
          label={t("conditions.days")}
          place="window"
          value={value.days}
          whole
          min={0}
          max={10_000}
          unit={t("conditions.units.days")}
          onChange={(days) => onChange({ ...value, days })}
        />
      );
    case "calendar":
      return <OfCalendar value={value} onChange={onChange} />;
    case "ago":
      return (
        <>
          <LengthField
            place="window"
            value={value.start}
            onChange={(start) => onChange({ ...value, start })}
          />
          <span className="glue">{t("conditions.agoTo")}</span>
          <LengthField
            place="window"
            value={value.end}
            onChange={(end) => onChange({ ...value, end })}
          />
          <span className="glue">{t("conditions.agoEnd")}</span>
        </>
      );
    case "between":
      return (
        <>
          <MomentField
            label={t("conditions.from")}
            place="window"
            value={value.start}
            onChange={(start) => onChange({ ...value, start })}
          />
          <span className="glue">{t("conditions.and")}</span>
          <MomentField
            label={t("conditions.to")}
            place="window"
            value={value.end}
            onChange={(end) => onChange({ ...value, end })}
          />
        </>
      );
    case "since":
    case "before":
      return (
        <MomentField
          label={t("conditions.moment")}
          place="window"
          value={value.moment}
          onChange={(moment) => onChange({ ...value, moment })}
        />
      );
    default:
      return null;
  }
}

const MOST_AGO = 12;

interface CalendarProps {
  value: Extract<Window, { window: "calendar" }>;
  onChange: (value: Window) => void;
}

/** This month, last week, the quarter two before. */
function OfCalendar({ value, onChange }: CalendarProps) {
  const { t } = useTranslation();
  const { unit, ago = 0 } = value;
  const offered = [...Array(Math.max(MOST_AGO, ago) + 1).keys()];
  const said = (many: number) =>
    many > 1
      ? t("conditions.unitsAgo", { many })
      : t(`conditions.unitOf.${many ? "last" : "this"}`);
  return (
    <>
      <Choice<CalendarUnit>
        label={t("conditions.calendarUnit")}
        value={unit}
        choices={CALENDAR_UNITS.map((value) => ({
          value,
          label: t(`conditions.calendarUnits.${value}`),
        }))}
        onChange={(unit) => onChange({ ...value, unit })}
      />
      <Choice
        label={t("conditions.whichUnit")}
        value={String(ago)}
        choices={offered.map((many) => ({ value: String(many), label: said(many) }))}
        onChange={(many) => {
          const { ago: _, ...rest } = value;
          onChange(many === "0" ? rest : { ...rest, ago: Number(many) });
        }}
      />
    </>
  );
}
