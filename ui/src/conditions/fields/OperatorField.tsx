// What is asked of a value: the operator, and what it wants to be told.
import { useTranslation } from "react-i18next";
import type { Operator } from "../document";
import { OPERATORS, withOperator, type OperatorName } from "../operators";
import type { Wanted } from "../queries";
import { Amount } from "./Amount";
import { Choice } from "./Choice";
import { LengthField } from "./LengthField";
import { MomentField } from "./MomentField";
import { Pick, PickSeveral } from "./Pick";

interface Props<Asked extends Operator> {
  place: string;
  value: Asked;
  names: readonly OperatorName[];
  money?: boolean;
  whole?: boolean;
  wanted?: Wanted; // the values that were seen
  onChange: (value: Asked, typed?: boolean) => void;
}

export function OperatorField<Asked extends Operator>(props: Props<Asked>) {
  const { value, names, onChange } = props;
  const { t } = useTranslation();
  const several = new Set(names.map((name) => OPERATORS[name].of)).size > 2;
  const offered = names.includes(value.operator) ? names : [value.operator, ...names];
  const choices = offered.map((name) => {
    const kind = OPERATORS[name].of;
    return {
      value: name,
      label: t(`conditions.operators.${name}`),
      ...(several && { group: t(`conditions.valueKinds.${kind}`) }),
    };
  });
  return (
    <>
      <Choice
        label={t("conditions.operator")}
        value={value.operator}
        choices={choices}
        onChange={(name) => onChange(withOperator(value, name) as Asked)}
      />
      <Told {...props} />
    </>
  );
}

function Told<Asked extends Operator>(props: Props<Asked>) {
  const { place, money, whole, wanted = { of: "value" } } = props;
  const { t } = useTranslation();
  const value: Operator = props.value;
  const change = (said: object) => props.onChange({ ...props.value, ...said }, true);
  const amount = { place, money, whole };
  if ("text" in value)
    return (
      <Pick
        label={t("conditions.text")}
        place={place}
        value={value.text}
        wanted={wanted}
        onChange={(text) => change({ text })}
      />
    );
  if ("texts" in value)
    return (
      <PickSeveral
        label={t("conditions.texts")}
        place={place}
        values={value.texts}
        wanted={wanted}
        onChange={(texts) => change({ texts })}
      />
    );
  if ("number" in value)
    return (
      <Amount
        {...amount}
        label={t("conditions.number")}
        value={value.number}
        onChange={(number) => change({ number })}
      />
    );
  if ("least" in value)
    return (
      <>
        <Amount
          {...amount}
          label={t("conditions.least")}
          value={value.least}
          onChange={(least) => change({ least })}
        />
        <span className="glue">{t("conditions.and")}</span>
        <Amount
          {...amount}
          label={t("conditions.most")}
          value={value.most}
          onChange={(most) => change({ most })}
        />
      </>
    );
  if ("moment" in value)
    return (
      <MomentField
        label={t("conditions.moment")}
        place={place}
        value={value.moment}
        onChange={(moment) => change({ moment })}
      />
    );
  if ("length" in value)
    return (
      <LengthField place={place} value={value.length} onChange={(length) => change({ length })} />
    );
  return null;
}
