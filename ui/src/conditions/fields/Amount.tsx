// A number, or an amount in the shop's money: typed as it is read, kept in minor units.
import { NumberInput } from "@mantine/core";
import { useLanguage } from "@/patterns/Said";
import { useShop } from "@/patterns/shop";
import { decimals, major, minor, symbol } from "@/reading/money";
import type { Typed } from "../document";
import { useField } from "./useField";

interface Props {
  label: string;
  place: string;
  value: Typed;
  money?: boolean;
  whole?: boolean;
  unit?: string;
  min?: number;
  max?: number;
  onChange: (value: Typed) => void;
}

export function Amount({ label, place, value, money, whole, unit, min, max, onChange }: Props) {
  const language = useLanguage();
  const { currency } = useShop();
  const field = useField(place);
  const shown = value === null ? "" : money ? major(value, currency) : value;
  const sign = money ? symbol(currency, language) : unit;
  return (
    <NumberInput
      className="number"
      size="xs"
      aria-label={sign ? `${label} (${sign})` : label}
      value={shown}
      onValueChange={({ floatValue }, { source }) => {
        if (String(source) !== "event") return; // it was told by us
        onChange(
          floatValue === undefined ? null : money ? minor(floatValue, currency) : floatValue,
        );
      }}
      hideControls
      inputMode="decimal"
      decimalScale={money ? decimals(currency) : whole ? 0 : 6}
      decimalSeparator={language === "it" ? "," : "."}
      thousandSeparator={language === "it" ? "." : ","}
      rightSection={sign ? <span className="unit">{sign}</span> : undefined}
      rightSectionWidth={sign ? 12 + sign.length * 8 : undefined}
      min={min}
      max={max}
      error={field.error}
      onBlur={field.onBlur}
    />
  );
}
