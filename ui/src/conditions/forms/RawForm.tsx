// A condition that this builder has no form for: its sentence, and its JSON to be changed by hand.
import { Button, Collapse, Group, JsonInput, Stack, Text } from "@mantine/core";
import { IconCode } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inLanguage } from "@/journeys/telling";
import { useLanguage } from "@/patterns/Said";
import type { Document } from "../document";
import { useSentence } from "../queries";
import { isDocument } from "../tree";

interface Props {
  asks: Document;
  change: (asks: Document, typed?: string) => void;
}

export function RawForm({ asks, change }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string>();
  const said = useSentence(asks).data;
  const text = typed ?? JSON.stringify(asks, null, 2);
  const broken = documentIn(text) === null;
  return (
    <Stack gap={6} flex={1} miw={0}>
      <Group gap="xs" align="flex-start" wrap="nowrap" justify="space-between">
        <Text size="sm" className="break" py={4}>
          {said ? inLanguage(said, language) : asks.kind}
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          h={30}
          style={{ flexShrink: 0 }}
          leftSection={<IconCode size={15} aria-hidden />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          JSON
        </Button>
      </Group>
      <Collapse expanded={open}>
        <JsonInput
          aria-label={t("conditions.json")}
          description={t("conditions.jsonAbout")}
          value={text}
          onChange={(text) => {
            setTyped(text);
            const document = documentIn(text);
            if (document) change(document, "json");
          }}
          onBlur={() => broken || setTyped(undefined)}
          error={broken ? t("conditions.wrong.json") : undefined}
          autosize
          minRows={3}
          maxRows={16}
          styles={{ input: { fontFamily: "ui-monospace, monospace", fontSize: 13 } }}
        />
      </Collapse>
    </Stack>
  );
}

function documentIn(text: string): Document | null {
  try {
    const value: unknown = JSON.parse(text);
    return isDocument(value) && typeof value.kind === "string" ? value : null;
  } catch {
    return null;
  }
}
