// A moment on the shop's clock.
import { TextInput } from "@mantine/core";
import { useZone } from "@/patterns/Said";
import { clockOf, momentOf } from "@/reading/zoned";
import { useField } from "./useField";

interface Props {
  label: string;
  place: string;
  value: string;
  onChange: (moment: string) => void;
}

export function MomentField({ label, place, value, onChange }: Props) {
  const zone = useZone();
  const field = useField(place);
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      aria-label={label}
      value={clockOf(value, zone)}
      onChange={(event) => onChange(momentOf(event.currentTarget.value, zone))}
      error={field.error}
      onBlur={field.onBlur}
      w={190}
    />
  );
}
