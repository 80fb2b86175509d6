// A word of the sentence that can be another one: the browser's own list, as wide as what is chosen.
import { NativeSelect } from "@mantine/core";

interface Props<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; group?: string }[];
  onChange: (value: Value) => void;
  strong?: boolean;
}

export function Choice<Value extends string>(props: Props<Value>) {
  const { label, value, choices, onChange, strong } = props;
  const groups = [...new Set(choices.map(({ group }) => group))];
  return (
    <NativeSelect
      className="word"
      size="xs"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Value)}
      styles={strong ? { input: { fontWeight: 600 } } : undefined}
    >
      {groups.map((group) => {
        const options = choices
          .filter((one) => one.group === group)
          .map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ));
        return group ? (
          <optgroup key={group} label={group}>
            {options}
          </optgroup>
        ) : (
          options
        );
      })}
    </NativeSelect>
  );
}
