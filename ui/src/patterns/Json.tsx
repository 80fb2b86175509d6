// A document as it is kept, for whoever wants to see it exactly.
import { Box } from "@mantine/core";

export function Json({ value }: { value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <Box
      component="pre"
      className="code"
      p="xs"
      my={4}
      bdrs="sm"
      bg="light-dark(var(--mantine-color-gray-1), var(--mantine-color-dark-8))"
      tabIndex={0}
      style={{ maxHeight: 320, overflow: "auto" }}
    >
      {text}
    </Box>
  );
}
