// A name or value, picked from what was really seen or typed freely.
import { Autocomplete, Group, Select, TagsInput, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Came } from "@/api/schema";
import { inLanguage } from "@/journeys/telling";
import { useLanguage } from "@/patterns/Said";
import { count } from "@/reading/money";
import { useSeen, type Wanted } from "../queries";
import { useField } from "./useField";

interface One {
  label: string;
  place: string;
  value: string;
  wanted: Wanted;
  onChange: (value: string) => void;
}

export function Pick({ label, place, value, wanted, onChange }: One) {
  const { t } = useTranslation();
  const field = useField(place);
  const [open, setOpen] = useState(false);
  const { names, found } = useFound(wanted, value, open);
  return (
    <Autocomplete
      className="word"
      size="xs"
      aria-label={label}
      placeholder={label}
      value={value}
      data={names}
      onChange={onChange}
      onFocus={() => setOpen(true)}
      filter={({ options }) => options} // the server found them
      renderOption={({ option }) => <Seen name={option.value} found={found} />}
      maxDropdownHeight={280}
      comboboxProps={{ width: 300, position: "bottom-start" }}
      error={field.error}
      onBlur={field.onBlur}
      aria-description={t("conditions.pickOrType")}
      maxLength={300}
    />
  );
}

interface Several extends Omit<One, "value" | "onChange"> {
  values: string[];
  onChange: (values: string[]) => void;
}

export function PickSeveral({ label, place, values, wanted, onChange }: Several) {
  const field = useField(place);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const { names, found } = useFound(wanted, typed, open);
  return (
    <TagsInput
      className="words"
      size="xs"
      aria-label={label}
      placeholder={values.length === 0 ? label : undefined}
      value={values}
      data={names}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      onFocus={() => setOpen(true)}
      acceptValueOnBlur
      filter={({ options }) => options}
      renderOption={({ option }) => <Seen name={option.value} found={found} />}
      maxDropdownHeight={280}
      comboboxProps={{ width: 300, position: "bottom-start" }}
      error={field.error}
      onBlur={field.onBlur}
    />
  );
}

interface Defined extends Omit<One, "wanted"> {
  of: "segment" | "journey";
  without?: string; // a segment cannot ask for itself
}

/** A segment or journey by its name; one that is no longer there goes by its id. */
export function PickDefined({ label, place, value, of, without, onChange }: Defined) {
  const { t } = useTranslation();
  const language = useLanguage();
  const field = useField(place);
  const found = useSeen({ of }).data ?? [];
  const choices = found
    .filter((one) => one.value !== without)
    .map((one) => ({ value: String(one.value), label: nameOf(one, language) }));
  if (value && !choices.some((one) => one.value === value)) choices.push({ value, label: value });
  return (
    <Select
      className="word"
      size="xs"
      aria-label={label}
      placeholder={label}
      value={value || null}
      data={choices}
      onChange={(chosen) => onChange(chosen ?? "")}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t(`conditions.no.${of}`)}
      maxDropdownHeight={280}
      comboboxProps={{ width: 300, position: "bottom-start" }}
      error={field.error}
      onBlur={field.onBlur}
    />
  );
}

function nameOf({ name = {}, value }: Came, language: "it" | "en"): string {
  return inLanguage(name, language) || String(value);
}

function useFound(wanted: Wanted, typed: string, enabled: boolean) {
  const [search] = useDebouncedValue(typed.trim(), 200);
  const all = useSeen(wanted, enabled);
  const known = (all.data ?? []).some(({ value }) => value === search);
  // what is already chosen is no search: the list shows what else there is
  const found = useSeen({ ...wanted, search: known ? "" : search }, enabled).data ?? [];
  const names = [...new Set(found.map(({ value }) => String(value)))];
  return { names, found };
}

function Seen({ name, found }: { name: string; found: Came[] }) {
  const language = useLanguage();
  const times = found
    .filter(({ value }) => String(value) === name)
    .reduce((sum, one) => sum + one.times, 0);
  return (
    <Group justify="space-between" wrap="nowrap" w="100%" gap="xs">
      <Text size="sm" className="break">
        {name}
      </Text>
      <Text size="xs" c="dimmed" className="figure">
        {count(times, language)}
      </Text>
    </Group>
  );
}
