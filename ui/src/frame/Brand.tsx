// The spark and the name.
import { Group, Text } from "@mantine/core";

export function Brand({ small }: { small?: boolean }) {
  return (
    <Group gap={8} wrap="nowrap">
      <img src="/spark.svg" width={small ? 26 : 30} height={small ? 26 : 30} alt="" />
      <Text fw={700} fz={small ? 17 : 20} lts="-0.02em" component="span">
        Innesco
      </Text>
    </Group>
  );
}
