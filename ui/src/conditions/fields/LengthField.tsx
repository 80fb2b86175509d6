// A length of time in one unit, as a marketer says it: 7 days, 24 hours.
import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Length } from "../document";
import { LENGTH_UNITS, oneUnit, type LengthUnit } from "../lengths";
import { Amount } from "./Amount";
import { Choice } from "./Choice";

interface Props {
  place: string;
  value: Length;
  onChange: (value: Length) => void;
}

export function LengthField({ place, value, onChange }: Props) {
  const { t } = useTranslation();
  const { many, unit } = oneUnit(value);
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <Amount
        label={t("conditions.howLong")}
        place={place}
        value={many}
        whole
        min={0}
        onChange={(typed) => onChange({ [unit]: typed ?? 0 })}
      />
      <Choice<LengthUnit>
        label={t("conditions.unit")}
        value={unit}
        choices={LENGTH_UNITS.map((value) => ({ value, label: t(`conditions.units.${value}`) }))}
        onChange={(unit) => onChange({ [unit]: many ?? 0 })}
      />
    </Group>
  );
}
