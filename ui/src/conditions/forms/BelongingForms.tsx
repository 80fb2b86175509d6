// Where she already is: in a segment and since when, on her way through a journey.
import { useTranslation } from "react-i18next";
import { Choice } from "../fields/Choice";
import { OperatorField } from "../fields/OperatorField";
import { PickDefined } from "../fields/Pick";
import { useBuilding } from "../useBuilder";
import { operatorsFor, withOperator } from "../operators";
import type { FormProps } from "./forms";

const MOMENTS = operatorsFor(["moment"]).filter((name) => name !== "present" && name !== "absent");

export function SegmentForm({ asks, change }: FormProps<"in segment">) {
  const { t } = useTranslation();
  const { without } = useBuilding();
  const { since, ...rest } = asks;
  const asked = since && since.operator !== "present" ? since : undefined;
  return (
    <>
      <span className="glue strong">{t("conditions.isInSegment")}</span>
      <PickDefined
        of="segment"
        label={t("conditions.segment")}
        place="segment"
        value={asks.segment}
        without={without}
        onChange={(segment) => change({ ...asks, segment })}
      />
      <Choice
        label={t("conditions.since")}
        value={asked ? "since" : "whenever"}
        choices={(["whenever", "since"] as const).map((value) => ({
          value,
          label: t(`conditions.entered.${value}`),
        }))}
        onChange={(when) =>
          change(
            when === "whenever"
              ? rest
              : { ...rest, since: withOperator(undefined, "within last") as never },
          )
        }
      />
      {asked && (
        <OperatorField
          place="since"
          value={asked}
          names={MOMENTS}
          onChange={(since, typed) => change({ ...asks, since }, typed ? "since" : undefined)}
        />
      )}
    </>
  );
}

export function JourneyForm({ asks, change }: FormProps<"in journey">) {
  const { t } = useTranslation();
  return (
    <>
      <span className="glue strong">{t("conditions.isInJourney")}</span>
      <PickDefined
        of="journey"
        label={t("conditions.journey")}
        place="journey"
        value={asks.journey}
        onChange={(journey) => change({ ...asks, journey })}
      />
    </>
  );
}
